"""What assessors do: judge values with a reason, finish; and settling what two of them saw differently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation import round_events as events
from takrim.evaluation.actions_rounds_freeze import AssessmentIsFinished
from takrim.evaluation.amounts import NONE, typed
from takrim.evaluation.models_entrants import Assessment, Entrant
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.models_values import Column, Value
from takrim.evaluation.round_changes import Said, write
from takrim.evaluation.round_measures import check, plan_of, rows_of
from takrim.evaluation.round_moves import RoundMovedMeanwhile, require_runs
from takrim.evaluation.round_people import OwnOfficeAssessed, is_barred, require_assesses
from takrim.journal.record import record
from takrim.orgs.actor import Actor


class WhyOtherwise(Refusal):
    code = "why_otherwise"
    status = 422
    message = _("“{title}”: say why it is not what was counted or declared; the office reads it.")


class NotAllJudged(Refusal):
    code = "not_all_judged"
    status = 422
    message = _(
        "{many} declared values are not judged yet: accept them, correct them, or say that nothing proves them."
    )


class NothingDiffers(Refusal):
    code = "nothing_differs"
    message = _("Here the two assessors do not differ, or have not finished; there is nothing to settle.")


def column_of(assessment: Assessment) -> Column:
    return Column.SECOND if assessment.blind else Column.ASSESSED


@transaction.atomic
def assess(*, assessment: Assessment, said: Sequence[Said], by: Actor, now: datetime) -> None:
    """Keep what the assessor found. Anything but what was declared (or else counted) needs a reason."""
    _require_open(assessment, by)
    entrant = assessment.entrant
    rows = {row.code: row for row in rows_of(plan_of(entrant.round.plan))}
    values = {value.indicator: value for value in entrant.values.all()}
    lang, clean = get_language() or "fa", []
    for one in said:
        found = None if one.text == NONE else typed(one.text)
        check(rows[one.indicator], found, lang)
        text = NONE if one.text == NONE else str(found) if found else ""
        value = values.get(one.indicator)
        usual = (value.declared or value.automatic) if value else ""
        if text and text != usual and not one.why.strip():
            raise WhyOtherwise(title=rows[one.indicator].title(lang))
        clean.append(Said(indicator=one.indicator, text=text, why=one.why.strip()))
    new = write(entrant, column_of(assessment), clean, by=by, now=now)
    if new:
        # What the second found is not told to the first, not even by the journal, before both have finished.
        told = {} if assessment.blind else new
        event = events.Assessed(unit=entrant.unit_path, round=entrant.round.code, blind=assessment.blind, values=told)
        record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)


def _require_open(assessment: Assessment, by: Actor) -> None:
    require_assesses(assessment, by)
    if assessment.finished_at is not None or assessment.entrant.round.stage != Stage.ASSESSING:
        raise AssessmentIsFinished


def unjudged(assessment: Assessment) -> int:
    """How many declared values the assessor has not judged. One query."""
    rows = Value.objects.filter(entrant=assessment.entrant_id).exclude(declared="")
    return rows.filter(**{str(column_of(assessment)): ""}).count()


@transaction.atomic
def finish(*, assessment: Assessment, by: Actor, now: datetime) -> Assessment:
    """The assessor has looked at everything; from now on it stands."""
    _require_open(assessment, by)
    left = unjudged(assessment)
    if left:
        raise NotAllJudged(many=left)
    mine = Assessment.objects.filter(pk=assessment.pk, finished_at=None, assessor=assessment.assessor_id)
    if mine.update(finished_at=now) != 1:
        raise RoundMovedMeanwhile(move="finish")
    assessment.finished_at = now
    entrant = assessment.entrant
    event = events.AssessmentFinished(unit=entrant.unit_path, round=entrant.round.code, blind=assessment.blind)
    record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)
    return assessment


# What both said, where both said something: the first by silence means what was counted.
_FIRST_SILENT = Q(assessed="")
DIFFERS = (
    ~Q(second="") & ((~_FIRST_SILENT & ~Q(second=F("assessed"))) | (_FIRST_SILENT & ~Q(second=F("automatic"))))
) | (Q(second="") & ~_FIRST_SILENT & ~Q(assessed=F("automatic")))


def differing(entrant: Entrant) -> list[Value]:
    """The values that two assessors saw differently, once both have finished. Two queries."""
    looks = list(entrant.assessments.all())
    if len(looks) < 2 or any(look.finished_at is None for look in looks):
        return []
    return list(entrant.values.filter(DIFFERS).order_by("indicator"))


@transaction.atomic
def settle(*, value: Value, text: str, why: str, by: Actor, now: datetime) -> None:
    """Whoever runs the round says which of the two counts, or what else, and why."""
    entrant = value.entrant
    require_runs(entrant.round, by)
    if is_barred(entrant, by.person):
        raise OwnOfficeAssessed
    if entrant.round.stage != Stage.ASSESSING or value.pk not in {one.pk for one in differing(entrant)}:
        raise NothingDiffers
    row = next(row for row in rows_of(plan_of(entrant.round.plan)) if row.code == value.indicator)
    lang = get_language() or "fa"
    if not why.strip():
        raise WhyOtherwise(title=row.title(lang))
    if text != NONE and not (text and text in value.seen):
        found = typed(text)
        check(row, found, lang)
        text = str(found) if found else NONE
    said = Said(indicator=value.indicator, text=text, why=why.strip())
    write(entrant, Column.FINAL, [said], by=by, now=now)
    event = events.Settled(unit=entrant.unit_path, round=entrant.round.code, indicator=value.indicator, value=said.text)
    record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)
