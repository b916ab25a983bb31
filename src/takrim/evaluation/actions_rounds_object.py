"""Objections to the preliminary result: made by the office with reason and proof, answered by the committee."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.codes import new_code
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.duties.actions import fulfil, open_duty
from takrim.evaluation import round_events as events
from takrim.evaluation.amounts import NONE, typed
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Column, Objection, Outcome, Value
from takrim.evaluation.round_changes import Said, write
from takrim.evaluation.round_measures import Row, check, plan_of, rows_of
from takrim.evaluation.round_people import power_to_decide, require_decides, require_declares
from takrim.evidence.actions import hand_in as hand_in_file
from takrim.evidence.models import StoredFile
from takrim.journal.record import record, take_chains
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.rows import change

KIND = "round_objection"


class ObjectingIsOver(Refusal):
    code = "objecting_is_over"
    message = _("The days to object to this result are over, or have not begun.")


class ObjectionUnsaid(Refusal):
    code = "objection_unsaid"
    status = 422
    message = _("Say what is wrong and what proves it.")


class NothingAsked(Refusal):
    code = "nothing_asked"
    status = 422
    message = _("Say what the value should be; it must be another than the one that counts now.")


class ObjectionWaits(Refusal):
    code = "objection_waits"
    message = _("An objection to this value is being answered already.")


class AnswerUnsaid(Refusal):
    code = "objection_answer_unsaid"
    status = 422
    message = _("Say why the committee decides so: the office and everybody reads it.")


class AlreadyDecided(Refusal):
    code = "objection_already_decided"
    message = _("This objection has been answered already; look at what was decided.")


@transaction.atomic
def object_to(
    *,
    entrant: Entrant,
    indicator: str,
    asked: str,
    text: str,
    by: Actor,
    now: datetime,
    files: Sequence[tuple[StoredFile, str]] = (),
) -> Objection:
    """The office says which value is wrong and what it should be; the committee owes an answer. Raises BadAmount."""
    require_declares(entrant, by)
    round = entrant.round
    if not round.can_object(local_date(now)):
        raise ObjectingIsOver
    if not text.strip():
        raise ObjectionUnsaid
    value = _value(entrant, indicator)
    wanted = _wanted(_row(round, indicator), asked)
    if not wanted or wanted == value.final:
        raise NothingAsked
    if value.objections.filter(outcome=Outcome.WAITING).exists():
        raise ObjectionWaits
    unit = round.committee.unit if round.committee else Unit.objects.get(path=round.path)
    take_chains([unit.path, entrant.unit_path])
    made = Objection(code=_free_code(now), value=value, text=text.strip(), asked=wanted, at=now)
    made.by, made.by_name = by.code, by.name
    made.duty = open_duty(kind=KIND, about=made.subject, unit=unit, by=by, now=now, task=text.strip())
    made.save(force_insert=True)
    for stored, name in files:
        hand_in_file(subject=made.subject, unit_path=entrant.unit_path, stored=stored, name=name, by=by, now=now)
    event = events.Objected(unit=entrant.unit_path, round=round.code, indicator=indicator, asked=wanted)
    record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)
    return made


def _value(entrant: Entrant, indicator: str) -> Value:
    Value.objects.bulk_create([Value(entrant=entrant, indicator=indicator)], ignore_conflicts=True)
    return Value.objects.get(entrant=entrant, indicator=indicator)


def _row(round: Round, indicator: str) -> Row:
    found = next((row for row in rows_of(plan_of(round.plan)) if row.code == indicator), None)
    if found is None:
        raise NothingAsked
    return found


def _wanted(row: Row, asked: str) -> str:
    found = typed(asked)
    check(row, found, get_language() or "fa")
    return str(found) if found else ""


def _free_code(now: datetime) -> str:
    year = JalaliDate.from_date(local_date(now)).year
    while Objection.objects.filter(code=(code := new_code(year, secrets.randbelow))).exists():
        pass
    return code


@transaction.atomic
def uphold(*, objection: Objection, reason: str, by: Actor, now: datetime) -> Objection:
    """The office is right: the value becomes what it asked for."""
    return _decide(objection, Outcome.UPHELD, objection.asked, reason, by=by, now=now)


@transaction.atomic
def grant_partly(*, objection: Objection, given: str, reason: str, by: Actor, now: datetime) -> Objection:
    """The office is right in part: the value becomes another than it was, and than was asked. Raises BadAmount."""
    row = _row(objection.value.entrant.round, objection.value.indicator)
    text = NONE if given == NONE else _wanted(row, given)
    if not text or text == objection.value.final:
        raise NothingAsked
    return _decide(objection, Outcome.PARTLY, text, reason, by=by, now=now)


@transaction.atomic
def refuse(*, objection: Objection, reason: str, by: Actor, now: datetime) -> Objection:
    """The value stays as it is."""
    return _decide(objection, Outcome.REFUSED, "", reason, by=by, now=now)


def _decide(objection: Objection, outcome: Outcome, given: str, reason: str, *, by: Actor, now: datetime) -> Objection:
    value = objection.value
    entrant = value.entrant
    round = entrant.round
    require_decides(entrant, by, local_date(now))
    if not reason.strip():
        raise AnswerUnsaid
    take_chains([objection.duty.unit_path, entrant.unit_path])
    decided = {"outcome": outcome, "given": given, "reason": reason.strip(), "decided_at": now}
    decided |= {"decided_by": by.code, "decided_name": by.name}
    if round.stage != Stage.PRELIMINARY or not change(objection, still={"outcome": Outcome.WAITING}, to=decided):
        raise AlreadyDecided
    was = value.final
    if given:
        said = Said(indicator=value.indicator, text=given, why=reason.strip())
        write(entrant, Column.FINAL, [said], by=by, now=now, objection=objection)
    fulfil(duty=objection.duty, by=by, now=now, power=power_to_decide(by))
    event = events.ObjectionDecided(
        unit=entrant.unit_path,
        round=round.code,
        indicator=value.indicator,
        outcome=outcome,
        was=was,
        became=given or was,
    )
    record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)
    return objection
