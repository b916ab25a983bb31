"""What one journal entry adds to the figures: pure arithmetic, shared by the follower and by bulk loading.

Which month is charged: a receipt, the month of receipt. An answer, a refusal or another end, the month in which it
came, with its time and whether it was on time. An objection and a closing, the month they happened in. A date that
falls due, the month of that date. A survey, the month of the answer it judges, or of the survey if that is not said.
A verdict on a proof of action, the month in which it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum, auto
from functools import lru_cache
from typing import Any

from takrim.base.clock import TEHRAN
from takrim.base.period import Period, PeriodKind
from takrim.indicators.histogram import step_of


class Count(StrEnum):
    """One column of a tally."""

    RECEIVED = auto()
    ANSWERED = auto()
    REFUSED = auto()
    # Found to repeat another case, or withdrawn by the person: ended, but nothing was answered.
    DROPPED = auto()
    CLOSED = auto()
    REOPENED = auto()
    # Answers and refusals by and after their due moment.
    ON_TIME = auto()
    LATE = auto()
    # Dropped after the due moment: it was overdue until then.
    DROPPED_LATE = auto()
    # Charged to the month of the due moment: all that fell due, and what was not ended by then.
    FELL_DUE = auto()
    MISSED = auto()
    RESPONSES = auto()
    SATISFIED = auto()
    # Proofs of action: verdicts, those that accepted, and those that sent a proof back.
    PROOFS_JUDGED = auto()
    PROOFS_ACCEPTED = auto()
    PROOFS_RETURNED = auto()


# table, key, how much. Tables: "count" (unit, month, by, value, Count), "hours" (unit, month, by, value, step),
# "score" (unit, month, by, value, dimension, "n" | "sum"), "owed" (unit, slot of the due moment or None), "day" (unit,
# day, card, step).
Increment = tuple[str, tuple[Any, ...], int]

BREAKDOWNS = ("kind", "channel", "card")
# By the rights of citizens that cases concern it is only counted how many were received.
RIGHT = "right"
SLOT = timedelta(minutes=30)
SATISFIED_FROM = 4
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def slot_of(due: datetime) -> int:
    """The half hour at whose end a due moment has passed for the figures; closing times fall on half hours."""
    return -((_EPOCH - due) // SLOT)


def now_slot(now: datetime) -> int:
    """The last half hour that is over."""
    return (now - _EPOCH) // SLOT


def moment_of(slot: int) -> datetime:
    """When a half hour ends."""
    return _EPOCH + slot * SLOT


@lru_cache(maxsize=8192)
def _month(day: date) -> str:
    return Period.containing(day, PeriodKind.MONTH).code


def month_of(moment: datetime) -> str:
    """The code of the Jalali month a moment lies in, by Tehran's clock."""
    return _month(moment.astimezone(TEHRAN).date())


Facts = Mapping[str, Any]
Keys = list[tuple[str, str]]


def _moment(facts: Facts, name: str) -> datetime | None:
    text = facts.get(name)
    return datetime.fromisoformat(text) if text else None


class _Adder:
    """Gathers increments; each count is spread over the total and the breakdowns."""

    def __init__(self, unit: str, facts: Facts) -> None:
        self.unit = unit
        self.keys: Keys = [("", ""), *((by, facts[by]) for by in BREAKDOWNS if facts.get(by))]
        self.found: list[Increment] = []

    def count(self, month: str, count: Count, much: int = 1) -> None:
        self.found += [("count", (self.unit, month, by, value, count), much) for by, value in self.keys]

    def concern(self, month: str, rights: Iterable[str], much: int = 1) -> None:
        """So many received matters concern these rights."""
        self.found += [("count", (self.unit, month, RIGHT, right, Count.RECEIVED), much) for right in rights]

    def time(self, month: str, step: int) -> None:
        self.found += [("hours", (self.unit, month, by, value, step), 1) for by, value in self.keys]

    def day(self, day: date, card: str, step: int) -> None:
        self.found.append(("day", (self.unit, day, card, step), 1))

    def score(self, month: str, dimension: str, what: str, much: int) -> None:
        self.found += [("score", (self.unit, month, by, value, dimension, what), much) for by, value in self.keys]

    def owe(self, due: datetime | None, much: int) -> None:
        self.found.append(("owed", (self.unit, None if due is None else slot_of(due)), much))


def _begins(adder: _Adder, facts: Facts) -> None:
    """An answer is owed from now on; it counts as missed in its due month until it is ended in time."""
    due = _moment(facts, "due")
    adder.owe(due, 1)
    if due is not None:
        month = month_of(due)
        adder.count(month, Count.FELL_DUE)
        adder.count(month, Count.MISSED)


def _received(adder: _Adder, facts: Facts, at: datetime) -> None:
    adder.count(month_of(at), Count.RECEIVED)
    _begins(adder, facts)


def _reopened(adder: _Adder, facts: Facts, at: datetime) -> None:
    adder.count(month_of(at), Count.REOPENED)
    _begins(adder, facts)


def _moved_up(adder: _Adder, facts: Facts, at: datetime) -> None:
    """Another office answers: what was counted for the first is counted for the other, as if it had come there."""
    before = facts["from_unit"]
    if before == adder.unit:
        return
    came, due = _moment(facts, "received") or at, _moment(facts, "due")
    for one, much in ((_Adder(before, facts), -1), (_Adder(adder.unit, facts), 1)):
        if facts["first"]:
            one.count(month_of(came), Count.RECEIVED, much)
            one.concern(month_of(came), facts.get("rights", ()), much)
        if facts["owed"]:
            one.owe(due, much)
            if due is not None:
                one.count(month_of(due), Count.FELL_DUE, much)
                one.count(month_of(due), Count.MISSED, much)
        adder.found += one.found


