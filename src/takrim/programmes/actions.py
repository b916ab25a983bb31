"""What offices plan for the weeks of the year: keep, change, call off; and a province's own programmes."""

from __future__ import annotations

import re
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.codes import new_code
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.base.workdays import Length
from takrim.duties.actions import Term, Way, due_for, open_duty, withdraw
from takrim.duties.models import Duty
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change as change_row
from takrim.orgs.units import house_of
from takrim.programmes.models import SUBJECT, Kind, OwnProgramme, Planned
from takrim.programmes.programme import programmes_of

DUTY_KIND = "programme_action"
# How long after its end an action is to be proven.
TO_PROVE = Length.parse("5 working_days")
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class NotYourAction(Refusal):
    code = "not_your_planned_action"
    status = 403
    message = _("You can only plan for your own office and for those below it.")


class NoSuchProgramme(Refusal):
    code = "no_such_programme"
    status = 404
    message = _("There is no such programme in your province.")


class EndsBefore(Refusal):
    code = "planned_ends_before"
    status = 422
    message = _("The end lies before the beginning. Correct one of the two times.")


class Outside(Refusal):
    code = "planned_outside_programme"
    status = 422
    message = _("The day lies outside the programme: {first} to {last}. Choose a day within a month of it.")


class Incomplete(Refusal):
    code = "planned_incomplete"
    status = 422
    message = _("Say what is planned, for whom, and where it is unless it is online only.")


class OverAlready(Refusal):
    code = "planned_over"
    message = _("This action has been proven or called off: it cannot be changed any more.")


class ChangedMeanwhile(Refusal):
    code = "planned_changed_meanwhile"
    message = _("A colleague has changed this action meanwhile. Look at what they wrote, then keep yours once more.")


class WhyNeeded(Refusal):
    code = "planned_why_needed"
    status = 422
    message = _("Say why it is called off: people and colleagues read it.")


class NotYourPost(Refusal):
    code = "planned_not_your_post"
    status = 422
    message = _("This post is not of the office that plans it. Choose a post of that office.")


class BadProgramme(Refusal):
    code = "bad_programme"
    status = 422
    message = _(
        "A programme has a code of small Latin letters, digits and hyphens, a title in both languages, and its days."
    )


class NotOfHouse(Refusal):
    code = "programme_not_of_house"
    status = 403
    message = _("Programmes of the province are kept by its directorate.")


class KeptAlready(Refusal):
    code = "programme_kept_already"
    message = _("The province has a programme of this code. End it first, or choose another code.")


@dataclass(frozen=True, kw_only=True)
class PlannedKept(Event):
    verb = "programme.planned"
    sentence = _("{unit} planned an action for a programme.")
    unit: str
    programme: str
    year: int
    kind: str
    starts: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class PlannedChanged(Event):
    verb = "programme.changed"
    sentence = _("{unit} changed a planned action.")
    unit: str
    programme: str
    year: int
    kind: str
    starts: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class CalledOff(Event):
    verb = "programme.called_off"
    sentence = _("{unit} called a planned action off.")
    unit: str
    programme: str
    year: int


@dataclass(frozen=True, kw_only=True)
class ProgrammeKept(Event):
    verb = "programme.kept"
    sentence = _("The province keeps a programme of its own.")
    unit: str
    programme: str


