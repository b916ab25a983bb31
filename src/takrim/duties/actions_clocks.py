"""What can be done to the clocks of a duty: let them stand, go on, give more or other time, tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.length import Length
from takrim.duties import clocks
from takrim.duties.actions import kept, run_of
from takrim.duties.clocks import Clock
from takrim.duties.kind import KINDS
from takrim.duties.models import Duty, TimeNote
from takrim.duties.moves import DutyMovedMeanwhile, Move, move
from takrim.duties.regime import REGIMES, Matter
from takrim.duties.replay import Run, replay
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_of
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared
from takrim.orgs.rows import change


class NothingMayStand(Refusal):
    code = "nothing_may_stand"
    message = _("No clock of this matter may stand still for this: its time goes on.")


class StandsAlready(Refusal):
    code = "stands_already"
    message = _("The clock stands already. Let it go on first.")


class RunsAlready(Refusal):
    code = "runs_already"
    message = _("The clock is running: there is nothing to go on with.")


class MayNotExtend(Refusal):
    code = "may_not_extend"
    message = _("This time cannot be made longer: the rule “{regime}” does not allow it.")


class ExtendedEnough(Refusal):
    code = "extended_enough"
    message = _("This time has been made longer as often as the rule allows ({times}).")


class ExtendedTooFar(Refusal):
    code = "extended_too_far"
    status = 422
    message = _("At most {most} may be added at once.")


class TooLateToExtend(Refusal):
    code = "too_late_to_extend"
    message = _("The time has run out already. Answer now: more time can only be given before it ends.")


class ReasonUnsaid(Refusal):
    code = "time_reason_unsaid"
    status = 422
    message = _("Say why: the person reads it.")


@dataclass(frozen=True, kw_only=True)
class TimeChanged(Event):
    """When the answer is due has changed. `owed` is the kind of the duty, `kind` that of the matter."""

    verb: ClassVar[str] = "duty.time"
    sentence: ClassVar[str | Promise] = ""
    duty: int
    owed: str
    unit: str
    kind: str
    channel: str
    card: str
    before: datetime | None
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Paused(TimeChanged):
    verb = "duty.paused"
    sentence = _("The clock of {unit} stands while something is awaited.")
    public = True
    why: str


@dataclass(frozen=True, kw_only=True)
class Resumed(TimeChanged):
    verb = "duty.resumed"
    sentence = _("The clock of {unit} goes on; due {due}.")
    public = True


@dataclass(frozen=True, kw_only=True)
class Extended(TimeChanged):
    verb = "duty.extended"
    sentence = _("{unit} was given more time, until {until}.")
    public = True
    clock: str
    length: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class Retimed(TimeChanged):
    verb = "duty.retimed"
    sentence = _("{unit} was given another time; due {due}.")
    public = True
    length: str


@dataclass(frozen=True, kw_only=True)
class Restored(TimeChanged):
    """`ended`: when it had been withdrawn."""

    verb = "duty.restored"
    sentence = _("{unit} owes this again, as if it had never ended; due {due}.")
    ended: datetime


@dataclass(frozen=True, kw_only=True)
class Moved(TimeChanged):
    """`sweep` is the change of the calendar, whose page lists all dates that moved with it."""

    verb = "duty.moved"
    sentence = _("The working calendar changed: the date of {unit} moved from {before} to {due}.")
    public = True
    sweep: int


@dataclass(frozen=True, kw_only=True)
class Escalated(Event):
    """`rungs` are named `regime 80%`, `to` the persons' numbers are not here: whom it told is with the letters."""

    verb = "duty.escalated"
    sentence = _("What {unit} owes was brought up, since its time passes.")
    duty: int
    unit: str
    rungs: list[str]


def _facts(duty: Duty, due: datetime | None) -> dict[str, Any]:
    matter = KINDS[duty.kind].matters([duty.about]).get(duty.about, Matter())
    return {
        "duty": duty.pk,
        "owed": duty.kind,
        "unit": duty.unit_path,
        "kind": matter.message,
        "channel": matter.channel,
        "card": matter.card,
        "before": duty.due_at,
        "due": due,
    }


