"""What one office did in one month, as a feed hands it over, and what it adds to the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from takrim.indicators.increments import BREAKDOWNS, RIGHT, Count, Increment

# By these the figures of a month are handed over as well as in all.
SORTS: Final = (*BREAKDOWNS, RIGHT)
_COUNTS: Final = frozenset(map(str, Count))
# More of anything no province can have in a month, and no database could hold it.
_MOST: Final = 10**12
# What is still owed at the end of what was handed over is past its date, or has a date that is not told here.
_LONG_PAST: Final = 0

Pair = Sequence[int]


@dataclass(frozen=True)
class Cells:
    """What a tally counts: of an office in all, or of one kind, channel, service or right."""

    counts: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[int, int] = field(default_factory=dict)
    scores: Mapping[str, Pair] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As JSON holds it, without zeros."""
        return {
            "counts": {name: n for name, n in sorted(self.counts.items()) if n},
            "hours": {str(step): n for step, n in sorted(self.hours.items()) if n},
            "scores": {name: list(pair) for name, pair in sorted(self.scores.items()) if any(pair)},
        }

    def less(self, other: Cells) -> Cells:
        """Without those of an office below."""
        return Cells(
            {name: n - other.counts.get(name, 0) for name, n in self.counts.items()},
            {step: n - other.hours.get(step, 0) for step, n in self.hours.items()},
            _each_less(self.scores, other.scores),
        )


@dataclass(frozen=True)
class Own:
    """What one office did itself in one month, without those below it: sums that are added here as they are there.

    `by` holds the same by kind, channel, service and right; `pieces` the parts and wholes of indicators; `values` what
    of the office itself stands in no sum, as it was at the end of the month.
    """

    unit: str
    month: str
    cells: Cells = field(default_factory=Cells)
    by: Mapping[str, Mapping[str, Cells]] = field(default_factory=dict)
    pieces: Mapping[str, Mapping[str, Pair]] = field(default_factory=dict)
    values: Mapping[str, Pair] = field(default_factory=dict)

    def sums(self) -> dict[str, Any]:
        """All that is added up, as JSON holds it."""
        sorts = {
            by: {value: cells.plain() for value, cells in sorted(found.items()) if any(cells.plain().values())}
            for by, found in sorted(self.by.items())
        }
        pieces = {
            code: {value: list(pair) for value, pair in sorted(found.items()) if any(pair)}
            for code, found in sorted(self.pieces.items())
        }
        return {
            **self.cells.plain(),
            "by": {by: found for by, found in sorts.items() if found},
            "pieces": {code: found for code, found in pieces.items() if found},
        }

    def plain(self) -> dict[str, Any]:
        """One line of a feed."""
        values = {code: list(pair) for code, pair in sorted(self.values.items())}
        return {"unit": self.unit, "month": self.month, **self.sums(), "values": values}

    def says_something(self) -> bool:
        return any(self.sums().values()) or bool(self.values)

    def less(self, other: Own) -> Own:
        """Without an office below it."""
        none = Cells()
        return Own(
            unit=self.unit,
            month=self.month,
            cells=self.cells.less(other.cells),
            by={
                by: {value: cells.less(other.by.get(by, {}).get(value, none)) for value, cells in found.items()}
                for by, found in self.by.items()
            },
            pieces={code: _each_less(found, other.pieces.get(code, {})) for code, found in self.pieces.items()},
            values=self.values,
        )


def _less(one: Pair, other: Pair) -> Pair:
    return [one[0] - other[0], one[1] - other[1]]


def _each_less(found: Mapping[str, Pair], other: Mapping[str, Pair]) -> dict[str, Pair]:
    return {name: _less(pair, other.get(name, (0, 0))) for name, pair in found.items()}


def own_of(line: Mapping[str, Any], unit: str, month: str) -> Own:
    """A line that was read. Raises ValueError, TypeError, KeyError or AttributeError where it is none."""
    if not set(line["by"]) <= set(SORTS):
        raise ValueError(sorted(line["by"]))
    return Own(
        unit=unit,
        month=month,
        cells=_cells(line),
        by={by: {value: _cells(one) for value, one in found.items()} for by, found in line["by"].items()},
        pieces={code: _pairs(found) for code, found in line["pieces"].items()},
        values=_pairs(line.get("values", {})),
    )


def _cells(line: Mapping[str, Any]) -> Cells:
    if not set(line["counts"]) <= _COUNTS:
        raise ValueError(sorted(line["counts"]))
    return Cells(
        {name: _whole(n) for name, n in line["counts"].items()},
        {_whole(int(step)): _whole(n) for step, n in line["hours"].items()},
        _pairs(line["scores"]),
    )


def _pairs(found: Mapping[str, Any]) -> dict[str, Pair]:
    pairs: dict[str, Pair] = {}
    for name, pair in found.items():
        one, other = pair
        pairs[str(name)] = [_whole(one), _whole(other)]
    return pairs


def _whole(value: Any) -> int:
    """A count: whole, never below zero, and no more than there can be."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST:
        raise ValueError(value)
    return value


def increments(lines: Iterable[Mapping[str, Any]], sign: int = 1) -> Iterator[Increment]:
    """The lines of a month, as JSON holds them, as what they add to the figures."""
    for line in lines:
        unit, month = line["unit"], line["month"]
        yield from _of_cells(line, (unit, month, "", ""), sign)
        for by, sorts in line["by"].items():
            for value, cells in sorts.items():
                yield from _of_cells(cells, (unit, month, by, value), sign)
        for code, sorts in line["pieces"].items():
            for value, (part, whole) in sorts.items():
                yield "piece", (unit, month, code, value, "part"), sign * part
                yield "piece", (unit, month, code, value, "whole"), sign * whole
        yield from _owed(line["counts"], unit, sign)


def _of_cells(cells: Mapping[str, Any], key: tuple[str, ...], sign: int) -> Iterator[Increment]:
    for name, n in cells["counts"].items():
        yield "count", (*key, name), sign * n
    for step, n in cells["hours"].items():
        yield "hours", (*key, int(step)), sign * n
    for name, (n, total) in cells["scores"].items():
        yield "score", (*key, name, "n"), sign * n
        yield "score", (*key, name, "sum"), sign * total


def _owed(counts: Mapping[str, int], unit: str, sign: int) -> Iterator[Increment]:
    """What is owed now is what was owed at the end of the last month handed over: what came in less what ended."""

    def of(*names: Count) -> int:
        return sum(counts.get(name, 0) for name in names)

    overdue = of(Count.MISSED) - of(Count.LATE, Count.DROPPED_LATE)
    ended = of(Count.ANSWERED, Count.REFUSED, Count.DROPPED)
    yield "owed", (unit, _LONG_PAST), sign * overdue
    yield "owed", (unit, None), sign * (of(Count.RECEIVED, Count.REOPENED) - ended - overdue)