def _rights_named(adder: _Adder, facts: Facts, at: datetime) -> None:
    """Charged to the month in which the case came, whenever somebody named the rights."""
    month = month_of(_moment(facts, "received") or at)
    adder.concern(month, facts["before"], -1)
    adder.concern(month, facts["rights"])


def _closed(adder: _Adder, facts: Facts, at: datetime) -> None:
    adder.count(month_of(at), Count.CLOSED)


def _ends(adder: _Adder, due: datetime | None, at: datetime) -> None:
    adder.owe(due, -1)
    if due is not None and at <= due:
        adder.count(month_of(due), Count.MISSED, -1)


def _moved(adder: _Adder, facts: Facts, at: datetime) -> None:
    """The date of an answer that is still owed has changed; what other offices were asked is not counted here."""
    before, due = _moment(facts, "before"), _moment(facts, "due")
    if facts.get("owed") != "final_answer" or before == due:
        return
    for moment, much in ((before, -1), (due, 1)):
        adder.owe(moment, much)
        if moment is not None:
            adder.count(month_of(moment), Count.FELL_DUE, much)
            adder.count(month_of(moment), Count.MISSED, much)


def _given(count: Count) -> Step:
    def add(adder: _Adder, facts: Facts, at: datetime) -> None:
        month, due, since = month_of(at), _moment(facts, "due"), _moment(facts, "received")
        adder.count(month, count)
        _ends(adder, due, at)
        if due is not None:
            adder.count(month, Count.ON_TIME if at <= due else Count.LATE)
        if since is not None:
            step = step_of((at - since) // timedelta(minutes=1))
            adder.time(month, step)
            if facts.get("card"):
                adder.day(at.astimezone(TEHRAN).date(), facts["card"], step)

    return add


def _dropped(adder: _Adder, facts: Facts, at: datetime) -> None:
    month, due = month_of(at), _moment(facts, "due")
    adder.count(month, Count.DROPPED)
    _ends(adder, due, at)
    if due is not None and at > due:
        adder.count(month, Count.DROPPED_LATE)


def _taken_back(adder: _Adder, facts: Facts, at: datetime) -> None:
    """What was dropped by mistake is owed again, by the date it had: as if it had never been dropped."""
    ended, due = _moment(facts, "ended") or at, _moment(facts, "before")
    month = month_of(ended)
    adder.count(month, Count.DROPPED, -1)
    adder.owe(due, 1)
    if due is not None and ended <= due:
        adder.count(month_of(due), Count.MISSED)
    elif due is not None:
        adder.count(month, Count.DROPPED_LATE, -1)


def _judged(adder: _Adder, facts: Facts, at: datetime) -> None:
    month = month_of(_moment(facts, "answered") or at)
    adder.count(month, Count.RESPONSES)
    overall = facts.get("overall") or 0
    if overall >= SATISFIED_FROM:
        adder.count(month, Count.SATISFIED)
    for dimension, (number, total) in _scores(facts):
        adder.score(month, dimension, "n", number)
        adder.score(month, dimension, "sum", total)


def _scores(facts: Facts) -> Iterator[tuple[str, tuple[int, int]]]:
    """Facts `<dimension>_sum` and `<dimension>_items` of a survey: the sum of its marks and how many there were."""
    for name, total in facts.items():
        dimension = name.removesuffix("_sum")
        if dimension != name and facts.get(f"{dimension}_items"):
            yield dimension, (facts[f"{dimension}_items"], total)


def _proof_judged(count: Count | None) -> Step:
    """A verdict counts in its month; an acceptance that it takes back no longer counts in the month it was given in."""

    def add(adder: _Adder, facts: Facts, at: datetime) -> None:
        _proof_unaccepted(adder, facts, at)
        adder.count(month_of(at), Count.PROOFS_JUDGED)
        if count is not None:
            adder.count(month_of(at), count)

    return add


def _proof_unaccepted(adder: _Adder, facts: Facts, at: datetime) -> None:
    accepted = _moment(facts, "accepted")
    if accepted is not None:
        adder.count(month_of(accepted), Count.PROOFS_JUDGED, -1)
        adder.count(month_of(accepted), Count.PROOFS_ACCEPTED, -1)


Step = Callable[[_Adder, Facts, datetime], None]

STEPS: dict[str, Step] = {
    "case.received": _received,
    "case.answered": _given(Count.ANSWERED),
    "case.undeliverable": _given(Count.ANSWERED),
    # A refused objection has been answered too.
    "case.objection_refused": _given(Count.ANSWERED),
    "case.refused": _given(Count.REFUSED),
    "case.marked_duplicate": _dropped,
    "case.withdrawn": _dropped,
    "case.separated": _taken_back,
    "case.closed": _closed,
    "case.rights_named": _rights_named,
    "case.reopened": _reopened,
    "case.kept_from": _moved_up,
    "case.transferred": _moved_up,
    "case.handed_back": _moved_up,
    "survey.answered": _judged,
    "proof.accepted": _proof_judged(Count.PROOFS_ACCEPTED),
    "proof.returned": _proof_judged(Count.PROOFS_RETURNED),
    "proof.refused": _proof_judged(None),
    "proof.reopened": _proof_unaccepted,
    **dict.fromkeys(
        ("duty.paused", "duty.resumed", "duty.extended", "duty.retimed", "duty.restored", "duty.moved"), _moved
    ),
}


def increments(verb: str, facts: Facts, at: datetime, unit_path: str) -> list[Increment]:
    """What an entry adds to the figures of its own office; `Sums.write` spreads it over the offices above."""
    step = STEPS.get(verb)
    if step is None:
        return []
    adder = _Adder(facts.get("unit") or unit_path, facts)
    step(adder, facts, at)
    return adder.found
