"""What an entry of the journal adds to an indicator: to its part and whole, and to what it still waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from takrim.base.clock import TEHRAN
from takrim.indicators.increments import month_of

Facts = Mapping[str, Any]


class Add(NamedTuple):
    """So much more part and whole for an office in a month. `value`: of one sort, where sorts are counted apart."""

    unit: str
    month: str
    part: int = 0
    whole: int = 0
    value: str = ""


class Wait(NamedTuple):
    """So many more things of an office, counted in the whole, are still to be done, and their day is this one."""

    unit: str
    day: date
    n: int


# Given the facts of an entry, when it was written and whose it is.
Rule = Callable[[Facts, datetime, str], Iterable[Add | Wait]]


def moment(facts: Facts, name: str) -> datetime | None:
    """A fact that is a moment."""
    text = facts.get(name)
    return datetime.fromisoformat(text) if text else None


def counted(*, part: int = 0, whole: int = 0) -> Rule:
    """Every such entry counts so much in its month."""

    def rule(_facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
        yield Add(unit, month_of(at), part, whole)

    return rule


def promised(unit: str, by: datetime | None, much: int = 1) -> Iterator[Add | Wait]:
    """Something is to be done by a moment: it belongs to the whole of that month, and is waited for until that day."""
    if by is not None:
        yield Add(unit, month_of(by), whole=much)
        yield Wait(unit, by.astimezone(TEHRAN).date(), much)


def done(unit: str, by: datetime | None, at: datetime | None, much: int = 1) -> Iterator[Add | Wait]:
    """It was done, in time if `at` is not behind the moment; with `much` -1 it was not done after all."""
    if by is not None:
        yield Wait(unit, by.astimezone(TEHRAN).date(), -much)
        if at is not None and at <= by:
            yield Add(unit, month_of(by), part=much)
