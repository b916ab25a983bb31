"""What the engine found, as the rows that a round keeps: place, score, rank, interval, a line an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from takrim.evaluation.bundle_results import as_decimal, as_text
from takrim.evaluation.lateness import LATE
from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.scoring.columns import Number
from takrim.evaluation.scoring.engine import Scored
from takrim.evaluation.scoring.explain import Line, explain, shares
from takrim.evaluation.scoring.intervals import Interval, intervals


def results_of(scored: Scored, entrants: Mapping[str, Entrant], which: ResultOf) -> list[Result]:
    """One row an office, in their order; intervals where the plan draws them. Behind them those that are late."""
    sure = intervals(scored)
    found = [
        _result(scored, entrants[one.unit], which, place, sure.get(one.unit))
        for place, one in enumerate(scored.in_order, 1)
    ]
    late = [entrant for entrant in entrants.values() if entrant.stale]
    return found + [
        Result(entrant=entrant, which=which, place=place, why=LATE)
        for place, entrant in enumerate(sorted(late, key=lambda one: one.unit_path), len(found) + 1)
    ]


def _result(scored: Scored, entrant: Entrant, which: ResultOf, place: int, sure: Interval | None) -> Result:
    found = explain(scored, entrant.unit_path)
    one = found.standing
    earned = shares(scored, one.place)
    made = Result(
        entrant=entrant,
        which=which,
        place=place,
        score=as_text(scored.total.at(one.place)) or "",
        rounded=as_decimal(one.total, scored.plan.decimals) or "",
        rank=None if one.rank is None else Decimal(str(one.rank)),
        group=one.group,
        why=one.why.value if one.why else "",
        points=[_line(line, earned.get(line.indicator.code)) for line in found.lines],
    )
    if sure is not None:
        made.low, made.high = as_text(sure.low) or "", as_text(sure.high) or ""
        made.best, made.worst = sure.best, sure.worst
        made.band_from, made.band_to = sure.bands
    return made


def _line(line: Line, points: Number | None) -> dict[str, Any]:
    return {
        "code": line.indicator.code,
        "verdict": line.verdict.name.lower(),
        "value": _text(line.denominated),
        "score": _text(line.score),
        "points": _text(points),
        "lost": _text(line.lost),
    }


def _text(found: Number | None) -> str:
    return as_text(found) or ""
