"""What chance may do to the values of a plan for offices, said in the plan itself so that a bundle draws the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any, Final

from takrim.evaluation.plan import Plan, sample_column
from takrim.evaluation.public_bundle import plan_text
from takrim.indicators.indicator import INDICATORS, Distribution, Measure
from takrim.indicators.intervals import of_quantile

# Where a plan does not say how often and from which seed.
INTERVALS: Final[Mapping[str, Any]] = {"draws": 1000, "seed": 1404}
SENSITIVITY: Final[Mapping[str, Any]] = {"draws": 1000, "seed": 1404, "concentration": 100}


def noise_of(code: str) -> dict[str, str] | None:
    """How a counted value may have come out otherwise; None for a number that is no sample of anything."""
    unit = INDICATORS[code].unit if code in INDICATORS.items else None
    if unit is Measure.SHARE:
        return {"method": "cases", "column": sample_column(code)}
    if unit is Measure.HOURS:
        return {"method": "between", "low": f"{code}.low", "high": f"{code}.high"}
    return None


def round_text(plan: Plan) -> str:
    """The plan of a round as TOML: intervals and other weights are drawn whether its author thought of them or not."""
    rows = [_row(row) for row in plan.content["indicator"]]
    content = {"sensitivity": dict(SENSITIVITY), **plan.content, "indicator": rows}
    # What is only declared leaves nothing to chance.
    if any("noise" in row for row in rows):
        content = {"intervals": dict(INTERVALS), **content}
    return plan_text(replace(plan, content=content))


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    noise = None if "noise" in row or "denominator" in row else noise_of(row["code"])
    return {**row, "noise": noise} if noise else dict(row)


def ends_of(of: Distribution) -> tuple[Fraction | None, Fraction | None]:
    """Between which times a quantile lies with 95 in 100; none where nothing was measured."""
    found = of_quantile(of)
    if found is None:
        return None, None
    low, high = (Fraction(end).limit_denominator(10_000) for end in found)
    return low, high
