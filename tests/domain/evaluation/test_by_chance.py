"""Chance said in the plan of a round: what was counted has it, what was declared has not."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from numpy.random import RandomState

from takrim.evaluation.by_chance import ends_of, noise_of, round_text
from takrim.evaluation.plan import plans
from takrim.evaluation.scoring.noise.cases import PLUGIN
from takrim.evaluation.scoring.parts import Seen
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.indicators.histogram import Histogram
from takrim.indicators.indicator import Distribution


def test_a_share_is_drawn_as_often_as_it_had_cases() -> None:
    seen = Seen(np.array([0.5, 0.5, 1.0]), None, {"column": np.array([4.0, 40_000.0, 0.0])})
    several = np.array([PLUGIN.draw(RandomState(seed), seen) for seed in range(200)])
    assert set(np.unique(several[:, 0] * 4)) <= {0, 1, 2, 3, 4}
    assert several[:, 0].std() > 0.15
    assert several[:, 1].std() < 0.01
    # Nothing is known of the chance of a share of no cases.
    assert (several[:, 2] == 1).all()
    assert (PLUGIN.draw(RandomState(7), seen) == PLUGIN.draw(RandomState(7), seen)).all()


def test_the_plan_of_a_round_says_what_chance_may_do() -> None:
    plan = plan_of_text(round_text(plans()["county_offices"]))
    assert plan.intervals is not None
    assert plan.intervals.draws == 1000
    assert plan.sensitivity is not None
    by_code = {one.code: one for one in plan.indicators}
    assert by_code["answered_on_time"].noise is not None
    assert by_code["answered_on_time"].noise.given["column"] == "answered_on_time.cases"
    assert by_code["median_hours"].noise is not None
    assert by_code["median_hours"].noise.method == "between"
    # All else is as its author wrote it.
    assert [one.weight for one in plan.indicators] == [one.weight for one in plans()["county_offices"].rows]


def test_what_offices_declare_is_no_sample() -> None:
    found = plans()["citizens_rights"]
    declared = set(found.asked or {})
    plan = plan_of_text(round_text(found))
    assert declared
    assert not declared & {one.code for one in plan.indicators if one.noise}
    assert noise_of("entrance") is None


def test_a_median_of_many_times_is_held_closer_than_one_of_few() -> None:
    few, many = (Histogram.of([*range(60, 6000, step)]) for step in (600, 6))
    half = Fraction(1, 2)
    wide, narrow = (ends_of(Distribution(times, half)) for times in (few, many))
    assert wide[0] is not None
    assert wide[1] is not None
    assert narrow[0] is not None
    assert narrow[1] is not None
    assert wide[0] < narrow[0] < narrow[1] < wide[1]
    assert ends_of(Distribution(Histogram.of([]), half)) == (None, None)
