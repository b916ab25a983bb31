"""Everything that can be done to a duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.duties import clocks
from takrim.duties.kind import KINDS
from takrim.duties.models import Duty
from takrim.duties.moves import DutyMovedMeanwhile, Move, move
from takrim.duties.regime import NO_MATTER, Matter
from takrim.duties.replay import Run
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change


class NotYourDuty(Refusal):
    code = "not_your_duty"
    status = 403
    message = _("Another office owes this. Only its own officers can reply for it.")


@dataclass(frozen=True, kw_only=True)
class Opened(Event):
    """`like`: the duty whose clocks it goes on with, where it took its place."""

    verb = "duty.opened"
    sentence = _("{unit} owes this until {due}.")
    duty: int
    kind: str
    unit: str
    due: datetime | None
    clocks: dict[str, str]
    like: int | None = None


@dataclass(frozen=True, kw_only=True)
class Answered(Event):
    verb = "duty.answered"
    sentence = _("{unit} sent its reply to the referral.")
    duty: int
    kind: str
    unit: str
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    verb = "duty.returned"
    sentence = _("The reply was sent back to {unit} to be completed.")
    duty: int
    kind: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Accepted(Event):
    """`answered`, `due`: when it had been handed in and by when it was owed, for the figures."""

    verb = "duty.accepted"
    sentence = _("The reply of {unit} was accepted.")
    duty: int
    kind: str
    unit: str
    answered: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Questioned(Event):
    """`answered`, `due`: as it had been accepted with them."""

    verb = "duty.questioned"
    sentence = _("What {unit} had done is in question again: it waits to be judged anew.")
    duty: int
    kind: str
    unit: str
    answered: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Fulfilled(Event):
    verb = "duty.fulfilled"
    sentence = _("{unit} did what it owed.")
    duty: int
    kind: str
    unit: str
    opened: datetime
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb = "duty.withdrawn"
    sentence = _("What {unit} owed was withdrawn.")
    duty: int
    kind: str
    unit: str
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Declined(Event):
    verb = "duty.declined"
    sentence = _("{unit} gave the referral back, with its reason.")
    duty: int
    kind: str
    unit: str
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class HandedOver(Event):
    verb = "duty.handed_over"
    sentence = _("{unit} owes this from now on.")
    duty: int
    kind: str
    unit: str
    from_unit: str
    due: datetime | None


@dataclass(frozen=True)
class Term:
    """The time given for a duty: a length by the office's calendar, or a date that came from elsewhere (or none)."""

    length: Length | None = None
    fixed: datetime | None = None

    def __str__(self) -> str:
        if self.length is not None:
            return str(self.length)
        return f"={self.fixed.isoformat()}" if self.fixed else ""


@dataclass(frozen=True)
class Way:
    """The post in the unit that it is addressed to, and the referral that it carries on; most have neither."""

    post: Post | None = None
    parent: Duty | None = None


STRAIGHT = Way()


def due_for(unit_path: str, start: datetime, length: Length) -> datetime:
    """When a time given to an office ends, by the office's own calendar."""
    return calendar_of(unit_path).due(start, length)


@transaction.atomic
def open_duty(
    *,
    kind: str,
    about: str,
    unit: Unit,
    by: Actor,
    now: datetime,
    term: Term | None = None,
    task: str = "",
    judge_path: str = "",
    matter: Matter = NO_MATTER,
    way: Way = STRAIGHT,
) -> Duty:
    """Let `unit` owe something about `about`. Without a term the kind's own length is taken.

    `judge_path` is the office that asks, where there is one: it judges the reply. The `matter` says what `about` is,
    and so which other clocks run beside the given time. The `way` says to whom in the unit, and as part of what.
    """
    given = term or Term(Length.parse(KINDS[kind].length))
    lengths = clocks.lengths_for(kind, matter, str(given))
    started = clocks.start(lengths, now, clocks.counter_of(unit.path))
    duty = Duty(
        kind=kind,
        about=about,
        about_kind=matter.message,
        unit=unit,
        unit_path=unit.path,
        task=task,
        judge_path=judge_path,
        assignee=way.post,
        assigned_at=now if way.post else None,
        weight=1 if way.post else 0,
        parent=way.parent,
        opened_at=now,
        opened_by=by.code,
        length=str(given.length) if given.length else "",
        due_at=clocks.nearest(started),
        clocks=clocks.plain(started, now),
        rung_at=clocks.next_rung(started),
    )
    duty.save(force_insert=True)
    event = Opened(duty=duty.pk, kind=kind, unit=unit.path, due=duty.due_at, clocks=lengths)
    record(event, on=about, unit_path=unit.path, by=by, at=now)
    return duty


def run_of(duty: Duty) -> Run:
    """The clocks of a duty as its row has them, to go on with."""
    return Run(duty.kind, clocks.counter_of(duty.counted_at), clocks.read(duty.clocks, duty.opened_at))


