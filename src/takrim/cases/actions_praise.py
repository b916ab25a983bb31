"""Praise of an officer by name, after a good mark: seen by the officer and their head, and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.cases.actions_intake import told
from takrim.cases.events import Praised
from takrim.cases.hands import hands_of, office_of, officer_named
from takrim.cases.judging import GOOD_MARK
from takrim.cases.models import Answer
from takrim.cases.models_judged import Praise
from takrim.cases.models_together import Notice
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.surveys.models import Response

# The kind of notice that the officer gets.
PRAISED = "praised"
LONGEST_NAME, LONGEST_TEXT = 100, 500


class NobodyPraised(Refusal):
    code = "nobody_praised"
    status = 422
    message = _("Choose who did well, or write their name.")


class PraisedBefore(Refusal):
    code = "praised_before"
    message = _("You have already praised somebody for this answer. Thank you.")


class NotAfterThisMark(Refusal):
    code = "not_after_this_mark"
    message = _("An officer is praised after a good mark for the whole.")


@dataclass(frozen=True, kw_only=True)
class Said:
    """Who is meant: `hand` by what they did, or `named` by the name as typed; and a few words."""

    hand: str = ""
    named: str = ""
    text: str = ""


def praise(*, answer: Answer, said: Said, by: Actor, now: datetime) -> Praise:
    """Praise one officer. Raises NobodyPraised, PraisedBefore, NotAfterThisMark."""
    by.require(Power.SURVEY_ANSWER)
    judged = Response.objects.filter(subject=answer.case.code, occasion=answer.number).first()
    if judged is None or judged.overall < GOOD_MARK:
        raise NotAfterThisMark
    row = _row(answer, said, now)
    try:
        return _keep(row, by=by, now=now)
    except IntegrityError as error:
        raise PraisedBefore from error


def _row(answer: Answer, said: Said, now: datetime) -> Praise:
    case, on = answer.case, local_date(now)
    text, named = clean_text(said.text)[:LONGEST_TEXT], clean_text(said.named)[:LONGEST_NAME]
    hand = next((one for one in hands_of(answer) if said.hand and one.code == said.hand), None)
    row = Praise(case=case, number=answer.number, unit_path=case.unit_path, text=text, at=now)
    if hand is not None:
        row.hand, row.officer_id = hand.code, hand.person_id
        row.unit_path = office_of(hand.person_id, case.unit_path, on)
        return row
    if not named:
        raise NobodyPraised
    row.named, known = named, officer_named(named, answer, on)
    if known is not None:
        row.officer_id, row.unit_path = known
    return row


@transaction.atomic
def _keep(row: Praise, *, by: Actor, now: datetime) -> Praise:
    row.save(force_insert=True)
    case = row.case
    if row.officer_id is not None:
        told_to = Notice(person_id=row.officer_id, kind=PRAISED, occasion=f"praise:{row.pk}", at=now)
        told_to.save(force_insert=True)
    record(Praised(**told(case), praise=row.pk), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return row
