"""Offices compared at equal difficulty, by hand."""

from __future__ import annotations

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
