"""An evaluation plan as its TOML file says it: which offices, which indicators, which standards and weights."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from takrim.evaluation.score import Row
from takrim.indicators.indicator import INDICATORS, Direction

PLANS = Path(__file__).parent / "plans"


@dataclass(frozen=True)
class Plan:
    """What offices of one kind are compared by. `minimum`: answers in the period below which none is ranked."""

    code: str
    titles: Mapping[str, str]
    of: str
    minimum: int
    points: Fraction
    rows: tuple[Row, ...]

    def title(self, lang: str) -> str:
        return self.titles["en" if lang == "en" else "fa"]


def read(code: str, content: Mapping[str, Any]) -> Plan:
    """A plan from the content of its file; a mistake in it is a ValueError or KeyError at start, not at ranking."""
    rows = tuple(_row(row) for row in content["row"])
    if len({row.code for row in rows}) != len(rows):
        raise ValueError(f"{code}: an indicator stands in two rows")
    points = Fraction(str(content["points"]))
    if sum(row.weight for row in rows) != points:
        raise ValueError(f"{code}: the weights must add up to the points")
    return Plan(code, content["title"], content["of"], content["minimum"], points, rows)


def _row(content: Mapping[str, Any]) -> Row:
    indicator = INDICATORS[content["indicator"]]
    if indicator.direction is Direction.NEITHER:
        raise ValueError(f"{content['indicator']} is neither better nor worse when it grows")
    return Row(
        code=content["indicator"],
        standard=Fraction(str(content["standard"])),
        weight=Fraction(str(content["weight"])),
        less_is_better=indicator.direction is Direction.LESS_IS_BETTER,
        least=content.get("least", indicator.least),
    )


@cache
def plans() -> dict[str, Plan]:
    """Every plan by its code, which is the name of its file."""
    files = sorted(PLANS.glob("*.toml"))
    return {file.stem: read(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


def plan_for(kind: str) -> Plan | None:
    """The plan by which offices of a kind are compared."""
    return next((plan for plan in plans().values() if plan.of == kind), None)
