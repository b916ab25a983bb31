"""Offices compared at equal difficulty, by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from takrim.evaluation.scoring.explain import explain
from tests.domain.evaluation.scoring.made import ONE, ranks, scored

MIX = f'{ONE}denominator = "n"\nadjust = {{ parts = ["late_easy", "late_hard"], wholes = ["easy", "hard"] }}'
# Both offices are late with a tenth of the easy and with half of the hard work; only what they get differs.
WORK = "u n a easy late_easy hard late_hard\nlucky 100 18 80 8 20 10\nunlucky 100 42 20 2 80 40"


@pytest.mark.parametrize("arithmetic", ["float", "exact"])
def test_offices_that_do_equally_well_are_equal_whatever_work_they_get(arithmetic: str) -> None:
    found = scored(f'arithmetic = "{arithmetic}"\n{MIX}', WORK)
    assert [float(one.total or 0) for one in found.standings] == [0.3, 0.3]
    assert ranks(found) == {"lucky": 1, "unlucky": 1}
    line = explain(found, "unlucky").lines[0]
    assert (line.denominated, line.adjusted) == (pytest.approx(0.42), pytest.approx(0.3))


def test_what_is_counted_does_not_matter_the_late_or_those_on_time() -> None:
    other = "u n a easy late_easy hard late_hard\nlucky 100 82 80 72 20 10\nunlucky 100 50 20 18 80 32"
    late = "u n a easy late_easy hard late_hard\nlucky 100 18 80 8 20 10\nunlucky 100 50 20 2 80 48"
    on_time, missed = (scored(MIX, rows).total.values for rows in (other, late))
    assert list(on_time) == pytest.approx([1 - one for one in missed])


def test_a_unit_whose_mix_is_not_known_keeps_its_share() -> None:
    found = scored(MIX, f"{WORK}\nnew 10 5 - - - -")
    assert found.worked["a"].adjusted.at(2) == 0.5
    nobody = scored(MIX, "u n a easy late_easy hard late_hard\nx 10 5 0 0 0 0")
    assert nobody.worked["a"].adjusted.at(0) == 0.5


def test_an_adjusted_share_stays_a_share() -> None:
    found = scored(MIX, "u n a easy late_easy hard late_hard\nx 10 0 0 0 10 0\ny 90 45 45 0 45 45")
    assert found.total.values.min() == 0


VOLUME = f'{ONE}denominator = "n"\nadjust = {{ volume = "got", per = "people", bands = [20, 60] }}'
# Three with little work for each, three with much; each group has one that is better than its likes.
LOADED = """
u n a got people
easy1 50 45 100 10
easy2 50 40 100 10
easy3 100 80 190 10
hard1 50 30 100 2
hard2 50 25 120 2
hard3 100 45 180 3/2
"""


@pytest.mark.parametrize("arithmetic", ["float", "exact"])
def test_offices_are_compared_with_those_that_get_as_much_for_each_officer(arithmetic: str) -> None:
    found = scored(f'arithmetic = "{arithmetic}"\n{VOLUME}', LOADED)
    one = found.worked["a"]
    assert [bool(moved) for moved in one.moved] == [True, True, True, False, False, False]
    # hard1 has 50 for each, hard2 60, hard3 120: fewer than three in either band.
    assert one.adjusted.at(3) == one.denominated.at(3)
    wide = scored(f'arithmetic = "{arithmetic}"\n{VOLUME}'.replace("[20, 60]", "[20]"), LOADED).worked["a"]
    # 165/200 of those with little, 100/200 of those with much, 265/400 of all.
    assert wide.adjusted.at(0) == pytest.approx(0.9 - 165 / 200 + 265 / 400)
    assert wide.adjusted.at(3) == pytest.approx(0.6 - 100 / 200 + 265 / 400)
    assert wide.moved.all()


def test_exact_fractions_keep_the_sum_of_all() -> None:
    found = scored(f'arithmetic = "exact"\n{VOLUME}'.replace("[20, 60]", "[20]"), LOADED)
    one, n = found.worked["a"], found.table.numbers["n"].values
    assert one.adjusted.at(3) == Fraction(3, 5) - Fraction(1, 2) + Fraction(265, 400)
    assert sum(one.adjusted.values * n) == sum(one.denominated.values * n) == 265


def test_a_unit_whose_officers_are_not_known_keeps_its_share_and_says_so() -> None:
    text = f"{LOADED}none 10 1 100 0\ngap 10 1 100 -\nquiet 10 1 - 4"
    found = scored(VOLUME.replace("[20, 60]", "[20]"), text)
    for unit in ("none", "gap", "quiet"):
        line = explain(found, unit).lines[0]
        assert (line.adjusted, line.moved) == (0.1, False)
    assert explain(found, "hard1").lines[0].moved
    # What is not known of others changes nothing for those of whom it is known.
    before = scored(VOLUME.replace("[20, 60]", "[20]"), LOADED).worked["a"].adjusted.values
    assert list(found.worked["a"].adjusted.values[:6]) == list(before)
    nobody = scored(VOLUME, "u n a got people\nx 10 5 3 -\ny 10 6 3 0")
    assert not nobody.worked["a"].moved.any()


def test_the_bound_belongs_to_the_band_above_it() -> None:
    rows = "u n a got people\n" + "\n".join(f"u{n} 10 5 {20 if n else 19} 1" for n in range(4))
    moved = scored(VOLUME, rows).worked["a"].moved
    assert [bool(one) for one in moved] == [False, True, True, True]
