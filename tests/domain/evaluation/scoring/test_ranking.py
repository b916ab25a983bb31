"""From scores to ranks: the tree, rounding, ties, peers, floors."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.evaluation.scoring.columns import rounded
from takrim.evaluation.scoring.engine import Unranked
from takrim.evaluation.scoring.errors import BadTable
from takrim.evaluation.scoring.explain import explain
from takrim.evaluation.scoring.plan import Ties
from takrim.evaluation.scoring.ranks import ranks as ranks_of
from takrim.evaluation.scoring.work import Verdict
from tests.domain.evaluation.scoring.made import ONE, ranks, scored

TWO = """
unit = "u"
{top}
[default]
direction = "more"
missing = "drop"
[[node]]
code = "all"
mean = "{mean}"
[[indicator]]
code = "a"
weight = 3
[[indicator]]
code = "b"
"""


@pytest.mark.parametrize(
    ("mean", "totals"),
    [
        ("arithmetic", [(3 * 4 + 1) / 4, 4, 0.25]),
        ("geometric", [(4**3) ** 0.25, 4, 0]),
        ("harmonic", [4 / (3 / 4 + 1), 4, 0]),
        ("minimum", [1, 4, 0]),
    ],
)
def test_the_means_of_a_node(mean: str, totals: list[float]) -> None:
    found = scored(TWO.format(mean=mean, top=""), "u a b\nx 4 1\ny 4 -\nz 0 1")
    assert list(found.total.values) == pytest.approx(totals)


@pytest.mark.parametrize("mean", ["geometric", "harmonic"])
def test_scores_below_zero_have_no_such_mean(mean: str) -> None:
    with pytest.raises(BadTable, match=f"“all” .* no {mean} mean"):
        scored(TWO.format(mean=mean, top=""), "u a b\nx 4 -1")


def test_an_exact_total_is_a_fraction() -> None:
    found = scored(TWO.format(mean="harmonic", top='arithmetic = "exact"\npoints = 7'), "u a b\nx 1/3 0.1")
    assert found.total.at(0) == Fraction(7 * 4) / (3 / Fraction(1, 3) + 10)


def test_nodes_of_any_depth() -> None:
    nodes = "".join(f'[[node]]\ncode = "n{place}"\nin = "n{place - 1}"\n' for place in range(1, 9))
    plan = f'unit = "u"\n[[node]]\ncode = "n0"\n{nodes}[[indicator]]\ncode = "a"\nin = "n8"\ndirection = "more"'
    assert ranks(scored(plan, "u a\nx 1\ny 2")) == {"x": 2, "y": 1}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("competition", {"p": 1, "q": 2, "r": 2, "s": 4}),
        ("dense", {"p": 1, "q": 2, "r": 2, "s": 3}),
        ("average", {"p": 1, "q": 2.5, "r": 2.5, "s": 4}),
    ],
)
def test_equals_after_rounding_are_ranked_by_the_plan(ties: str, expected: dict[str, float]) -> None:
    found = scored(f'{ONE}[rank]\ndecimals = 1\nties = "{ties}"', "u a\np 9\nq 2.04\nr 1.96\ns 1")
    assert ranks(found) == expected
    assert found.in_order[1].total == 2


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (2.675, 2, "2.68"),
        (-2.675, 2, "-2.68"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (0.5, 0, "1"),
    ],
)
def test_half_is_rounded_away_from_zero(value: float | Fraction, decimals: int, expected: str) -> None:
    assert rounded(value, decimals) == Fraction(expected)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_a_rank_counts_those_before(values: list[int]) -> None:
    seen = np.array(values)
    before = [sum(other > value for other in values) for value in values]
    equal = [values.count(value) for value in values]
    assert list(ranks_of(seen, Ties.COMPETITION)) == [one + 1 for one in before]
    assert list(ranks_of(seen, Ties.AVERAGE)) == [
        one + (1 + alike) / 2 for one, alike in zip(before, equal, strict=True)
    ]
    dense = sorted(set(ranks_of(seen, Ties.DENSE).tolist()))
    assert dense == list(range(1, len(set(values)) + 1))
    assert list(ranks_of(-seen, Ties.DENSE, less_is_better=True)) == list(ranks_of(seen, Ties.DENSE))


def test_units_are_ranked_among_their_peers() -> None:
    found = scored(f'{ONE}[peers]\ncolumn = "g"', "u g a\nw n 5\nx n 7\ny s 1\nz  2".replace("z  2", "z s 0"))
    assert ranks(found) == {"w": 2, "x": 1, "y": 1, "z": 2}
    assert [one.unit for one in found.in_order] == ["x", "w", "y", "z"]


def test_bands_of_volume_make_groups_and_a_bound_belongs_above() -> None:
    plan = f'{ONE}[peers]\nvolume = "n"\nbands = [10, 100]'
    found = scored(plan, "u n a\nv 9 1\nw 10 2\nx 99 3\ny 100 4\nz - 5")
    assert [one.group for one in found.standings] == ["< 10", "10–100", "10–100", "≥ 100", ""]
    assert ranks(found) == {"v": 1, "w": 2, "x": 1, "y": 1, "z": None}
    assert found.standings[-1].why is Unranked.NO_GROUP
    assert [one.unit for one in found.in_order] == ["y", "x", "w", "v", "z"]


@pytest.mark.parametrize("floor", ['column = "n"\nleast = 30', 'score = "a"\nleast = 6'])
def test_below_a_floor_a_unit_is_shown_but_not_ranked(floor: str) -> None:
    found = scored(f"{ONE}[[floor]]\n{floor}", "u n a\nx 29 5\ny 30 7\nz 31 6")
    assert ranks(found) == {"x": None, "y": 1, "z": 2}
    small = found.in_order[-1]
    assert (small.unit, small.total, small.why) == ("x", 5, Unranked.BELOW_FLOOR)
    assert small.floor is not None
    assert small.floor.what in {"n", "a"}


def test_what_a_unit_lost_is_what_its_total_would_gain() -> None:
    plan = TWO.format(mean="arithmetic", top="points = 100").replace(
        "[default]", '[default]\nnormalise = { method = "points", standard = 10 }'
    )
    found = scored(plan, "u a b\nx 5 10\ny 10 -\nz 10 2")
    told = explain(found, "x")
    assert [(line.indicator.code, line.lost) for line in told.lines] == [("a", 37.5), ("b", 0)]
    assert [line.indicator.code for line in told.by_loss] == ["a"]
    assert (told.standing.rank, told.rivals) == (3, 3)
    assert [(node.code, value) for node, value in told.nodes] == [("all", 0.625)]
    left_out = explain(found, "y").lines[1]
    assert (left_out.verdict, left_out.score, left_out.lost) == (Verdict.NOT_MEASURED, None, None)
    with pytest.raises(BadTable, match="no unit “q”"):
        explain(found, "q")


def test_where_the_scale_is_open_the_best_unit_is_all_that_can_be_earned() -> None:
    assert [line.lost for line in explain(scored(ONE, "u a\nx 5\ny 8"), "x").lines] == [3]


def test_one_point_more_never_makes_a_rank_worse() -> None:
    plan = TWO.format(mean="harmonic", top="")
    found = [scored(plan, f"u a b\nx {value} 3\ny 5 5\nz 2 9") for value in range(1, 12)]
    places = [ranks(one)["x"] or 0 for one in found]
    assert all(after <= before for before, after in pairwise(places))
    assert places[0] > places[-1]


@pytest.mark.parametrize(
    ("curve", "net"),
    [
        # 4, 1 and 0 in the only indicator: differences 3, 4 and 1.
        ('{ curve = "usual" }', [2, 0, -2]),
        ('{ curve = "u", q = 1 }', [2, -1, -1]),
        ('{ curve = "v", p = 4 }', [3 / 4 + 1, 1 / 4 - 3 / 4, -1 - 1 / 4]),
        ('{ curve = "linear", q = 1, p = 4 }', [2 / 3 + 1, -2 / 3, -1]),
        ('{ curve = "level", q = 0, p = 3 }', [0.5 + 1, 0.5 - 0.5, -1 - 0.5]),
        ('{ curve = "gaussian", s = 1 }', [2 - np.exp(-4.5) - np.exp(-8), np.exp(-4.5) - np.exp(-0.5), 0]),
    ],
)
def test_promethee_compares_every_pair_by_its_curve(curve: str, net: list[float]) -> None:
    found = scored(f'{ONE}preference = {curve}\n[method]\nmethod = "promethee"', "u a\nx 4\ny 1\nz 0")
    net[2] = -net[0] - net[1]
    assert list(found.total.values) == pytest.approx([one / 2 for one in net])
    assert ranks(found)["x"] == 1


def test_promethee_does_not_depend_on_how_many_rows_are_compared_at_once() -> None:
    rows = "\n".join(f"u{place} {place * 37 % 601} {place * 11 % 599}" for place in range(600))
    plan = f'{ONE}[[indicator]]\ncode = "b"\ndirection = "less"\n[method]\nmethod = "promethee"'
    found = scored(plan, f"u a b\n{rows}")
    values = [(place * 37 % 601, -(place * 11 % 599)) for place in range(600)]
    one = 17
    wins = sum((values[one][at] > other[at]) - (values[one][at] < other[at]) for other in values for at in (0, 1))
    assert found.total.values[one] == pytest.approx(wins / 2 / 599)