def kept(duty: Duty, run: Run) -> dict[str, Any]:
    """What the row of a duty keeps of its clocks."""
    return {
        "clocks": clocks.plain(run.clocks, duty.opened_at),
        "due_at": clocks.nearest(run.clocks) if duty.clocks else duty.due_at,
        "rung_at": clocks.next_rung(run.clocks),
    }


def _stopped(duty: Duty, now: datetime) -> dict[str, Any]:
    run = run_of(duty)
    run.stop(now)
    return {"clocks": clocks.plain(run.clocks, duty.opened_at), "rung_at": None}


@transaction.atomic
def answer(*, duty: Duty, text: str, by: Actor, now: datetime) -> Duty:
    """The unit does its part: a written reply to whoever asked."""
    if not is_under(duty.unit_path, by.unit_path):
        raise NotYourDuty
    move(duty, Move.ANSWER, by=by, now=now, answer=text, answered_at=now, **_stopped(duty, now))
    event = Answered(duty=duty.pk, kind=duty.kind, unit=duty.unit_path, due=duty.due_at)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    KINDS[duty.kind].on_answered(duty, by, now)
    return duty


@transaction.atomic
def send_back(*, duty: Duty, reason: str, by: Actor, now: datetime, power: Power | None = None) -> Duty:
    """The reply is not enough; the reason is added to the task. `power` is that of the deed above, if any."""
    task = f"{duty.task}\n\n{reason}".strip()
    run = run_of(duty)
    run.go_on()
    move(duty, Move.RETURN, by=by, now=now, power=power, task=task, answered_at=None, **kept(duty, run))
    event = Returned(duty=duty.pk, kind=duty.kind, unit=duty.unit_path)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    KINDS[duty.kind].on_returned(duty, by, now)
    return duty


def _judged(duty: Duty) -> dict[str, Any]:
    return {
        "duty": duty.pk,
        "kind": duty.kind,
        "unit": duty.unit_path,
        "answered": duty.answered_at,
        "due": duty.due_at,
    }


@transaction.atomic
def accept(*, duty: Duty, by: Actor, now: datetime, power: Power | None = None) -> Duty:
    """The reply is enough: the duty is over. `power` is that of the deed above, where one ends all duties together."""
    move(duty, Move.ACCEPT, by=by, now=now, power=power)
    event = Accepted(**_judged(duty))
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    KINDS[duty.kind].on_accepted(duty, by, now)
    return duty


@transaction.atomic
def question(*, duty: Duty, by: Actor, now: datetime, power: Power | None = None) -> Duty:
    """It was accepted, but what it was accepted on has fallen away: whoever judges it has to look again."""
    move(duty, Move.QUESTION, by=by, now=now, power=power)
    event = Questioned(**_judged(duty))
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def fulfil(*, duty: Duty, by: Actor, now: datetime, power: Power) -> Duty:
    """What was owed has been done in full, as the deed above says (an answer was delivered, a refusal served)."""
    move(duty, Move.FULFIL, by=by, now=now, power=power, answered_at=now, **_stopped(duty, now))
    event = Fulfilled(duty=duty.pk, kind=duty.kind, unit=duty.unit_path, opened=duty.opened_at, due=duty.due_at)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def withdraw(*, duty: Duty, by: Actor, now: datetime, power: Power) -> Duty:
    """Nothing is owed any more: the matter ended in another way."""
    move(duty, Move.WITHDRAW, by=by, now=now, power=power, **_stopped(duty, now))
    event = Withdrawn(duty=duty.pk, kind=duty.kind, unit=duty.unit_path, due=duty.due_at)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def decline(*, duty: Duty, reason: str, by: Actor, now: datetime) -> Duty:
    """The office that was asked cannot do it and says why; the reason stands where its reply would."""
    if not is_under(duty.unit_path, by.unit_path):
        raise NotYourDuty
    move(duty, Move.DECLINE, by=by, now=now, answer=reason, **_stopped(duty, now))
    event = Declined(duty=duty.pk, kind=duty.kind, unit=duty.unit_path, due=duty.due_at)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    KINDS[duty.kind].on_answered(duty, by, now)
    return duty


@transaction.atomic
def hand_over(*, duty: Duty, to: Unit, by: Actor, now: datetime) -> Duty:
    """Another office owes it from now on, by the same date: its clocks go on by the calendar they began with.

    Part of the deed that decides it.
    """
    before, calendar = duty.unit_path, "" if duty.counted_at == to.path else duty.counted_at
    changes = {
        "unit": to,
        "unit_path": to.path,
        "calendar_path": calendar,
        "assignee": None,
        "assigned_at": None,
    }
    if not change(duty, still={"unit_id": duty.unit_id, "settled_at": duty.settled_at}, to=changes):
        raise DutyMovedMeanwhile
    event = HandedOver(duty=duty.pk, kind=duty.kind, unit=to.path, from_unit=before, due=duty.due_at)
    record(event, on=duty.about, unit_path=to.path, by=by, at=now)
    return duty
