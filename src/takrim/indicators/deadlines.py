"""Indicators that ask whether something was done by its moment: of what was to be done in the period, how much was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from takrim.indicators.adding import Add, Facts, Rule, Wait, done, moment, promised

# From when an answer is owed and when it is due, the moment that is asked about; None where it cannot be told.
Moment = Callable[[datetime | None, datetime | None], datetime | None]

_ENDS = (
    "case.answered",
    "case.undeliverable",
    "case.objection_refused",
    "case.refused",
    "case.marked_duplicate",
    "case.withdrawn",
)
_MOVES = ("case.kept_from", "case.transferred", "case.handed_back")
_TIMES = ("duty.paused", "duty.resumed", "duty.extended", "duty.retimed", "duty.moved")


def answers_by(when: Moment) -> dict[str, Rule]:
    """Final answers that were given, or ended in another way, by a moment of theirs."""

    def opens(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
        yield from promised(unit, when(at, moment(facts, "due")))

    def ends(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
        yield from done(unit, when(moment(facts, "received"), moment(facts, "due")), at)

    def taken_back(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
        by = when(moment(facts, "opened"), moment(facts, "before"))
        yield from done(unit, by, moment(facts, "ended") or at, -1)

    def moved_up(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
        if facts["owed"] and facts["from_unit"] != unit:
            by = when(moment(facts, "opened") or moment(facts, "received"), moment(facts, "due"))
            yield from promised(facts["from_unit"], by, -1)
            yield from promised(unit, by)

    def retimed(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
        if facts.get("owed") == "final_answer":
            yield from _shifted(unit, when(None, moment(facts, "before")), when(None, moment(facts, "due")))

    return {
        "case.received": opens,
        "case.reopened": opens,
        "case.separated": taken_back,
        **dict.fromkeys(_ENDS, ends),
        **dict.fromkeys(_MOVES, moved_up),
        **dict.fromkeys((*_TIMES, "duty.restored"), retimed),
    }


def _shifted(unit: str, before: datetime | None, after: datetime | None) -> Iterator[Add | Wait]:
    if before != after:
        yield from promised(unit, before, -1)
        yield from promised(unit, after)


def only(kind: str, rule: Rule, fact: str = "kind") -> Rule:
    """The rule, where a fact of the entry says this."""

    def filtered(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
        if facts.get(fact) == kind:
            yield from rule(facts, at, unit)

    return filtered


def opened(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    """Something is owed by its date."""
    yield from promised(unit, moment(facts, "due"))


def withdrawn(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    """Nothing is owed any more, as if it had never been."""
    yield from promised(unit, moment(facts, "due"), -1)


def accepted(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    """It was judged to be done; in time if it was handed in by its date."""
    yield from done(unit, moment(facts, "due"), moment(facts, "answered"))


def questioned(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    """It is to be judged anew."""
    yield from done(unit, moment(facts, "due"), moment(facts, "answered"), -1)


def _fulfilled(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from done(unit, moment(facts, "due"), at)


def _retimed(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from _shifted(unit, moment(facts, "before"), moment(facts, "due"))


def _handed_over(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from promised(facts["from_unit"], moment(facts, "due"), -1)
    yield from promised(unit, moment(facts, "due"))


def duties_by_date(kind: str) -> dict[str, Rule]:
    """Duties of one kind that were done by their date, and accepted where somebody judges them."""
    return {
        "duty.opened": only(kind, opened),
        "duty.fulfilled": only(kind, _fulfilled),
        "duty.accepted": only(kind, accepted),
        "duty.questioned": only(kind, questioned),
        "duty.withdrawn": only(kind, withdrawn),
        "duty.declined": only(kind, withdrawn),
        "duty.handed_over": only(kind, _handed_over),
        "duty.restored": only(kind, opened, "owed"),
        **dict.fromkeys(_TIMES, only(kind, _retimed, "owed")),
    }
