"""The clocks of a duty once more, told from its journal and counted minute by minute: slow, and on its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from math import ceil
from typing import Any

from takrim.base.clock import TEHRAN
from takrim.base.workdays import WorkCalendar
from takrim.duties.regime import REGIMES

FIRST = date(2026, 11, 20)
DAYS = 420
DAY = 24 * 60
ZERO = datetime.combine(FIRST, time(), TEHRAN).astimezone(UTC)


def minute(at: datetime) -> int:
    return (at - ZERO) // timedelta(minutes=1)


def moment(at: int) -> datetime:
    return ZERO + timedelta(minutes=at)


class Row:
    """A calendar as a row of minutes, each open or closed."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.open = bytearray(DAYS * DAY)
        for ahead in range(DAYS):
            for span in calendar.open_spans(FIRST + timedelta(days=ahead)):
                begins, ends = (clock.hour * 60 + clock.minute for clock in (span.start, span.end))
                for at in range(begins, ends or DAY):
                    self.open[ahead * DAY + at] = 1

    def day(self, day: int) -> bytearray:
        return self.open[day * DAY : (day + 1) * DAY]

    def mark(self, day: int) -> int:
        """When a day counts: as the office closes for good, on a closed day as it ends."""
        last = self.day(day).rfind(1)
        return day * DAY + (last + 1 if last >= 0 else DAY)


def ends(row: Row, start: int, text: str, stood: bytearray, *, legal: bool) -> int:
    """The minute at which a term ends that begins at another; `stood` says of each minute whether the clock stands."""
    amount, _, unit = text.partition(" ")
    unit = unit.rstrip("s")
    if unit in {"hour", "working hour"}:
        at, left = start, int(amount) * 60
        while left:
            left -= not stood[at] and (unit == "hour" or row.open[at])
            at += 1
        if not legal or unit != "hour" or 1 in row.day(at // DAY):
            return at
        day = at // DAY + 1
        while 1 not in row.day(day) or stood[row.mark(day) - 1]:
            day += 1
        return row.mark(day)
    day, left = start // DAY, int(amount) * (30 if unit == "month" else 1)
    while True:
        day += 1
        if stood[row.mark(day) - 1]:
            continue
        is_open = 1 in row.day(day)
        left -= left > 0 and (is_open or unit != "working day")
        if not left and is_open:
            return row.mark(day)


@dataclass
class Ticking:
    """One clock as the journal tells of it."""

    code: str
    start: int
    texts: list[str]
    fixed: int | None = None
    waits: list[list[int | None]] = field(default_factory=list)
    stopped: datetime | None = None

    def due(self, row: Row) -> int | None:
        """When it ends; None while it stands."""
        if self.fixed is not None:
            return self.fixed
        stood = bytearray(DAYS * DAY)
        for since, until in self.waits:
            if since is not None and until is not None:
                stood[since:until] = b"\1" * (until - since)
        end = self.start
        for text in self.texts:
            end = ends(row, end, text, stood, legal=REGIMES[self.code].counting.is_legal)
        begun = next((since for since, until in self.waits if until is None), None)
        return None if begun is not None and begun < end else end


class Told:
    """The clocks of one duty after all that its journal tells. `row_of` gives the calendar of an office."""

    def __init__(self, duty: int, row_of: Callable[[str], Row]) -> None:
        self.duty, self.row_of, self.owed = duty, row_of, False
        self.clocks: list[Ticking] = []
        self.row: Row
        self.heard: list[Any] = []

    def hear(self, entries: Iterable[Any]) -> Told:
        for entry in entries:
            self.heard.append(entry)
            if entry.facts.get("duty") == self.duty:
                own = getattr(self, "_" + entry.verb.replace("duty.", ""), None)
                if own is not None:
                    own(entry.facts, entry.at)
            elif self.owed:
                self._step(entry.verb, entry.facts, entry.at)
        return self

    def running(self) -> dict[tuple[str, int], int | None]:
        """When each clock ends that was not stopped."""
        return {(one.code, one.start): one.due(self.row) for one in self.clocks if one.stopped is None}

    def _opened(self, facts: Mapping[str, Any], at: datetime) -> None:
        if "like" in facts:
            other = Told(facts["like"], self.row_of).hear(self.heard[:-1])
            other._restored({"ended": at.isoformat()}, at)
            self.row, self.clocks, self.owed = other.row, other.clocks, True
            return
        self.row, self.owed = self.row_of(facts["unit"]), True
        for code, text in facts["clocks"].items():
            fixed = minute(datetime.fromisoformat(text[1:])) if text.startswith("=") else None
            self.clocks.append(Ticking(code, minute(at), [] if text.startswith("=") else [text], fixed))

    def _paused(self, facts: Mapping[str, Any], at: datetime) -> None:
        for one in self.clocks:
            due = one.due(self.row)
            if one.texts and not one.stopped and facts["why"] in REGIMES[one.code].pauses and due and due > minute(at):
                one.waits.append([minute(at), None])

    def _resumed(self, _facts: Mapping[str, Any], at: datetime) -> None:
        for one in self.clocks:
            if one.stopped is None and one.waits and one.waits[-1][1] is None:
                one.waits[-1][1] = minute(at)

    def _extended(self, facts: Mapping[str, Any], _at: datetime) -> None:
        amount, _, unit = facts["length"].partition(" ")
        for one in (one for one in self.clocks if one.stopped is None and one.texts):
            share = REGIMES[one.code].share
            if one.code == facts["clock"]:
                one.texts.append(facts["length"])
            elif share:
                one.texts.append(f"{ceil(int(amount) * share / 100)} {unit}")

    def _retimed(self, facts: Mapping[str, Any], _at: datetime) -> None:
        amount, _, unit = facts["length"].partition(" ")
        for one in (one for one in self.clocks if one.stopped is None and REGIMES[one.code].length is None):
            share = REGIMES[one.code].share
            one.texts[0] = f"{ceil(int(amount) * share / 100)} {unit}" if share else facts["length"]

    def _fulfilled(self, _facts: Mapping[str, Any], at: datetime) -> None:
        self.owed = False
        for one in self.clocks:
            one.stopped = one.stopped or at

    _withdrawn = _declined = _accepted = _fulfilled

    def _answered(self, facts: Mapping[str, Any], at: datetime) -> None:
        self._fulfilled(facts, at)
        self.owed = True

    def _returned(self, _facts: Mapping[str, Any], _at: datetime) -> None:
        for one in self.clocks:
            if not REGIMES[one.code].stops:
                one.stopped = None

    def _restored(self, facts: Mapping[str, Any], _at: datetime) -> None:
        self.owed, ended = True, datetime.fromisoformat(facts["ended"])
        for one in self.clocks:
            if one.stopped == ended:
                one.stopped = None
                if one.waits and one.waits[-1][1] is None:
                    one.waits[-1][1] = minute(ended)

    def _step(self, verb: str, facts: Mapping[str, Any], at: datetime) -> None:
        for one in self.clocks:
            if one.stopped is None and verb in REGIMES[one.code].stops:
                one.stopped = at
        for code, regime in REGIMES.items.items():
            # Of all that begin with a step only the signature is owed here, and for final answers alone.
            final = any(one.code == "promise" for one in self.clocks)
            if verb in regime.starts and final and facts.get("channel") not in regime.except_channels:
                self.clocks.append(Ticking(code, minute(at), [str(regime.length)]))
