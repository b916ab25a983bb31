"""A scoring plan: what is measured, how a measurement becomes a score, how scores are put together and ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction
from functools import cached_property
from typing import Any


class Policy(StrEnum):
    """What becomes of a value that was not measured."""

    REFUSE = auto()
    DROP = auto()
    MEAN = auto()
    ZERO = auto()


class Mean(StrEnum):
    """How a node puts together what is under it."""

    ARITHMETIC = auto()
    GEOMETRIC = auto()
    HARMONIC = auto()
    MINIMUM = auto()


class Ties(StrEnum):
    """Ranks of equals: 1 2 2 4, 1 2 2 3, or 1 2.5 2.5 4."""

    COMPETITION = auto()
    DENSE = auto()
    AVERAGE = auto()


@dataclass(frozen=True)
class Step:
    """A chosen treatment, normalisation or method with its settings; numbers are Fractions."""

    method: str
    given: Mapping[str, Any]


@dataclass(frozen=True)
class Missing:
    """`of`: the column whose groups lend their mean (all units when empty). `reason`: why nothing earns nothing."""

    policy: Policy
    of: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Shrink:
    """A share of few cases is drawn towards that of its group (all units without `of`).

    As if `strength` cases more had been seen, all like it: (part + strength × its share) ÷ (whole + strength).
    """

    strength: Fraction
    of: str = ""


@dataclass(frozen=True)
class Adjust:
    """A share is compared with what the same mix of work gives elsewhere: parts and wholes of each kind of it."""

    parts: tuple[str, ...]
    wholes: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.parts, *self.wholes)


@dataclass(frozen=True)
class Volume:
    """A share is compared with that of units of like volume, as indirect standardisation does it.

    Volume ÷ `per`, in bands from bound to bound; adjusted = own share − share of all units in its band + share of all
    units that are adjusted, within 0 and 1. Where it is not known, or fewer than three are in a band, it is left.
    """

    volume: str
    per: str
    bands: tuple[Fraction, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.volume, self.per)


@dataclass(frozen=True)
class Draws:
    """How often chance is tried, from which seed. `level`: how much of it an interval holds."""

    draws: int
    seed: int
    level: Fraction = Fraction(95, 100)
    concentration: Fraction = Fraction(0)


@dataclass(frozen=True, kw_only=True)
class Named:
    """What has a code for programs, and perhaps a title for people."""

    code: str
    titles: Mapping[str, str] | None = None

    def title(self, lang: str) -> str:
        return self.titles[lang] if self.titles else self.code


@dataclass(frozen=True, kw_only=True)
class Indicator(Named):
    """One column and its way to a score. Below `least` in the column `sample` its value does not count."""

    column: str
    under: str
    weight: Fraction
    less: bool
    missing: Missing
    treatment: tuple[Step, ...]
    normalise: Step
    denominator: str = ""
    sample: str = ""
    least: Fraction = Fraction(0)
    preference: Mapping[str, Any] | None = None
    adjust: Adjust | Volume | None = None
    shrink: Shrink | None = None
    noise: Step | None = None


@dataclass(frozen=True, kw_only=True)
class Node(Named):
    """A place where scores are put together; the root is under nothing."""

    under: str = ""
    weight: Fraction = Fraction(1)
    mean: Mean = Mean.ARITHMETIC


@dataclass(frozen=True)
class Peers:
    """Who is ranked among whom: by a column's words, or by bands of a column's numbers."""

    column: str = ""
    volume: str = ""
    bands: tuple[Fraction, ...] = ()


@dataclass(frozen=True)
class Floor:
    """Below it a unit is shown, but not ranked: a column of the table, or the score of an indicator or node."""

    least: Fraction
    column: str = ""
    score: str = ""

    @property
    def what(self) -> str:
        return self.column or self.score


@dataclass(frozen=True)
class Plan:
    """A whole plan, checked."""

    unit: str
    indicators: tuple[Indicator, ...]
    nodes: tuple[Node, ...]
    root: str
    exact: bool = False
    points: Fraction = Fraction(1)
    name: str = ""
    titles: Mapping[str, str] | None = None
    blank: tuple[str, ...] = ()
    method: Step | None = None
    decimals: int = 6
    ties: Ties = Ties.COMPETITION
    peers: Peers | None = None
    floors: tuple[Floor, ...] = ()
    intervals: Draws | None = None
    sensitivity: Draws | None = None

    @property
    def parts(self) -> list[Indicator | Node]:
        """Everything that has a code: nodes, then indicators."""
        return [*self.nodes, *self.indicators]

    @cached_property
    def by_code(self) -> dict[str, Indicator | Node]:
        return {one.code: one for one in self.parts}

    @cached_property
    def children(self) -> dict[str, list[Indicator | Node]]:
        """Node code → what stands directly under it."""
        under: dict[str, list[Indicator | Node]] = {node.code: [] for node in self.nodes}
        for one in self.parts:
            if one.under:
                under[one.under].append(one)
        return under

    @cached_property
    def upwards(self) -> list[Node]:
        """Nodes, each after all that is under it."""
        found = [node for node in self.nodes if node.code == self.root]

        for node in found:
            found += [child for child in self.children[node.code] if isinstance(child, Node)]
        return found[::-1]

    @property
    def number_columns(self) -> list[str]:
        """Columns of the table that must hold numbers."""
        named = [name for one in self.indicators for name in (one.column, one.denominator, one.sample)]
        named += [name for one in self.indicators if one.adjust for name in one.adjust.columns]
        named += [floor.column for floor in self.floors]
        named.append(self.peers.volume if self.peers else "")
        named += [name for one in self.indicators if one.noise for name in one.noise.given.values()]
        return list(dict.fromkeys(name for name in named if name))

    @property
    def word_columns(self) -> list[str]:
        """Columns of the table that are read as words."""
        named = [self.unit, self.name, self.peers.column if self.peers else ""]
        named += [one.missing.of for one in self.indicators]
        named += [one.shrink.of for one in self.indicators if one.shrink]
        return list(dict.fromkeys(name for name in named if name))
