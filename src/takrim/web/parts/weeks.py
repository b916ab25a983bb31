"""Opening hours by weekday in words: which hold when, days of the same hours together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from django.utils.translation import gettext as _

from takrim.base.workdays import DEFAULT_WEEK, Week
from takrim.orgs.calendars import DAYS, InForce, in_force, last_day, read_week
from takrim.orgs.models import Week as WeekRow
from takrim.orgs.paths import is_under
from takrim.orgs.units import all_names
from takrim.web.parts.templatetags.takrim import jdate, language
from takrim.web.parts.year import hours_said, weekdays


class Line(NamedTuple):
    """Days in a row that have the same hours."""

    days: str
    hours: str


class Hours(NamedTuple):
    """One week: from when until when it holds, whose it is, what for."""

    office: str
    span: str
    note: str
    lines: list[Line]


def lines_of(week: Week) -> list[Line]:
    """«شنبه تا چهارشنبه: ۰۷:۳۰–۱۴:۳۰»."""
    found: list[tuple[list[str], str]] = []
    for name, head in zip(DAYS.values(), weekdays(), strict=True):
        hours = hours_said(week.spans.get(name, ())) or _("closed")
        if found and found[-1][1] == hours:
            found[-1][0].append(head.name)
        else:
            found.append(([head.name], hours))
    return [Line(_days(names), hours) for names, hours in found]


def _days(names: list[str]) -> str:
    if len(names) == 1:
        return names[0]
    if len(names) == 2:
        return _("{first} and {last}").format(first=names[0], last=names[-1])
    return _("{first} to {last}").format(first=names[0], last=names[-1])


def span_of(since: date | None, until: date | None) -> str:
    """From when until when, in words; None is open."""
    if since is None and until is None:
        return _("always")
    if until is None:
        return _("from {day} on").format(day=jdate(since))
    if since is None:
        return _("until {day}").format(day=jdate(until))
    return _("from {since} until {until}").format(since=jdate(since), until=jdate(until))


def told(row: WeekRow) -> Hours:
    """One week as it was set."""
    return Hours(_office(row.path), span_of(row.since, last_day(row)), row.note, lines_of(read_week(row.hours)))


def _office(path: str) -> str:
    unit = all_names().get(path)
    return unit.short(language()) if unit else path


def hold_at(path: str, rows: Iterable[WeekRow], first: date, last: date) -> list[Hours]:
    """The weeks that hold for an office between two days, one after the other."""
    turns = in_force(row for row in rows if is_under(path, row.path))
    held = ((turn, end) for turn, end in _ended(turns) if turn.since <= last)
    return [_held(turn, end) for turn, end in held if end is None or end >= first]


def _held(turn: InForce, end: date | None) -> Hours:
    if turn.row is None:
        return Hours("", span_of(None, end), _("Usual hours"), lines_of(DEFAULT_WEEK))
    return Hours(_office(turn.row.path), span_of(turn.since, end), turn.row.note, lines_of(read_week(turn.row.hours)))


def below(path: str, rows: Iterable[WeekRow], first: date, last: date) -> list[Hours]:
    """Weeks of their own that offices below it have between two days."""
    own = [row for row in rows if row.path != path and is_under(row.path, path)]
    return [told(row) for row in that_hold(own, first, last)]


def that_hold(rows: Iterable[WeekRow], first: date, last: date) -> list[WeekRow]:
    """Those that hold for their own office on some day between two, each once."""
    rows = list(rows)
    found: list[WeekRow] = []
    for path in dict.fromkeys(row.path for row in rows):
        turns = in_force(row for row in rows if row.path == path)
        for turn, end in _ended(turns):
            if turn.row is not None and turn.row not in found and turn.since <= last and (end is None or end >= first):
                found.append(turn.row)
    return found


def _ended(turns: list[InForce]) -> Iterator[tuple[InForce, date | None]]:
    ends = [turn.since - timedelta(days=1) for turn in turns[1:]]
    return zip(turns, [*ends, None], strict=True)