def _keep(duty: Duty, run: Run) -> dict[str, Any]:
    """Write the clocks to the row, if nobody changed it meanwhile; gives the facts of the change."""
    changes = kept(duty, run)
    facts = _facts(duty, changes["due_at"])
    if not change(duty, still={"state": duty.state, "settled_at": None, "due_at": duty.due_at}, to=changes):
        raise DutyMovedMeanwhile(move="time")
    return facts


def _note(duty: Duty, what: str, why: str, by: Actor, now: datetime) -> None:
    TimeNote(duty=duty, what=what, why=why, by=by.code, by_name=by.name, at=now).save(force_insert=True)


def _need(duty: Duty, by: Actor, power: Power) -> None:
    by.require(power)
    if not duty.owed:
        raise DutyMovedMeanwhile(move="time")


@transaction.atomic
def pause(*, duty: Duty, why: str, reason: str, by: Actor, now: datetime) -> Duty:
    """Something is awaited, from the person or from another agency: what may stand stands."""
    _need(duty, by, Power.CASE_COMPLETE if why == "person" else Power.CASE_REFER)
    if not reason.strip():
        raise ReasonUnsaid
    run = run_of(duty)
    if any(clock.stands for clock in run.clocks):
        raise StandsAlready
    if not run.pause(why, now):
        raise NothingMayStand
    facts = _keep(duty, run)
    _note(duty, "pause", reason, by, now)
    record(Paused(**facts, why=why), on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def resume(*, duty: Duty, by: Actor, now: datetime) -> Duty:
    """What was awaited is there, or is awaited no longer."""
    _need(duty, by, Power.CASE_COMPLETE)
    run = run_of(duty)
    if not run.resume(now):
        raise RunsAlready
    facts = _keep(duty, run)
    record(Resumed(**facts), on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


def waits_for(duty: Duty) -> str:
    """For whom its clocks stand: person, agency, or nobody."""
    pauses = [clock.stands for clock in clocks.read(duty.clocks, duty.opened_at)]
    return next((stands.why for stands in pauses if stands), "")


def may_stand(duty: Duty, why: str, now: datetime) -> bool:
    """Whether any of its clocks may stand for this."""
    return run_of(duty).pause(why, now)


def extendable(duty: Duty, by: Actor, now: datetime) -> list[Clock]:
    """The clocks to which the actor could add time now."""
    return [
        clock
        for clock in clocks.read(duty.clocks, duty.opened_at)
        if clock.length and clock.stopped is None and _not_extendable(clock, by, now) is None
    ]


def _not_extendable(clock: Clock, by: Actor, now: datetime) -> Refusal | None:
    allowed = clock.rule.extension
    if allowed is None or not by.may(allowed.power):
        return MayNotExtend(regime=clock.rule.name())
    if len(clock.more) >= allowed.times:
        return ExtendedEnough(times=allowed.times)
    if clock.due is None or clock.due < now:
        return TooLateToExtend()
    return None


@transaction.atomic
def extend(*, duty: Duty, regime: str, length: Length, reason: str, by: Actor, now: datetime) -> Duty:
    """Give more time where the rule allows it. The person is told, with the reason."""
    if not duty.owed:
        raise DutyMovedMeanwhile(move="time")
    if not reason.strip():
        raise ReasonUnsaid
    run = run_of(duty)
    clock = next((c for c in run.clocks if c.regime == regime and c.length and c.stopped is None), None)
    if clock is None:
        rule = REGIMES.get(regime)
        raise MayNotExtend(regime=rule.name() if rule else regime)
    allowed = clock.rule.extension
    if allowed is not None:
        by.require(allowed.power)
    if refusal := _not_extendable(clock, by, now):
        raise refusal
    assert allowed is not None and clock.due is not None  # it would have been refused
    calendar, counting = calendar_of(duty.counted_at), clock.rule.counting
    if calendar.due(clock.due, length, counting) > calendar.due(clock.due, allowed.most, counting):
        raise ExtendedTooFar(most=allowed.most.title(get_language() or "fa"))
    run.extend(regime, str(length))
    facts = _keep(duty, run)
    _note(duty, "extension", reason, by, now)
    event = Extended(**facts, clock=regime, length=str(length), until=clock.due)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def retime(*, duty: Duty, length: Length, by: Actor, now: datetime) -> Duty:
    """Another time is given from the beginning: the matter turned out to be another service."""
    _need(duty, by, Power.CASE_REFER)
    run = run_of(duty)
    run.retime(str(length))
    Duty.objects.filter(pk=duty.pk, settled_at=None).update(length=str(length))
    duty.length = str(length)
    facts = _keep(duty, run)
    record(Retimed(**facts, length=str(length)), on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def postpone(*, duty: Duty, until: datetime, reason: str, by: Actor, now: datetime, power: Power) -> Duty:
    """Whoever asked sets another last moment, and says why. `power` is that of the deed above."""
    _need(duty, by, power)
    if not reason.strip():
        raise ReasonUnsaid
    run, length = run_of(duty), f"={until.isoformat()}"
    run.retime(length)
    Duty.objects.filter(pk=duty.pk, settled_at=None).update(length="")
    duty.length = ""
    facts = _keep(duty, run)
    _note(duty, "extension", reason, by, now)
    record(Retimed(**facts, length=length), on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


@transaction.atomic
def restore(*, duty: Duty, by: Actor, now: datetime) -> Duty:
    """It was withdrawn by mistake: all its clocks go on from where they began, the time in between included."""
    ended, run = duty.settled_at, run_of(duty)
    if ended is None:
        raise DutyMovedMeanwhile(move="time")
    run.restore(ended)
    changes = kept(duty, run)
    facts = _facts(duty, changes["due_at"])
    move(duty, Move.RESTORE, by=by, now=now, **changes)
    record(Restored(**facts, ended=ended), on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return duty


_OPEN = Prepared(lambda about, kind: Duty.objects.owed().filter(about=about, kind=kind).order_by("id")[:1])


def stepped(*, about: str, kind: str, verb: str, matter: Matter, now: datetime) -> None:
    """Something was done with the matter, as the event `verb` tells: steps inside the office end or begin."""
    duty = _OPEN.first(about=about, kind=kind)
    if duty is None:
        return
    run = run_of(duty)
    if run.step(verb, matter, now):
        change(duty, still={"settled_at": None, "due_at": duty.due_at}, to=kept(duty, run))


@transaction.atomic
def escalated(*, duty: Duty, rungs: list[str], by: Actor, now: datetime) -> bool:
    """Steps of its ladders, each named `regime 80%`, have been taken; False when somebody else took them."""
    run = run_of(duty)
    run.tell(rungs)
    if not change(duty, still={"settled_at": None, "rung_at": duty.rung_at}, to=kept(duty, run)):
        return False
    event = Escalated(duty=duty.pk, unit=duty.unit_path, rungs=rungs)
    record(event, on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return True


def rungs_due(duty: Duty, now: datetime) -> list[tuple[str, tuple[str, ...]]]:
    """The steps of its ladders that have come: `regime 80%` and whom each tells."""
    return [
        (f"{clock.regime} {at}", to)
        for clock in clocks.read(duty.clocks, duty.opened_at)
        for moment, at, to in clock.rungs()
        if moment <= now
    ]


@transaction.atomic
def recompute(*, duty: Duty, by: Actor, now: datetime) -> bool:
    """Set the row's clocks to what the journal and the calendar say; says whether anything was different."""
    run = Run(duty.kind, clocks.counter_of(duty.counted_at), replay(duty))
    if not run.clocks:
        return False  # opened before there were clocks: the journal says nothing of them
    changes = kept(duty, run)
    if all(getattr(duty, name) == value for name, value in changes.items()):
        return False
    facts = _keep(duty, run)
    record(Moved(**facts, sweep=0), on=duty.about, unit_path=duty.unit_path, by=by, at=now)
    return True
