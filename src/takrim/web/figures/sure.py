"""How sure a ranking is, drawn: intervals and bands by chance, ranks under other weights, each indicator left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from takrim.base import words
from takrim.evaluation.scoring.engine import Standing
from takrim.evaluation.scoring.intervals import Interval
from takrim.evaluation.scoring.sensitivity import Sensitivity
from takrim.evaluation.trials import Tested

Name = Callable[[str], str]


@dataclass(frozen=True)
class Span:
    """From where to where a bar reaches and where the mark on it stands, in hundredths of its cell."""

    start: str
    width: str
    at: str


@dataclass(frozen=True)
class ByChance:
    """One unit's points and ranks as chance might have had them."""

    rank: str
    name: str
    unit: str
    total: str
    span: Span
    points: str
    ranks: str
    bands: str
    first: str


@dataclass(frozen=True)
class ByWeights:
    """One unit's ranks under other weights. `without`: (rank, whether another than the plan's) by indicator."""

    rank: str
    name: str
    unit: str
    span: Span
    first: str
    ranks: str
    middle: str
    without: list[tuple[str, bool]]


def span(low: float, high: float, at: float, ends: tuple[float, float]) -> Span:
    """A part of the way between two ends; narrow ones stay visible."""
    reach = (ends[1] - ends[0]) or 1.0

    def part(value: float) -> float:
        return 100 * min(max((value - ends[0]) / reach, 0.0), 1.0)

    width = max(part(high) - part(low), 1.2)
    return Span(f"{min(part(low), 100 - width):.2f}", f"{width:.2f}", f"{min(max(part(at), 0.6), 99.4):.2f}")


def from_to(low: float | None, high: float | None, lang: str, decimals: int = 0) -> str:
    """ "3 to 7", or the one number that both are."""
    first, last = words.number(low, lang, decimals), words.number(high, lang, decimals)
    if first == last:
        return first
    return f"{first} تا {last}" if lang == "fa" else f"{first} to {last}"


def bands(of: Interval, lang: str) -> str:
    """The band or bands that a unit shares with others."""
    return from_to(*of.bands, lang)


def by_chance(standings: Iterable[Standing], tested: Tested, name: Name, lang: str) -> list[ByChance]:
    """Those that are ranked, best first."""
    shown = [(one, tested.chance[one.unit]) for one in standings if one.unit in tested.chance]
    if not shown:
        return []
    ends = (min(sure.low for _one, sure in shown), max(sure.high for _one, sure in shown))
    return [
        ByChance(
            rank=words.number(one.rank, lang),
            name=name(one.unit),
            unit=one.unit,
            total=words.number(one.total, lang, 2),
            span=span(sure.low, sure.high, float(one.total or Fraction(0)), ends),
            points=from_to(sure.low, sure.high, lang),
            ranks=from_to(sure.best, sure.worst, lang),
            bands=bands(sure, lang),
            first=words.percent(sure.first, lang),
        )
        for one, sure in shown
    ]


def by_weights(
    standings: Iterable[Standing], tested: Tested, codes: Sequence[str], name: Name, lang: str
) -> list[ByWeights]:
    """Those that are ranked, best first."""
    shown = [(one, tested.weights[one.unit]) for one in standings if one.unit in tested.weights]
    last = float(max((one.rank or 1 for one, _other in shown), default=1))
    return [_weighed(one, other, codes, (1.0, max(last, 2.0)), name, lang) for one, other in shown]


def _weighed(
    one: Standing, other: Sensitivity, codes: Sequence[str], ends: tuple[float, float], name: Name, lang: str
) -> ByWeights:
    without = [other.without.get(code) for code in codes] if other.without else []
    return ByWeights(
        rank=words.number(one.rank, lang),
        name=name(one.unit),
        unit=one.unit,
        span=span(other.best, other.worst, float(one.rank or 1), ends),
        first=words.percent(other.first, lang),
        ranks=from_to(other.best, other.worst, lang),
        middle=words.number(other.middle, lang),
        without=[(words.number(rank, lang), rank is not None and rank != one.rank) for rank in without],
    )


def sure(standings: Sequence[Standing], tested: Tested, codes: Sequence[str], name: Name, lang: str) -> dict[str, Any]:
    """What the fragment figures/_sure.html needs, but for the titles of the indicators."""
    return {
        "chance": by_chance(standings, tested, name, lang),
        "weights": by_weights(standings, tested, codes, name, lang),
    }
