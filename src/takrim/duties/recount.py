"""Clocks of many duties counted anew: only those that a change of the calendar can have touched. Sums only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from takrim.duties.clocks import Counter, first_rung, length_of, read
from takrim.duties.regime import REGIMES

Plain = Mapping[str, Any]


class Recounted(NamedTuple):
    """What the row keeps of clocks of which at least one ends at another moment than before."""

    clocks: list[Plain]
    due_at: datetime | None
    rung_at: datetime | None


def recount(kept: list[Plain], opened: datetime, counter: Counter, since: datetime) -> Recounted | None:
    """The clocks by the calendar of today, which is another one from `since` on; None when no end has moved."""
    moved: dict[int, Plain] = {}
    for place, clock in enumerate(kept):
        if _may_move(clock, since) and (new := _counted(clock, opened, counter)) is not None:
            moved[place] = new
    if not moved:
        return None
    clocks = [moved.get(place, clock) for place, clock in enumerate(kept)]
    return Recounted(clocks, *_turns(clocks, opened))


def _may_move(clock: Plain, since: datetime) -> bool:
    """Not what is stopped or came as a date; nor what ended before the change, for closed days move an end forward.

    Only the end of a month or season falls on the last open day before it, so it may move past where it was.
    """
    if "stopped" in clock or not clock["length"]:
        return False
    due = clock.get("due")
    return due is None or datetime.fromisoformat(due) >= since or _ends_a_period(clock)


def _ends_a_period(clock: Plain) -> bool:
    return any(length_of(text).unit.period is not None for text in (clock["length"], *clock.get("more", ())))


def _counted(clock: Plain, opened: datetime, counter: Counter) -> Plain | None:
    """The clock with its new end; None when it is the old one."""
    if "pauses" in clock:
        return _counted_with_pauses(clock, opened, counter)
    lengths = (clock["length"], *clock.get("more", ()))
    due = counter.end(_start(clock, opened), lengths, REGIMES[clock["regime"]].counting)
    was = clock.get("due")
    return None if was is not None and datetime.fromisoformat(was) == due else {**clock, "due": due.isoformat()}


def _counted_with_pauses(clock: Plain, opened: datetime, counter: Counter) -> Plain | None:
    (whole,) = read([dict(clock)], opened)
    was = whole.due
    counter.count(whole)
    return None if whole.due == was else whole.plain(opened)


def _start(clock: Plain, opened: datetime) -> datetime:
    return datetime.fromisoformat(clock["start"]) if "start" in clock else opened


def _turns(clocks: list[Plain], opened: datetime) -> tuple[datetime | None, datetime | None]:
    """When the answer is due, and when somebody must be told next: as `nearest` and `next_rung` say of whole clocks."""
    due_at: datetime | None = None
    rung_at: datetime | None = None
    for clock in clocks:
        if "due" not in clock:
            continue
        due, rule = datetime.fromisoformat(clock["due"]), REGIMES[clock["regime"]]
        if not rule.internal and (due_at is None or due < due_at):
            due_at = due
        if "stopped" not in clock:
            rung = first_rung(rule, _start(clock, opened), due, clock.get("told", ()))
            if rung is not None and (rung_at is None or rung < rung_at):
                rung_at = rung
    return due_at, rung_at
