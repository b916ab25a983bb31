"""Plans read from their files, and offices ranked from the figures of their cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.utils import translation

from takrim.base.period import Period
from takrim.evaluation.plan import PLANS, Plan, plans, read
from takrim.evaluation.ranking import Ranking, by_loss, ranking
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml
from takrim.evaluation.scoring.work import Verdict
from takrim.indicators.follow import READER, rebuild
from takrim.journal.follow import catch_up
from takrim.orgs.models import Unit
from tests.matters import answered, judged
from tests.people import MakeCase

MEHR, AZAR = (datetime(2026, month, day, 6, 30, tzinfo=UTC) for month, day in ((10, 2), (12, 1)))
HALF = Period.parse("1405-h2")
ROW = {"code": "answered_on_time", "weight": 10, "normalise": {"method": "points", "standard": "0.9"}}
CONTENT = {"of": "county", "live": True, "node": [{"code": "total", "sum": 10}], "indicator": [ROW]}


@pytest.fixture
def counties() -> Plan:
    """The plan for county offices, satisfied with three answers."""
    content = toml((PLANS / "county_offices.toml").read_text(encoding="utf-8"))
    content["floor"][0]["least"] = 3
    return read("county_offices", {**content, "indicator": [{**row, "least": 1} for row in content["indicator"]]})


def rank_of(found: Ranking, path: str) -> float | None:
    place = found.of(path)
    assert place is not None
    return place.rank


@pytest.mark.parametrize("code", sorted(code for code, plan in plans().items() if plan.live))
def test_a_plan_says_all_it_must(code: str) -> None:
    plan = plans()[code]
    assert plan.of in {"county", "directorate"}
    assert plan.title("fa") != plan.title("en")
    assert sum(row.weight for row in plan.rows) == plan.scoring.points
    assert plan.minimum >= 20


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"normalise": {"method": "points", "standard": 0}}, "“standard” must be above zero"),
        ({"normalise": "minmax"}, "offices are compared by normalise = “points”"),
        ({"weight": -1}, "“weight” must be above zero"),
        ({"weight": 9}, "add up to 9, not to 10"),
        ({"code": "kindness"}, "“kindness” is no indicator of the catalogue. Possible: actions_proven"),
        ({"code": "kindness", "source": "guessed"}, "“source” is “guessed”. Possible: declared, surveyed"),
        ({"code": "received"}, "neither better nor worse"),
        ({"direction": "less"}, "“direction” is what the catalogue of indicators says"),
    ],
)
def test_a_mistake_in_a_plan_is_refused_when_it_is_read(row: dict[str, Any], sentence: str) -> None:
    with translation.override("en"), pytest.raises(BadPlan, match=sentence):
        read("test", {**CONTENT, "indicator": [{**ROW, **row}]})


def test_a_plan_can_only_set_a_floor_that_offices_have() -> None:
    with translation.override("en"), pytest.raises(BadPlan, match=r"names “visits”\. Possible: answers"):
        read("test", {**CONTENT, "floor": [{"column": "visits", "least": 3}]})
    with translation.override("en"), pytest.raises(BadPlan, match="“answered_on_time” is given twice"):
        read("test", {**CONTENT, "indicator": [ROW, ROW]})


def test_the_faster_office_stands_first(make_case: MakeCase, counties: Plan) -> None:
    for _ in range(3):
        answered(make_case(unit="nazarabad", at=MEHR), MEHR + timedelta(hours=20))
        answered(make_case(unit="karaj", at=MEHR), MEHR + timedelta(days=30))
    catch_up(READER)
    found = ranking(counties, "ir/alborz/", HALF, AZAR)
    assert [(place.rank, place.unit) for place in found.places] == [
        (1, "ir/alborz/nazarabad/"),
        (2, "ir/alborz/karaj/"),
    ]
    best, second = found.places
    form = found.form(best)
    # Nobody answered the survey and nothing is open: both rows are left out; asking nobody costs the response rate.
    assert {row.code for row in form if not row.counts} == {"satisfaction", "overdue"}
    assert [row.code for row in by_loss(form) if row.lost] == ["response_rate"]
    # 220 + 130 + 150 + 100 + 80 of the 730 points that could be had.
    assert best.total == Fraction("931.51")
    # 30 days: 150 × 72/720 for the median and 100 × 360/720 for the ninth of ten; all dates missed: 130 × 0.05 / 1.
    assert float(second.total or 0) == pytest.approx((0 + 6.5 + 15 + 50 + 80) * 1000 / 730, rel=0.01)


def test_offices_of_another_province_are_not_in_the_order(make_case: MakeCase, counties: Plan) -> None:
    answered(make_case(unit="kahak", at=MEHR), MEHR)
    catch_up(READER)
    assert ranking(counties, "ir/alborz/", HALF, AZAR).of("ir/qom/kahak/") is None
    assert [place.unit for place in ranking(counties, "ir/qom/", HALF, AZAR).unranked] == ["ir/qom/kahak/"]


def test_two_answers_are_too_few_to_be_ranked(make_case: MakeCase, counties: Plan) -> None:
    for _ in range(3):
        answered(make_case(unit="karaj", at=MEHR), MEHR + timedelta(days=29))
    for _ in range(2):
        answered(make_case(unit="nazarabad", at=MEHR), MEHR)
    catch_up(READER)
    found = ranking(counties, "ir/alborz/", HALF, AZAR)
    assert rank_of(found, "ir/alborz/karaj/") == 1
    small = found.unranked[0]
    assert (small.unit, found.figures[small.unit].given) == ("ir/alborz/nazarabad/", 2)
    assert small.total is not None


def test_equal_offices_share_the_first_place(make_case: MakeCase, counties: Plan) -> None:
    for unit in ("karaj", "nazarabad"):
        for _ in range(3):
            judged(answered(make_case(unit=unit, at=MEHR), MEHR + timedelta(hours=1)), 5, AZAR)
    catch_up(READER)
    found = ranking(counties, "ir/alborz/", HALF, AZAR)
    assert [place.rank for place in found.places] == [1, 1]
    assert [place.total for place in found.places] == [1000, 1000]


def test_an_office_without_cases_is_listed_without_a_number(units: dict[str, Unit], counties: Plan) -> None:
    found = ranking(counties, "ir/alborz/", HALF, AZAR)
    assert [(place.rank, place.total) for place in found.places] == [(None, None), (None, None)]
    verdicts = {row.verdict for place in found.places for row in found.form(place)}
    assert verdicts == {Verdict.NOT_MEASURED}


def test_a_ranking_is_computed_again_to_the_last_digit(make_case: MakeCase, counties: Plan) -> None:
    for number in range(12):
        case = make_case(unit=("karaj", "nazarabad")[number % 2], at=MEHR + timedelta(hours=number))
        answered(case, MEHR + timedelta(hours=number * 37 + 3))
    catch_up(READER)
    before = ranking(counties, "ir/alborz/", HALF, AZAR).places
    rebuild()
    assert ranking(counties, "ir/alborz/", HALF, AZAR).places == before


def test_ranking_asks_the_same_number_of_questions_for_any_number_of_offices(
    make_case: MakeCase, counties: Plan, django_assert_num_queries: Callable[..., Any]
) -> None:
    answered(make_case(at=MEHR), MEHR)
    catch_up(READER)
    for under in ("ir/qom/", "ir/"):
        with django_assert_num_queries(3):
            ranking(counties, under, HALF, AZAR)
