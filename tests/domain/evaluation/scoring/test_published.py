"""The engine gives what others have published: the Human Development Index, and eight examples of papers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from takrim.evaluation.scoring.engine import score
from takrim.evaluation.scoring.reading import plan_of, read_plan
from takrim.evaluation.scoring.table import read_text, table
from tests.guards.tree import ROOT

CASES = tomllib.loads((Path(__file__).parent / "papers.toml").read_text(encoding="utf-8"))["case"]
HDI = ROOT / "docs/plans/hdi.toml"
# Inputs as table 1 of the report of 2021/22 prints them (years to one decimal, dollars), the index to three decimals
# and the rank among these: each row was compared with a copy of the published table. For these countries so few digits
# are enough to find the index again; Liechtenstein earns more than the goalpost of income.
REPORTED = """
country,life_expectancy,expected_years,mean_years,gni_per_head,index,rank
Norway,83.2,18.2,13.0,64660,0.961,1
Denmark,81.4,18.7,13.0,60365,0.948,2
Sweden,83.0,19.4,12.6,54489,0.947,3
Germany,80.6,17.0,14.1,54534,0.942,4
Belgium,81.9,19.6,12.4,52293,0.937,5
New Zealand,82.5,20.3,12.9,44057,0.937,5
Canada,82.7,16.4,13.8,46808,0.936,7
Liechtenstein,83.3,15.2,12.5,146830,0.935,8
Japan,84.8,15.2,13.4,42274,0.925,9
China,78.2,14.2,7.6,17504,0.768,10
Brazil,72.8,15.6,8.1,14370,0.754,11
Iraq,70.4,12.1,7.9,9977,0.686,12
Pakistan,66.1,8.7,4.5,4624,0.544,13
Afghanistan,62.0,10.3,3.0,1824,0.478,14
Chad,52.5,8.0,2.6,1364,0.394,15
"""

# Of these the printed digits give the index only nearly: within what the rounding of the inputs can do.
NEARLY = """
country,life_expectancy,expected_years,mean_years,gni_per_head,index
Switzerland,84.0,16.5,13.9,66933,0.962
Australia,84.5,21.1,12.7,49238,0.951
Ireland,82.0,18.9,11.6,76169,0.945
Singapore,82.8,16.5,11.9,90919,0.939
Qatar,79.3,12.6,10.0,87134,0.855
Iran,73.9,14.6,10.6,13001,0.774
Bolivia,63.6,14.9,9.8,8111,0.692
India,67.2,11.9,6.7,6590,0.633
Niger,61.6,7.0,2.1,1240,0.400
South Sudan,55.0,5.5,5.7,768,0.385
"""

# The year 2021 with the digits of the data file.
CONFIRMED = {
    "Brazil": ((72.7504, 15.59906006, 8.128813955, 14369.88848), 0.754),
    "Afghanistan": ((61.9824, 10.26384398, 2.98506999, 1824.190915), 0.478),
    "Bolivia": ((63.6304, 14.94697094, 9.827750206, 8111.190194), 0.692),
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_an_example_of_a_paper(case: dict[str, Any]) -> None:
    columns = [f"c{place}" for place in range(len(case["weights"]))]
    indicators = [
        {
            "code": code,
            "weight": weight,
            "direction": ("more", "less")[less],
            "normalise": case.get("normalise", "asis"),
        }
        for code, weight, less in zip(columns, case["weights"], case["less"], strict=True)
    ]
    plan = plan_of({"unit": "u", "method": case["method"], "indicator": indicators})
    units = [str(place) for place in range(len(case["matrix"]))]
    numbers = {code: [row[place] for row in case["matrix"]] for place, code in enumerate(columns)}
    found = score(plan, table(plan, units, numbers))
    assert list(found.total.values) == pytest.approx(case["score"], abs=case["within"])
    for part in {"S", "R"} & set(case):
        assert list(found.parts[part].values) == pytest.approx(case[part], abs=case["within"])
    assert [one.rank for one in found.standings] == case["rank"]


def test_the_human_development_index() -> None:
    plan = read_plan(HDI)
    lines = [line.split(",") for line in REPORTED.strip().splitlines()]
    found = score(plan, read_text("\n".join(",".join(line[:5]) for line in lines), plan))
    published = {line[0]: (float(line[5]), int(line[6])) for line in lines[1:]}
    assert {one.unit: (float(one.total or 0), one.rank) for one in found.standings} == published


def test_where_rounded_inputs_say_too_little_the_index_lies_between_their_bounds() -> None:
    """Half a digit less and half a digit more of each input: the published index lies between what the two give."""
    plan = read_plan(HDI)
    heading, *lines = [line.split(",") for line in NEARLY.strip().splitlines()]
    half = (0.05, 0.05, 0.05, 0.5)

    def totals(sign: int) -> dict[str, float]:
        rows = [
            [line[0], *(str(float(value) + sign * step) for value, step in zip(line[1:5], half, strict=True))]
            for line in lines
        ]
        text = "\n".join(",".join(row) for row in [heading[:5], *rows])
        return {one.unit: float(one.total or 0) for one in score(plan, read_text(text, plan)).standings}

    low, high = totals(-1), totals(1)
    for line in lines:
        assert low[line[0]] <= float(line[5]) <= high[line[0]], line[0]
        assert high[line[0]] - low[line[0]] <= 0.008, line[0]


def test_the_human_development_index_from_the_published_file() -> None:
    plan = read_plan(HDI)
    columns = ("life_expectancy", "expected_years", "mean_years", "gni_per_head")
    numbers = {name: [row[0][place] for row in CONFIRMED.values()] for place, name in enumerate(columns)}
    found = score(plan, table(plan, list(CONFIRMED), numbers))
    assert {one.unit: float(one.total or 0) for one in found.standings} == {
        country: index for country, (_inputs, index) in CONFIRMED.items()
    }
    lines = [line.split(",") for line in REPORTED.strip().splitlines()]
    printed = {line[0]: tuple(map(float, line[1:5])) for line in lines if line[0] in CONFIRMED}
    for country, inputs in printed.items():
        exact = CONFIRMED[country][0]
        assert inputs == (*(round(value, 1) for value in exact[:3]), round(exact[3]))


def test_the_worked_example_of_the_technical_note() -> None:
    """Income 3,829 gives the index 0.5506; with health 0.6971 and education 0.3447 the whole is 0.510."""
    plan = read_plan(HDI)
    # Years that stand for the printed indices: 20 + 65 × 0.6971, 18 × 0.3447, 15 × 0.3447.
    heading = "country,life_expectancy,expected_years,mean_years,gni_per_head"
    text = f"{heading}\nA,65.3115,{18 * 0.3447},{15 * 0.3447},3829"
    found = score(plan, read_text(text, plan))
    assert [round(found.column(code).values[0], 4) for code in ("health", "education", "income")] == [
        0.6971,
        0.3447,
        0.5506,
    ]
    assert float(found.standings[0].total or 0) == 0.510


def test_beyond_the_goalposts_nothing_more_is_earned() -> None:
    plan = read_plan(HDI)
    heading = "country,life_expectancy,expected_years,mean_years,gni_per_head"
    text = f"{heading}\nA,90,25,16,100000\nB,85,18,15,75000\nC,85,18,15,0"
    totals = [float(one.total or 0) for one in score(plan, read_text(text, plan)).standings]
    assert totals == [1, 1, 0]
