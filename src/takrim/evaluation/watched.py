"""All watches over the offices of a scope in a period, one province after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from takrim.base.period import Period
from takrim.evaluation.reads import facts_of, provinces_of
from takrim.evaluation.watching import WATCHES, Found, Watch


@dataclass(frozen=True)
class Seen:
    """What a watch found in one office."""

    unit: str
    watch: str
    found: Found

    @property
    def by(self) -> Watch:
        return WATCHES[self.watch]


def watched_in(path: str, province: str, period: Period) -> Iterator[Seen]:
    """What was found in the offices of one province at `path` and below it."""
    for facts in facts_of(path, province, period):
        for code, watch in WATCHES:
            for found in watch.look(facts):
                yield Seen(facts.unit, code, found)


def watched(path: str, period: Period) -> list[Seen]:
    """The same for all provinces there; the most unusual first."""
    seen = [one for province in provinces_of(path) for one in watched_in(path, province, period)]
    return sorted(seen, key=lambda one: (-one.found.unusual, one.unit, one.watch, one.found.key))
