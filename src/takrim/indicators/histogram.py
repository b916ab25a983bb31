"""How long answers took, as counts in steps that can be added together; and the quantile, defined once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

# Whole minutes up to 64; from there 32 steps for each doubling, so that a step is never wider than 1/32 of its time.
_EXACT = 64
_STEPS = 32

MEDIAN = Fraction(1, 2)
P90 = Fraction(9, 10)


def rank_of(share: Fraction, count: int) -> int:
    """Nearest rank: the quantile of `count` times is the one at this place (1 is the shortest) of the sorted times.

    The place is the smallest whole number not below share times count. Half of 4 is place 2, half of 5 place 3.
    """
    return max(1, -(-share.numerator * count // share.denominator))


def step_of(minutes: int) -> int:
    """The step a time falls in; times below zero count as zero."""
    if minutes < _EXACT:
        return max(minutes, 0)
    doubling = minutes.bit_length() - 6
    return _EXACT + (doubling - 1) * _STEPS + (minutes >> doubling) - _STEPS


def bounds(step: int) -> tuple[int, int]:
    """The minutes of a step: from (inclusive), to (exclusive)."""
    if step < _EXACT:
        return step, step + 1
    doubling = (step - _EXACT) // _STEPS + 1
    place = (step - _EXACT) % _STEPS + _STEPS
    return place << doubling, (place + 1) << doubling


def middle(step: int) -> Fraction:
    """The time a step stands for, in hours: its only minute, or the middle between its first and its last."""
    first, after = bounds(step)
    return Fraction(first + after - 1, 120)


@dataclass(frozen=True)
class Histogram:
    """Counts by step. Adding two is exact; a quantile is off by at most 1/64 of the time itself (beyond one hour)."""

    steps: Mapping[int, int] = field(default_factory=dict)

    @staticmethod
    def of(minutes: Iterable[int]) -> Histogram:
        steps: dict[int, int] = {}
        for one in minutes:
            step = step_of(one)
            steps[step] = steps.get(step, 0) + 1
        return Histogram(steps)

    @staticmethod
    def read(*texts: str) -> Histogram:
        """One or more texts that `write` gave, added together; an empty text holds nothing."""
        steps: dict[int, int] = {}
        for text in texts:
            numbers = iter(text.split())
            for step, count in zip(map(int, numbers), map(int, numbers), strict=True):
                steps[step] = steps.get(step, 0) + count
        return Histogram(steps)

    def write(self) -> str:
        """As text: step and count in turns, by step."""
        return " ".join(f"{step} {count}" for step, count in sorted(self.steps.items()) if count)

    def __add__(self, other: Histogram) -> Histogram:
        steps = dict(self.steps)
        for step, count in other.steps.items():
            steps[step] = steps.get(step, 0) + count
        return Histogram(steps)

    @property
    def count(self) -> int:
        return sum(self.steps.values())

    def quantile(self, share: Fraction) -> Fraction | None:
        """The nearest-rank quantile in hours; None when nothing was measured."""
        count = self.count
        if not count:
            return None
        left = rank_of(share, count)
        for step in sorted(self.steps):
            left -= self.steps[step]
            if left <= 0:
                return middle(step)
        raise AssertionError("a rank beyond the count")


def nearest_rank(ordered: Sequence[int], share: Fraction) -> int | None:
    """The same quantile of times that are all at hand, sorted."""
    return ordered[rank_of(share, len(ordered)) - 1] if ordered else None
