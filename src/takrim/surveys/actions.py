"""Answering a questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire


@dataclass(frozen=True, kw_only=True)
class SurveyAnswered(Event):
    """`marks` by dimension are the sum and the number of the items answered: averages without single answers.

    `answered` is when the answer that is judged was delivered.
    """

    verb = "survey.answered"
    sentence = _("The applicant answered the questionnaire.")
    public = True
    unit: str
    kind: str
    channel: str
    card: str
    overall: int
    answered: datetime | None
    marks: dict[str, tuple[int, int]]

    def facts(self) -> dict[str, Any]:
        """The marks as plain facts: `time_sum`, `time_items` and so on."""
        plain = super().facts()
        for dimension, (total, items) in plain.pop("marks").items():
            plain |= {f"{dimension}_sum": total, f"{dimension}_items": items}
        return plain


class SurveyDone(Refusal):
    code = "survey_done"
    message = _("This questionnaire has already been answered. Thank you.")


class SurveyIncomplete(Refusal):
    code = "survey_incomplete"
    status = 422
    message = _("Answer at least the last question: how satisfied you are on the whole.")


@dataclass(frozen=True, kw_only=True)
class About:
    """What a questionnaire is about: the case, which of its answers, and what the figures need to know."""

    subject: str
    occasion: int
    unit_path: str
    kind: str
    channel: str
    card: str
    answered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Said:
    """The words of the person. `kept_from`, `named`: they blame somebody by name and are kept from their office."""

    comment: str = ""
    kept_from: str = ""
    named: Sequence[int] = ()


def _known(scores: Mapping[str, int]) -> dict[str, int]:
    codes = {item.code for item in questionnaire().items}
    return {code: score for code, score in scores.items() if code in codes and 1 <= score <= 5}


def respond(*, about: About, scores: Mapping[str, int], said: Said, way: str, by: Actor, now: datetime) -> Response:
    """Keep the answers; each answer to a case is judged once. Raises SurveyDone, SurveyIncomplete."""
    by.require(Power.SURVEY_ANSWER)
    known = _known(scores)
    if questionnaire().overall not in known:
        raise SurveyIncomplete
    try:
        return _keep(about, known, said, way, by=by, now=now)
    except IntegrityError as error:
        raise SurveyDone from error


@transaction.atomic
def _keep(about: About, scores: dict[str, int], said: Said, way: str, *, by: Actor, now: datetime) -> Response:
    form = questionnaire()
    response = Response(
        questionnaire=form.code,
        subject=about.subject,
        occasion=about.occasion,
        unit_path=about.unit_path,
        way=way,
        scores=scores,
        overall=scores[form.overall],
        comment=said.comment,
        kept_from=said.kept_from,
        named=list(said.named),
        at=now,
    )
    response.save(force_insert=True)
    marks: dict[str, tuple[int, int]] = {}
    for item in form.items:
        if item.code in scores:
            total, items = marks.get(item.dimension, (0, 0))
            marks[item.dimension] = (total + scores[item.code], items + 1)
    event = SurveyAnswered(
        unit=about.unit_path,
        kind=about.kind,
        channel=about.channel,
        card=about.card,
        overall=response.overall,
        answered=about.answered_at,
        marks=marks,
    )
    record(event, on=about.subject, unit_path=about.unit_path, by=by, at=now)
    return response
