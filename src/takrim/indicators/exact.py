"""Figures counted anew from cases and their duties, one by one: what `takrim figures` prints.

Each case counts once, by the final answer that was owed last (an objection makes it owed anew). It is closed when that
answer was given or the case ended in another way; late when that came after the due moment; overdue while it is open
behind it. Times run from the moment the answer was owed to its end, in clock hours.

Hand-overs are counted by referrals instead: from which office to which, and how long until the reply.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum, auto
from fractions import Fraction
from typing import Any

from django.db import connection

from takrim.indicators.histogram import MEDIAN, P90, nearest_rank
from takrim.indicators.increments import month_of
from takrim.orgs.paths import after


class By(StrEnum):
    """What the lines of a table are."""

    UNIT = auto()
    MONTH = auto()
    CHANNEL = auto()
    SUBJECT = auto()
    RIGHT = auto()
    HANDOVER = auto()


# Between the two offices of a hand-over.
TO = " → "


@dataclass
class Line:
    """One line of the table. `seconds` has the time of every closed case, four bytes each: quantiles are exact."""

    key: str
    received: int = 0
    closed: int = 0
    with_due: int = 0
    on_time: int = 0
    late: int = 0
    overdue: int = 0
    seconds: array[int] = field(default_factory=lambda: array("I"))

    @property
    def open(self) -> int:
        return self.received - self.closed

    @property
    def on_time_share(self) -> Fraction | None:
        """Of the closed cases that had a due moment, the share closed by it."""
        ended = self.on_time + self.late
        return Fraction(self.on_time, ended) if ended else None

    def hours(self, share: Fraction) -> Fraction | None:
        """The nearest-rank quantile of the times, in hours; whole seconds are counted."""
        seconds = nearest_rank(sorted(self.seconds), share)
        return None if seconds is None else Fraction(seconds, 3600)

    @property
    def median_hours(self) -> Fraction | None:
        return self.hours(MEDIAN)

    @property
    def p90_hours(self) -> Fraction | None:
        return self.hours(P90)

    def count(self, seconds: int | None, has_due: int, late: int, overdue: int) -> None:
        """Add one case: how long its answer took if it is closed, whether it had a due moment and missed it."""
        self.received += 1
        self.with_due += has_due
        self.overdue += overdue
        if seconds is not None:
            self.closed += 1
            self.late += late
            self.on_time += has_due - late
            self.seconds.append(max(seconds, 0))


_SECONDS = {
    "sqlite": "CAST(strftime('%%s', {}) AS INTEGER)",
    "postgresql": "CAST(FLOOR(EXTRACT(EPOCH FROM {})) AS BIGINT)",
}
_GROUPS = {
    By.UNIT: "c.unit_path",
    By.MONTH: "{received}",
    By.CHANNEL: "c.channel",
    By.SUBJECT: "c.subject",
    By.RIGHT: 'r."right"',
}
_MOMENTS = {"received": "c.received", "opened": "d.opened", "settled": "d.settled", "answered": "d.answered"}
# The newest final answer owed by then; the sub-query is only asked about cases that were reopened.
_SQL = """
SELECT {group},
    CASE WHEN d.settled_at <= %(at)s THEN {settled} - {opened} END,
    CASE WHEN d.due_at IS NULL THEN 0 ELSE 1 END,
    CASE WHEN d.settled_at <= %(at)s AND d.settled_at > d.due_at THEN 1 ELSE 0 END,
    CASE WHEN (d.settled_at IS NULL OR d.settled_at > %(at)s) AND d.due_at < %(at)s THEN 1 ELSE 0 END
FROM cases_case c JOIN duties_duty d ON d.about = c.code AND d.kind = 'final_answer' {more}
WHERE c.unit_path >= %(from)s AND c.unit_path < %(to)s AND d.opened_at <= %(at)s
AND (c.reopened = 0 OR NOT EXISTS (
    SELECT 1 FROM duties_duty e
    WHERE e.about = d.about AND e.kind = 'final_answer' AND e.id > d.id AND e.opened_at <= %(at)s
))
"""

_HANDOVERS = """
SELECT d.judge_path || '{to}' || d.unit_path,
    CASE WHEN d.answered_at <= %(at)s THEN {answered} - {opened} END,
    CASE WHEN d.due_at IS NULL THEN 0 ELSE 1 END,
    CASE WHEN d.answered_at <= %(at)s AND d.answered_at > d.due_at THEN 1 ELSE 0 END,
    CASE WHEN (d.answered_at IS NULL OR d.answered_at > %(at)s) AND d.due_at < %(at)s
        AND (d.settled_at IS NULL OR d.settled_at > %(at)s) THEN 1 ELSE 0 END
FROM duties_duty d
WHERE d.unit_path >= %(from)s AND d.unit_path < %(to)s AND d.opened_at <= %(at)s
AND d.kind = 'referral' AND d.judge_path <> ''
"""


def _rows(under: str, by: By, at: datetime) -> Iterator[tuple[Any, ...]]:
    seconds = _SECONDS[connection.vendor]
    columns = {name: seconds.format(f"{table}_at") for name, table in _MOMENTS.items()}
    if by is By.HANDOVER:
        sql = _HANDOVERS.format(to=TO, **columns)
    else:
        # A case that concerns two rights counts in the line of each.
        more = "JOIN cases_caseright r ON r.case_id = c.id" if by is By.RIGHT else ""
        sql = _SQL.format(group=_GROUPS[by].format(**columns), more=more, **columns)
    values = {"from": under, "to": after(under), "at": connection.ops.adapt_datetimefield_value(at)}
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(5000):
            yield from rows


def month_of_second(seconds: int) -> str:
    """The Jalali month of a moment given in seconds of UTC."""
    return month_of(datetime.fromtimestamp(seconds, UTC))


def figures_by(under: str, by: By, at: datetime) -> tuple[list[Line], Line]:
    """The lines of the table and the line of all together, as they stood at a moment."""
    lines: dict[Any, Line] = {}
    total = Line("")
    name: Callable[[Any], str] = month_of_second if by is By.MONTH else str
    for value, *facts in _rows(under, by, at):
        key = name(value)
        line = lines.get(key)
        if line is None:
            line = lines[key] = Line(key)
        line.count(*facts)
        total.count(*facts)
    return _in_order(lines, by), total


def _in_order(lines: dict[Any, Line], by: By) -> list[Line]:
    if by in {By.SUBJECT, By.HANDOVER}:
        return sorted(lines.values(), key=lambda line: (-line.received, line.key))
    return sorted(lines.values(), key=lambda line: line.key)
