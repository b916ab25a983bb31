"""The clocks of one duty: each a regime with its start, its pauses and its end. Sums only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from takrim.base.clock import local_date
from takrim.base.counting import Counting
from takrim.base.length import Length, LengthUnit
from takrim.base.pausing import Pauses, due_after
from takrim.base.workdays import WorkCalendar
from takrim.duties.regime import REGIMES, Matter, Regime
from takrim.orgs.calendars import calendar_of
from takrim.orgs.stamps import Kept

_OF_THE_CLOCK = (LengthUnit.HOURS, LengthUnit.WORKING_HOURS)
length_of = lru_cache(maxsize=512)(Length.parse)


@dataclass(slots=True)
class Pause:
    """From when to when a clock stood, and for whom."""

    since: datetime
    until: datetime | None
    why: str


@dataclass(slots=True)
class Clock:
    """One clock. Without a length its end was given as a date; `due` is None while it stands."""

    regime: str
    start: datetime
    length: str
    due: datetime | None = None
    more: list[str] = field(default_factory=list)
    """Extensions: each is counted from where the time ended before it."""
    pauses: list[Pause] = field(default_factory=list)
    stopped: datetime | None = None
    told: list[str] = field(default_factory=list)
    """Steps of the ladder that were taken."""

    @property
    def rule(self) -> Regime:
        return REGIMES[self.regime]

    @property
    def runs(self) -> bool:
        """Neither stopped nor standing."""
        return self.stopped is None and self.due is not None

    @property
    def stands(self) -> Pause | None:
        """The pause in which it stands; None once its time had run out before."""
        return self.pauses[-1] if self.stopped is None and self.due is None and self.pauses else None

    def pause(self, at: datetime, why: str) -> bool:
        """Let it stand, if its regime allows; says whether it does."""
        open_pause = bool(self.pauses) and self.pauses[-1].until is None
        ran_out = self.due is None or self.due <= at
        if why not in self.rule.pauses or not self.length or self.stopped or open_pause or ran_out:
            return False
        self.pauses.append(Pause(at, None, why))
        return True

    def resume(self, at: datetime) -> bool:
        if self.stopped or not self.pauses or self.pauses[-1].until is not None:
            return False
        self.pauses[-1].until = at
        return True

    def rungs(self) -> Iterable[tuple[datetime, str, tuple[str, ...]]]:
        """The steps of its ladder still to come: when, which, whom they tell."""
        if self.stopped is not None or self.due is None:
            return
        for rung in self.rule.rungs:
            if rung.at not in self.told:
                yield rung.moment(self.start, self.due), rung.at, rung.to

    def plain(self, opened: datetime) -> dict[str, Any]:
        """As the row keeps it; what is usual is left out."""
        kept: dict[str, Any] = {"regime": self.regime, "length": self.length}
        if self.start != opened:
            kept["start"] = self.start.isoformat()
        if self.due is not None:
            kept["due"] = self.due.isoformat()
        if self.more:
            kept["more"] = self.more
        if self.pauses:
            kept["pauses"] = [[p.since.isoformat(), p.until and p.until.isoformat(), p.why] for p in self.pauses]
        if self.stopped is not None:
            kept["stopped"] = self.stopped.isoformat()
        if self.told:
            kept["told"] = self.told
        return kept


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def read(kept: list[dict[str, Any]], opened: datetime) -> list[Clock]:
    """The clocks as a row keeps them."""
    return [
        Clock(
            regime=clock["regime"],
            start=_moment(clock.get("start")) or opened,
            length=clock["length"],
            due=_moment(clock.get("due")),
            more=list(clock.get("more", ())),
            pauses=[
                Pause(datetime.fromisoformat(since), _moment(until), why)
                for since, until, why in clock.get("pauses", ())
            ],
            stopped=_moment(clock.get("stopped")),
            told=list(clock.get("told", ())),
        )
        for clock in kept
    ]


def plain(clocks: Iterable[Clock], opened: datetime) -> list[dict[str, Any]]:
    return [clock.plain(opened) for clock in clocks]


class Counter:
    """Ends of clocks by one calendar; those counted in days are the same for all that begins on one day."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.calendar = calendar
        self.known: dict[tuple[object, ...], datetime] = {}

    def due(self, start: datetime, text: str, counting: Counting) -> datetime:
        length = length_of(text)
        if length.unit in _OF_THE_CLOCK:
            return due_after(self.calendar, start, length, (), counting)
        key = (local_date(start), text, counting)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = due_after(self.calendar, start, length, (), counting)
        return found

    def end(self, start: datetime, lengths: Sequence[str], counting: Counting, stood: Pauses = ()) -> datetime:
        """When lengths that follow one another end; in the time that it stood nothing is counted."""
        for text in lengths:
            if stood:
                start = due_after(self.calendar, start, length_of(text), stood, counting)
            else:
                start = self.due(start, text, counting)
        return start

    def count(self, clock: Clock) -> None:
        """Set when the clock ends: anew from its start. A stopped clock and a date that was given stay."""
        if clock.stopped is not None or not clock.length:
            return
        closed = [(pause.since, pause.until) for pause in clock.pauses if pause.until is not None]
        due = self.end(clock.start, (clock.length, *clock.more), clock.rule.counting, closed)
        last = clock.pauses[-1] if clock.pauses else None
        stands = last is not None and last.until is None and last.since < due
        clock.due = None if stands else due


