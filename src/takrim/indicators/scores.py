"""A survey's marks by dimension, as sums that can be added together: read from text and written to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

# From fewer replies than this one could guess who said what.
FEWEST_REPLIES = 10


@dataclass(frozen=True)
class Marks:
    """How many marks (1 to 5) a dimension got, and their sum."""

    n: int = 0
    sum: int = 0

    @property
    def mean(self) -> Fraction | None:
        return Fraction(self.sum, self.n) if self.n else None


def read(*texts: str) -> dict[str, Marks]:
    """Marks by dimension from texts of the form `time 12 50 mastery 4 17`, added together."""
    found: dict[str, Marks] = {}
    for text in texts:
        words = iter(text.split())
        for dimension, n, total in zip(words, words, words, strict=True):
            old = found.get(dimension, Marks())
            found[dimension] = Marks(old.n + int(n), old.sum + int(total))
    return found


def add(text: str, more: Mapping[tuple[str, str], int]) -> str:
    """The text after adding sums by (dimension, "n" or "sum")."""
    marks = {dimension: [one.n, one.sum] for dimension, one in read(text).items()}
    for (dimension, what), delta in more.items():
        marks.setdefault(dimension, [0, 0])[("n", "sum").index(what)] += delta
    return " ".join(f"{dimension} {n} {total}" for dimension, (n, total) in sorted(marks.items()) if n)
