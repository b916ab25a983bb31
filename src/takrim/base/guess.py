"""A guess at where a text belongs, from texts whose place is known: naive Bayes on runs of three and four letters.

Runs of letters are counted by a number from their spelling, never kept as text: a guesser cannot tell what it has read.
A weight says in sixteenths of a natural logarithm how much oftener a run is found in one place than everywhere.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from takrim.base.persian import fold

BUCKETS = 1 << 15
# What stands at the beginning says what it is about; the rest costs time.
READ = 500
_STEPS = 16
_MOST = 127
# What is counted of a run that was never seen.
_UNSEEN = 0.1

# Numbers below BUCKETS, each once.
Runs = Sequence[int]


def runs_of(text: str) -> Runs:
    """The runs of three and four letters of a text, as numbers."""
    spelt = f" {fold(text[: 2 * READ])[:READ]} ".encode("utf-32-le")
    places = range(0, len(spelt) - 11, 4)
    found = {zlib.crc32(spelt[at : at + 12]) for at in places} | {zlib.crc32(spelt[at : at + 16]) for at in places}
    return array("H", {number % BUCKETS for number in found})


@dataclass(frozen=True)
class Guesser:
    """What was learned. `weights` has one row of BUCKETS for each place."""

    places: tuple[str, ...]
    before: tuple[int, ...]
    weights: tuple[array[int], ...]

    def ranked(self, runs: Runs) -> list[str]:
        """The places, the likeliest first."""
        scores = [
            (first + sum(map(weights.__getitem__, runs)), place)
            for place, first, weights in zip(self.places, self.before, self.weights, strict=True)
        ]
        return [place for _score, place in sorted(scores, key=lambda pair: (-pair[0], pair[1]))]

    def packed(self) -> bytes:
        """As the database keeps it."""
        head = json.dumps({"places": self.places, "before": self.before}).encode()
        return zlib.compress(head + b"\n" + b"".join(row.tobytes() for row in self.weights), 6)


def unpacked(kept: bytes) -> Guesser:
    """What `packed` has kept."""
    head, _, rows = zlib.decompress(kept).partition(b"\n")
    said = json.loads(head)
    weights = tuple(array("b", rows[at : at + BUCKETS]) for at in range(0, len(rows), BUCKETS))
    return Guesser(tuple(said["places"]), tuple(said["before"]), weights)


def learned(examples: Iterable[tuple[Runs, str]]) -> Guesser:
    """A guesser that has read these texts."""
    counts: dict[str, array[int]] = {}
    read: dict[str, int] = {}
    for runs, place in examples:
        row = counts.get(place)
        if row is None:
            row = counts[place] = array("I", bytes(4 * BUCKETS))
        read[place] = read.get(place, 0) + 1
        for run in runs:
            row[run] += 1
    places = sorted(counts)
    everywhere = [sum(column) for column in zip(*counts.values(), strict=True)] if counts else []
    texts = sum(read.values())
    before = tuple(round(_STEPS * log(read[place] / texts)) for place in places)
    return Guesser(tuple(places), before, tuple(_weights(counts[place], everywhere) for place in places))


def _weights(row: Sequence[int], everywhere: Sequence[int]) -> array[int]:
    here, all_ = sum(row) + _UNSEEN * BUCKETS, sum(everywhere) + _UNSEEN * BUCKETS
    shift = log(all_ / here)
    made = array("b", bytes(BUCKETS))
    for run, (some, many) in enumerate(zip(row, everywhere, strict=True)):
        if many:
            weight = round(_STEPS * (log((some + _UNSEEN) / (many + _UNSEEN)) + shift))
            made[run] = max(-_MOST, min(_MOST, weight))
    return made


@dataclass(frozen=True)
class Measured:
    """How often the right place was the first guess, and among the first three, in texts that were not learned from."""

    tested: int
    first: int
    among_three: int


def measure(guesser: Guesser, examples: Iterable[tuple[Runs, str]]) -> Measured:
    """Let it guess texts whose place is known."""
    tested = first = among_three = 0
    for runs, place in examples:
        ranked = guesser.ranked(runs)[:3]
        tested += 1
        first += ranked[:1] == [place]
        among_three += place in ranked
    return Measured(tested, first, among_three)