def _counter(path: str) -> Counter:
    calendar = calendar_of(path)
    known = (one for one in list(_COUNTERS.values.values()) if one.calendar is calendar)
    return next(known, None) or Counter(calendar)


# One for each calendar, whichever offices share it.
_COUNTERS: Kept[Counter] = Kept("calendar", _counter)


def counter_of(path: str) -> Counter:
    """The counter of the office at `path`, until its calendar changes."""
    return _COUNTERS.get(path)


def lengths_for(kind: str, matter: Matter, given: str) -> dict[str, str]:
    """Which regimes count for a duty from its opening, and how long each is. `given` is a length or "=" and a date.

    A date that came from elsewhere, or that none came, was another system's to say: no clock of ours runs beside it.
    """
    regimes = [regime for regime in REGIMES.of(kind, matter) if not regime.starts]
    if not given or given.startswith("="):
        return {regime.code: given for regime in regimes if given and regime.length is None and not regime.share}
    return {regime.code: str(regime.given(length_of(given))) for regime in regimes}


def start(lengths: dict[str, str], at: datetime, counter: Counter) -> list[Clock]:
    """The clocks of a duty that is opened."""
    clocks = []
    # In the order of the regimes, whatever order a database keeps names in.
    for code in REGIMES.items:
        text = lengths.get(code)
        if text is None:
            continue
        if text.startswith("="):
            clocks.append(Clock(code, at, "", datetime.fromisoformat(text[1:])))
            continue
        clock = Clock(code, at, text)
        counter.count(clock)
        clocks.append(clock)
    return clocks


def nearest(clocks: Iterable[Clock]) -> datetime | None:
    """When the answer is due: the first end among the clocks that run for those outside."""
    return min((clock.due for clock in clocks if clock.due is not None and not clock.rule.internal), default=None)


def next_rung(clocks: Iterable[Clock]) -> datetime | None:
    """When somebody must be told next."""
    running = (clock for clock in clocks if clock.runs)
    firsts = (first_rung(clock.rule, clock.start, clock.due, clock.told) for clock in running if clock.due)
    return min((moment for moment in firsts if moment is not None), default=None)


def first_rung(rule: Regime, start: datetime, due: datetime, told: Sequence[str]) -> datetime | None:
    """When the first step that was not taken comes, on a clock from `start` to `due`."""
    ordered, others = rule.ladder
    first = next((rung for rung in ordered if rung.at not in told), None)
    moments = [rung.moment(start, due) for rung in others if rung.at not in told]
    if first is not None:
        moments.append(first.moment(start, due))
    return min(moments, default=None)