@dataclass(frozen=True, kw_only=True)
class ProgrammeEnded(Event):
    verb = "programme.ended"
    sentence = _("The province ended a programme of its own.")
    unit: str
    programme: str


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is planned: of which kind, for whom and how many, where and when, and whether people may come."""

    kind: str
    title: str
    audience: str
    starts_at: datetime
    ends_at: datetime
    text: str = ""
    people: int = 0
    online: int = 0
    place: str = ""
    is_open: bool = False
    post: Post | None = None


# So many days before and after a programme still belong to it.
_AROUND = 31


def _check(unit: Unit, programme: str, year: int, plan: Plan, by: Actor) -> None:
    by.require(Power.PROGRAMME_EDIT)
    if not is_under(unit.path, by.unit_path):
        raise NotYourAction
    known = programmes_of(unit.path).get(programme)
    if known is None:
        raise NoSuchProgramme
    if plan.kind not in set(Kind) or not plan.title or not plan.audience or not (plan.place or plan.online):
        raise Incomplete
    if plan.ends_at < plan.starts_at:
        raise EndsBefore
    first, last = known.days(year)
    day = local_date(plan.starts_at)
    if (first - day).days > _AROUND or (day - last).days > _AROUND:
        facts = [JalaliDate.from_date(one) for one in (first, last)]
        raise Outside(first=facts[0], last=facts[1])
    if plan.post is not None and plan.post.unit_id != unit.pk:
        raise NotYourPost


def _free_code(year: int) -> str:
    while Planned.objects.filter(code=(code := new_code(year, secrets.randbelow))).exists():
        pass
    return code


def _owe(code: str, unit: Unit, plan: Plan, by: Actor, now: datetime) -> Duty:
    """The office owes it, proven within some days after its end."""
    return open_duty(
        kind=DUTY_KIND,
        about=f"{SUBJECT}{code}",
        unit=unit,
        by=by,
        now=now,
        term=Term(fixed=due_for(unit.path, plan.ends_at, TO_PROVE)),
        task=plan.title,
        judge_path=house_of(unit.path),
        way=Way(post=plan.post),
    )


@transaction.atomic
def plan(*, unit: Unit, programme: str, year: int, what: Plan, by: Actor, now: datetime) -> Planned:
    """Plan an action; from now on the office owes it."""
    _check(unit, programme, year, what, by)
    code = _free_code(year)
    row = Planned(
        code=code,
        programme=programme,
        year=year,
        unit=unit,
        unit_path=unit.path,
        duty=_owe(code, unit, what, by, now),
        planned_at=now,
        planned_by=by.code,
        planned_name=by.name,
        **_columns(what),
    )
    row.save(force_insert=True)
    _note(row, PlannedKept, by, now)
    return row


def _columns(what: Plan) -> dict[str, object]:
    """The columns of a plan; the post is a row, not its fields."""
    return {**{name: value for name, value in vars(what).items() if name != "post"}, "post": what.post}


def _note(row: Planned, event: type[PlannedKept] | type[PlannedChanged], by: Actor, now: datetime) -> None:
    told = event(
        unit=row.unit_path,
        programme=row.programme,
        year=row.year,
        kind=row.kind,
        starts=row.starts_at,
        version=row.version,
    )
    record(told, on=f"{SUBJECT}{row.code}", unit_path=row.unit_path, by=by, at=now)


def is_over(row: Planned) -> bool:
    """Whether it was proven or called off."""
    return row.duty.settled_at is not None


@transaction.atomic
def change(*, planned: Planned, what: Plan, seen: int, by: Actor, now: datetime) -> Planned:
    """Change what is planned; another time or post is owed anew. `seen` is the version that was changed."""
    _check(planned.unit, planned.programme, planned.year, what, by)
    if is_over(planned):
        raise OverAlready
    to: dict[str, object] = {**_columns(what), "version": seen + 1}
    if (what.ends_at, what.post) != (planned.ends_at, planned.post):
        withdraw(duty=planned.duty, by=by, now=now, power=Power.PROGRAMME_EDIT)
        to["duty"] = _owe(planned.code, planned.unit, what, by, now)
    if not change_row(planned, still={"version": seen, "cancelled_at": None}, to=to):
        raise ChangedMeanwhile
    _note(planned, PlannedChanged, by, now)
    return planned


@transaction.atomic
def call_off(*, planned: Planned, why: str, by: Actor, now: datetime) -> Planned:
    """It will not be: with the reason, and for those who have it in their calendar."""
    by.require(Power.PROGRAMME_EDIT)
    if not is_under(planned.unit_path, by.unit_path):
        raise NotYourAction
    if not why.strip():
        raise WhyNeeded
    if is_over(planned):
        raise OverAlready
    to = {"cancelled_at": now, "cancelled_why": why.strip(), "version": planned.version + 1}
    if not change_row(planned, still={"version": planned.version, "cancelled_at": None}, to=to):
        raise ChangedMeanwhile
    withdraw(duty=planned.duty, by=by, now=now, power=Power.PROGRAMME_EDIT)
    event = CalledOff(unit=planned.unit_path, programme=planned.programme, year=planned.year)
    record(event, on=f"{SUBJECT}{planned.code}", unit_path=planned.unit_path, by=by, at=now)
    return planned


@dataclass(frozen=True, kw_only=True)
class OwnDays:
    """A province's own programme: its code, its names, its first and last day of each year."""

    code: str
    title_fa: str
    title_en: str
    from_month: int
    from_day: int
    until_month: int
    until_day: int
    about: str = ""


def _house(by: Actor) -> str:
    by.require(Power.PROGRAMME_EDIT)
    house = house_of(by.unit_path)
    if by.unit_path != house:
        raise NotOfHouse
    return house


@transaction.atomic
def keep_programme(*, days: OwnDays, by: Actor, now: datetime) -> OwnProgramme:
    """Add a programme to those of the catalogue, or put other days for one of them."""
    house = _house(by)
    in_year = all(1 <= month <= 12 for month in (days.from_month, days.until_month))
    in_month = all(1 <= day <= 31 for day in (days.from_day, days.until_day))
    if not (_CODE.fullmatch(days.code) and days.title_fa and days.title_en and in_year and in_month):
        raise BadProgramme
    row = OwnProgramme(path=house, kept_at=now, kept_by=by.code, **asdict(days))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise KeptAlready from error
    record(ProgrammeKept(unit=house, programme=days.code), on=f"programmes:{house}", unit_path=house, by=by, at=now)
    return row


@transaction.atomic
def end_programme(*, own: OwnProgramme, by: Actor, now: datetime) -> None:
    """It is offered no longer; what was planned for it stays."""
    if own.path != _house(by):
        raise NotOfHouse
    if OwnProgramme.objects.filter(pk=own.pk, ended_at=None).update(ended_at=now) != 1:
        raise ChangedMeanwhile
    event = ProgrammeEnded(unit=own.path, programme=own.code)
    record(event, on=f"programmes:{own.path}", unit_path=own.path, by=by, at=now)
