"""What events do to the clocks of a duty, and the clocks as the journal tells them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from takrim.duties.clocks import Clock, Counter, counter_of, length_of, start
from takrim.duties.models import Duty
from takrim.duties.regime import REGIMES, Matter, scaled
from takrim.journal.models import Entry
from takrim.orgs.prepared import Prepared

Facts = Mapping[str, Any]


@dataclass
class Run:
    """The clocks of one duty while its events go by."""

    kind: str
    counter: Counter
    clocks: list[Clock] = field(default_factory=list)

    def begin(self, path: str, lengths: dict[str, str], at: datetime) -> None:
        """Opened at an office, whose calendar counts from then on: handing over changes nothing in that."""
        self.counter = counter_of(path)
        self.open(lengths, at)

    def open(self, lengths: dict[str, str], at: datetime) -> None:
        self.clocks = start(lengths, at, self.counter)

    def pause(self, why: str, at: datetime) -> bool:
        """Let stand what may stand; says whether anything does."""
        stood = [clock for clock in self.clocks if clock.pause(at, why)]
        self._count(stood)
        return bool(stood)

    def resume(self, at: datetime) -> bool:
        gone_on = [clock for clock in self.clocks if clock.resume(at)]
        self._count(gone_on)
        return bool(gone_on)

    def extend(self, code: str, length: str) -> None:
        """More time for one clock, and its share for those that are a share of it."""
        for clock in self.clocks:
            if clock.stopped is None and clock.length:
                if clock.regime == code:
                    clock.more.append(length)
                elif clock.rule.share and REGIMES[code].length is None:
                    clock.more.append(str(scaled(length_of(length), clock.rule.share)))
        self._count(self.clocks)

    def retime(self, length: str) -> None:
        """Another time was given: the card was changed. "=" and a date: whoever asked has set another last moment."""
        for clock in self.clocks:
            if clock.stopped is not None or clock.rule.length is not None:
                continue
            if length.startswith("="):
                clock.length, clock.due, clock.more = "", datetime.fromisoformat(length[1:]), []
            else:
                clock.length = str(clock.rule.given(length_of(length)))
        self._count(self.clocks)

    def stop(self, at: datetime) -> None:
        """The duty is done, or for now: no clock goes on."""
        for clock in self.clocks:
            clock.stopped = clock.stopped or at

    def go_on(self) -> None:
        """What was done was not enough: clocks of the whole duty run as if they had never stopped."""
        for clock in self.clocks:
            if not clock.rule.stops:
                clock.stopped = None
        self._count(self.clocks)

    def restore(self, ended: datetime) -> None:
        """It had ended by mistake: what ran then runs on as if it had not. Who was awaited is awaited no longer."""
        for clock in self.clocks:
            if clock.stopped == ended:
                clock.stopped = None
                clock.resume(ended)
        self._count(self.clocks)

    def tell(self, rungs: list[str]) -> None:
        """Steps of ladders were taken, each named `regime 80%`."""
        for clock in self.clocks:
            mine = f"{clock.regime} "
            clock.told += [rung[len(mine) :] for rung in rungs if rung.startswith(mine) and clock.stopped is None]

    def step(self, verb: str, matter: Matter, at: datetime) -> bool:
        """Something was done with the matter: some clocks stop, others start. Says whether any did."""
        changed = False
        for clock in self.clocks:
            if clock.stopped is None and verb in clock.rule.stops:
                clock.stopped, changed = at, True
        for regime in REGIMES.of(self.kind, matter):
            if verb in regime.starts and regime.length is not None:
                clock = Clock(regime.code, at, str(regime.length))
                self.counter.count(clock)
                self.clocks.append(clock)
                changed = True
        return changed

    def _count(self, clocks: list[Clock]) -> None:
        for clock in clocks:
            self.counter.count(clock)


def _opened(run: Run, facts: Facts, at: datetime) -> None:
    run.begin(facts["unit"], facts.get("clocks") or {}, at)


_EVENTS: dict[str, Callable[[Run, Facts, datetime], object]] = {
    "duty.opened": _opened,
    "duty.paused": lambda run, facts, at: run.pause(facts["why"], at),
    "duty.resumed": lambda run, _facts, at: run.resume(at),
    "duty.extended": lambda run, facts, _at: run.extend(facts["clock"], facts["length"]),
    "duty.retimed": lambda run, facts, _at: run.retime(facts["length"]),
    "duty.escalated": lambda run, facts, _at: run.tell(facts["rungs"]),
    "duty.answered": lambda run, _facts, at: run.stop(at),
    "duty.returned": lambda run, _facts, _at: run.go_on(),
    "duty.accepted": lambda run, _facts, at: run.stop(at),
    # Done it is, so no clock goes on; but it is owed again.
    "duty.questioned": lambda run, _facts, at: run.stop(at),
    "duty.fulfilled": lambda run, _facts, at: run.stop(at),
    "duty.withdrawn": lambda run, _facts, at: run.stop(at),
    "duty.declined": lambda run, _facts, at: run.stop(at),
    "duty.restored": lambda run, facts, _at: run.restore(datetime.fromisoformat(facts["ended"])),
}
_OVER = {"duty.accepted", "duty.fulfilled", "duty.withdrawn", "duty.declined"}

OF_SUBJECT = Prepared(
    lambda subject: Entry.objects.filter(subject=subject).order_by("id").only("at", "verb", "unit_path", "facts")
)


def replay(duty: Duty) -> list[Clock]:
    """The clocks of a duty by the journal and the calendar, as it is today, of the office where it was opened.

    One query. Who owed it since changes no clock: that is told by `case.transferred` and its like, and charged there.
    """
    return _fold(OF_SUBJECT(subject=duty.about), duty.pk, Run(duty.kind, counter_of(duty.counted_at))).clocks


def _fold(entries: Sequence[Entry], duty: int, run: Run) -> Run:
    owed = False
    for place, entry in enumerate(entries):
        if entry.facts.get("duty") == duty and entry.verb in _EVENTS:
            if entry.facts.get("like"):
                run = _fold(entries[:place], entry.facts["like"], run)
                run.restore(entry.at)
            else:
                _EVENTS[entry.verb](run, entry.facts, entry.at)
            owed = entry.verb not in _OVER
        elif owed and entry.verb in REGIMES.verbs:
            run.step(entry.verb, matter_of(entry.facts), entry.at)
    return run


def matter_of(facts: Facts) -> Matter:
    """What an event says of the matter, as far as time depends on it."""
    return Matter(facts.get("kind", ""), facts.get("channel", ""), facts.get("card", ""))
