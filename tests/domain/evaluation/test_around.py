"""What surrounds a ranking: what would have been, who stands next, how ranks moved; all of it from the same engine."""

from __future__ import annotations

from fractions import Fraction

import pytest

from takrim.evaluation.movement import movement
from takrim.evaluation.rivals import rivals
from takrim.evaluation.scoring.columns import Number
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.reading import plan_of
from takrim.evaluation.scoring.table import table
from takrim.evaluation.what_if import levers, what_if

PLAN = plan_of(
    {
        "unit": "unit",
        "arithmetic": "exact",
        "points": 100,
        "rank": {"decimals": 2},
        "indicator": [
            {
                "code": "on_time",
                "weight": 60,
                "direction": "more",
                "sample": "given",
                "missing": "drop",
                "normalise": {"method": "points", "standard": 1},
            },
            {
                "code": "hours",
                "weight": 40,
                "direction": "less",
                "missing": "drop",
                "normalise": {"method": "points", "standard": 10},
            },
        ],
    }
)
SHARES = {"on_time": 100}


@pytest.fixture
def scored() -> Scored:
    numbers: dict[str, list[Number | int | None]] = {
        "on_time": [Fraction(9, 10), Fraction(7, 10), Fraction(1, 2), None],
        "hours": [20, 10, 40, None],
        "given": [10, 20, 40, 0],
    }
    return score(PLAN, table(PLAN, ["karaj", "fardis", "kahak", "taleqan"], numbers))


def test_twenty_more_on_time_are_counted_again_by_the_same_engine(scored: Scored) -> None:
    found = what_if(scored, "kahak", {"on_time": 20}, SHARES)
    assert (found.before.total, found.before.rank) == (40, 3)
    assert (found.after.total, found.after.rank) == (70, 3)
    assert found.gain == 30
    both = what_if(scored, "kahak", {"on_time": 20, "hours": 30}, SHARES)
    assert (both.after.total, both.after.rank) == (100, 1)


def test_a_lever_reaches_to_the_best_and_no_further(scored: Scored) -> None:
    of = {one.code: one for one in levers(scored, "kahak", SHARES)}
    assert (of["on_time"].most, of["on_time"].whole) == (20, 40)
    assert (of["hours"].most, of["hours"].whole) == (40, None)
    assert of["hours"].moved(30) == 10
    assert what_if(scored, "kahak", {"on_time": 10**9}, SHARES).after.total == 70
    assert what_if(scored, "kahak", {"on_time": -5, "unknown": 3}, SHARES).gain == 0


def test_nothing_can_be_moved_where_nothing_was_measured(scored: Scored) -> None:
    assert levers(scored, "taleqan", SHARES) == []
    assert what_if(scored, "taleqan", {"on_time": 3}, SHARES).after.rank is None


def test_the_others_keep_their_values(scored: Scored) -> None:
    before = [one.total for one in scored.standings]
    what_if(scored, "kahak", {"on_time": 20}, SHARES)
    assert [one.total for one in scored.standings] == before


def test_a_part_of_a_denominator_moves_by_cases() -> None:
    row = {
        "code": "late",
        "direction": "less",
        "denominator": "given",
        "normalise": {"method": "target", "target": 0, "nothing": 1},
    }
    plan = plan_of({"unit": "unit", "arithmetic": "exact", "indicator": [row]})
    scored = score(plan, table(plan, ["a", "b"], {"late": [3, 1], "given": [4, 4]}))
    assert [(one.most, one.whole) for one in levers(scored, "a", {})] == [(3, 4)]
    assert what_if(scored, "a", {"late": 2}, {}).after.total == Fraction(3, 4)


def test_a_share_without_cases_moves_in_so_many_steps_and_a_grade_by_grades() -> None:
    rows = [
        {"code": "asked", "direction": "more", "normalise": {"method": "points", "standard": 1}},
        {"code": "grade", "direction": "more", "normalise": {"method": "points", "standard": 1}},
    ]
    plan = plan_of({"unit": "unit", "arithmetic": "exact", "points": 100, "indicator": rows})
    scored = score(plan, table(plan, ["a", "b"], {"asked": [Fraction(4, 5), 1], "grade": [Fraction(1, 2), 1]}))
    shares = {"asked": 100, "grade": 2}
    assert [(one.code, one.most, one.cases) for one in levers(scored, "a", shares)] == [
        ("asked", 20, False),
        ("grade", 1, False),
    ]
    found = what_if(scored, "a", {"asked": 10, "grade": 1}, shares)
    assert (found.before.total, found.after.total) == (65, 95)
    # Whoever is asked for no share has no end to be led to.
    assert levers(scored, "a", {}) == []


def test_rivals_are_those_before_and_behind_with_their_distance(scored: Scored) -> None:
    near = rivals(scored, "karaj", around=1)
    assert [(one.standing.unit, one.ahead) for one in near] == [("fardis", 8), ("karaj", 0), ("kahak", -34)]
    assert [one.standing.unit for one in rivals(scored, "kahak", around=1)] == ["karaj", "kahak"]
    assert rivals(scored, "taleqan") == []


def test_ranks_move_up_down_or_are_missing(scored: Scored) -> None:
    later = what_if(scored, "kahak", {"on_time": 20, "hours": 30}, SHARES)
    assert later.after.rank == 1
    now = [later.after, *(one for one in scored.in_order if one.unit != "kahak")]
    found = {one.unit: one for one in movement([scored.in_order, now])}
    assert (found["kahak"].ranks, found["kahak"].rise) == ([3, 1], 2)
    assert found["fardis"].rise == 0
    assert "taleqan" not in found
    assert movement([]) == []
    assert movement([now])[0].rise is None
