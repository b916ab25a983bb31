"""By how much offices have improved since the round before: the values of the indicator `improvement`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from fractions import Fraction
from functools import lru_cache

from takrim.base.period import Period
from takrim.evaluation.models_entrants import Result, ResultOf
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.rounds_read import published
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.indicators.indicator import Exact, Measured


def improvement(paths: Collection[str], period: Period, now: datetime) -> Mapping[str, Measured]:
    """Of the last round within the period that has a final result, and the round just before it. Two queries.

    Nothing where there was no round before, and where the office took part in only one of the two.
    """
    rounds = [one for one in published().defer("positions") if one.final_at and one.final_at <= now]
    before = {one.pk: earlier for one in rounds if (earlier := _before(one, rounds)) is not None}
    inside = [one for one in rounds if one.pk in before and _lies_in(one.of_period, period)]
    wanted = {one.pk for one in inside} | {before[one.pk].pk for one in inside}
    rows = Result.objects.filter(which=ResultOf.FINAL, entrant__round__in=wanted, entrant__unit_path__in=paths).exclude(
        score=""
    )
    scores = {
        (path, number): score
        for path, number, score in rows.values_list("entrant__unit_path", "entrant__round", "score")
    }
    found: dict[str, Measured] = {}
    for one in sorted(inside, key=_when):
        for path in paths:
            now_, was = scores.get((path, one.pk)), scores.get((path, before[one.pk].pk))
            if now_ is not None and was is not None:
                # The last round of the period is the one that counts.
                found[path] = Exact(_share(one, now_) - _share(before[one.pk], was))
    return found


def _when(one: Round) -> tuple[object, int]:
    return one.of_period.start(), one.pk


def _before(one: Round, rounds: Collection[Round]) -> Round | None:
    """The round before it of the same plan (whichever version) and the same offices."""
    same = [
        other
        for other in rounds
        if (other.plan.code, other.path, other.of) == (one.plan.code, one.path, one.of)
        and other.of_period.start() < one.of_period.start()
    ]
    return max(same, key=_when, default=None)


def _lies_in(inner: Period, outer: Period) -> bool:
    return outer.start() <= inner.start() and inner.end() <= outer.end()


def _share(round: Round, score: str) -> Fraction:
    """Of the points that were to be had in it: plans of different full points can follow one another."""
    return Fraction(score) / _full(round.plan_text)


@lru_cache(maxsize=64)
def _full(plan_text: str) -> Fraction:
    return Fraction(plan_of_text(plan_text).points)
