"""Whom a clause means and by when: its addressees as offices, its time as a term for each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from takrim.base.clock import TEHRAN, local_date
from takrim.base.period import Period, PeriodKind
from takrim.base.workdays import Length, LengthUnit
from takrim.directives.models import Addressee, Clause, ClauseKind, Whom
from takrim.duties.actions import Term, due_for
from takrim.duties.kind import KINDS
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Post, Unit

KIND = "clause"
# The units that a wide address means; all of them where no kind is said.
_WIDE = {Whom.COUNTIES: "county", Whom.DIRECTORATES: "directorate", Whom.PROVINCE: ""}
_ENDS = {
    PeriodKind.MONTH: LengthUnit.MONTH_END,
    PeriodKind.SEASON: LengthUnit.SEASON_END,
    PeriodKind.HALF: LengthUnit.HALF_END,
    PeriodKind.YEAR: LengthUnit.YEAR_END,
}


@dataclass(frozen=True)
class Target:
    """One office that owes a clause, or one post in it."""

    unit: Unit
    post: Post | None = None

    @property
    def key(self) -> tuple[int, int]:
        return self.unit.pk, self.post.pk if self.post else 0


def resolved(addressees: Iterable[Addressee], on: date) -> list[Target]:
    """The offices and posts that are meant on a day, each once, in the order of the tree."""
    found: dict[tuple[int, int], Target] = {}
    for one in addressees:
        for target in _meant(one, on):
            found.setdefault(target.key, target)
    return sorted(found.values(), key=lambda target: (target.unit.path, target.key[1]))


def _meant(one: Addressee, on: date) -> list[Target]:
    kind = _WIDE.get(Whom(one.whom))
    if kind is not None:
        units = Unit.objects.under(one.unit.path).open(on)
        units = units.filter(kind=kind) if kind else units
        return [Target(unit) for unit in units.order_by("path")]
    closed = one.unit.closed_on is not None and one.unit.closed_on <= on
    return [] if closed else [Target(one.unit, one.post)]


def code_of(clause: Clause, target: Target, period: str = "") -> str:
    """What the duty, files and proofs call it: the same parts give the same code, so that it is opened once."""
    post = f"-p{target.post.pk}" if target.post else ""
    return f"clause:{clause.pk}-{target.unit.pk}{post}{'-' if period else ''}{period}"


def current_period(clause: Clause, on: date) -> Period:
    """The period of a periodic clause in which a day lies."""
    return Period.containing(on, PeriodKind(clause.every))


def term_for(clause: Clause, target: Target, now: datetime, period: Period | None = None) -> Term:
    """By when one office owes it, from now on; by its own calendar."""
    if period is not None:
        return _of_period(clause, target.unit.path, now, period)
    if clause.due_on is not None:
        due = _closing(target.unit.path, clause.due_on)
        return Term(fixed=due) if due > now else Term(Length.parse(KINDS[KIND].length))
    if clause.length:
        return Term(Length.parse(clause.length))
    return Term() if clause.kind == ClauseKind.ALWAYS else Term(Length.parse(KINDS[KIND].length))


def term_of_newcomer(clause: Clause, target: Target, now: datetime, period: Period | None = None) -> Term:
    """By when an office owes it that came after it was issued: never sooner than the usual time from its coming."""
    given = term_for(clause, target, now, period)
    if clause.length or given == Term():
        return given
    usual, path = Length.parse(KINDS[KIND].length), target.unit.path
    due = given.fixed if given.length is None else due_for(path, now, given.length)
    return given if due is not None and due >= due_for(path, now, usual) else Term(usual)


def _of_period(clause: Clause, path: str, now: datetime, period: Period) -> Term:
    today, last = local_date(now), period.last_day()
    end = Length(1, _ENDS[period.kind])
    if clause.days_after:
        return Term(fixed=_closing(path, last + timedelta(days=clause.days_after)))
    if today in period and today < last:
        return Term(end)
    before = datetime.combine(period.start() - timedelta(days=1), time(12), TEHRAN)
    return Term(fixed=calendar_of(path).due(before, end))


def _closing(path: str, day: date) -> datetime:
    """When the office closes on a day, or on the next on which it is open."""
    calendar = calendar_of(path)
    return calendar.closing(calendar.next_open(day))
