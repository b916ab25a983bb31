"""The ready plans: each is whole, and gives the points that were worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest

from takrim.evaluation.plan import ANSWERS, Plan, plan_for, plans, ready_texts, sample_column
from takrim.evaluation.plan_form import RECEIVED, Answer, Source, counts
from takrim.evaluation.public_bundle import plan_text
from takrim.evaluation.scoring.engine import Scored, Unranked, score
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.evaluation.scoring.table import read_text, table
from takrim.evaluation.scoring.work import Verdict

Values = Mapping[str, Fraction | str | int | None]
RIGHTS = [f"r{number:02}" for number in range(1, 12)]
COMPETITION, FORM, FOUR, RIGHTS_PLAN = (
    "service_competition",
    "government_form",
    "grievances_four",
    "citizens_rights",
)


def ranked(code: str, units: Mapping[str, Values]) -> Scored:
    """Offices by what each of them did; enough cases everywhere unless a unit says otherwise."""
    plan = plans()[code]
    numbers: dict[str, list[Fraction | int | None]] = {}
    for column in plan.scoring.number_columns:
        enough = 100 if column in {ANSWERS, RECEIVED} or column.endswith(".cases") else None
        cells = [values.get(column, enough) for values in units.values()]
        numbers[column] = [None if cell is None else Fraction(cell) for cell in cells]
    return score(plan.scoring, table(plan.scoring, list(units), numbers))


def total(found: Scored, unit: str) -> float:
    place = found.of(unit)
    assert place is not None
    assert place.total is not None
    return float(place.total)


def standards(plan: Plan, times: Fraction) -> dict[str, Fraction]:
    """Every row so many times as good as its standard."""
    found = {}
    for row in plan.rows:
        standard: Fraction = row.normalise.given["standard"]
        found[row.code] = standard / times if row.less else standard * times
    return found


@pytest.mark.parametrize("code", sorted(plans()))
def test_a_ready_plan_is_whole_in_both_languages(code: str) -> None:
    plan = plans()[code]
    assert plan.title("fa") != plan.title("en")
    if not plan.live:
        assert plan.basis is not None
        assert "از ماست" in plan.basis["fa"] or "گذاشته‌ایم" in plan.basis["fa"]
        assert "ours" in plan.basis["en"]
    for node in plan.scoring.nodes:
        assert node.titles is None or node.titles["fa"] != node.titles["en"]
    for row_code, one in (plan.asked or {}).items():
        assert one.definition["fa"] != one.definition["en"], row_code
        assert not counts(row_code)


@pytest.mark.parametrize("code", sorted(plans()))
def test_the_engine_takes_a_ready_plan_alone(code: str) -> None:
    """What the page gives to take away, `takrim rank` reads: nothing that only offices know is left in it."""
    plan = plans()[code]
    alone = plan_of_text(plan_text(plan))
    heading = ",".join(["unit", "name", *alone.number_columns])
    found = score(alone, read_text(f"{heading}\na,A{',1' * len(alone.number_columns)}", alone))
    assert [one.unit for one in found.standings] == ["a"]


def test_only_the_two_plans_of_the_league_tables_are_live() -> None:
    assert {code for code, plan in plans().items() if plan.live} == {"county_offices", "provinces"}
    for kind in ("county", "directorate"):
        found = plan_for(kind)
        assert found is not None
        assert found.live
    assert set(ready_texts()) == set(plans())


def test_the_competition_in_service() -> None:
    half: Values = {
        "meetings_held": "3/4",  # 140 × 0.75 = 105
        "heads_present": "0.6",  # 80 × 0.6/0.8 = 60
        "decisions_per_meeting": "1.75",  # 80 × 1.75/3.5 = 40
        "decisions_on_time": "0.4",  # 250 × 0.4/0.8 = 125
        "innovations": 2,  # 100 × 2/4 = 50
        "innovations_shared": None,  # not declared: nothing
        "desk_days": 12,  # 40 × 12/24 = 20
        "public_days": 3,  # 20 × 3/6 = 10
        "surprise_visits": 30,  # more than the standard of 12 earns no more than 40
        "answered_on_time": "0.95",  # 80
        "satisfaction": None,  # nobody was asked: the other two bear its weight
        "missed": "0.10",  # 40 × 0.05/0.10 = 20
    }
    found = ranked(COMPETITION, {"qom": standards(plans()[COMPETITION], Fraction(1)), "other": half})
    assert total(found, "qom") == 1000
    # 205 + 125 + 50 + 70, and of the effect 200 × (80 + 20) / 120 = 166.67.
    assert total(found, "other") == 616.67
    assert [one.unit for one in found.in_order] == ["qom", "other"]
    shared = found.worked["innovations_shared"]
    assert shared.verdict(1) is Verdict.ZERO
    assert found.worked["satisfaction"].verdict(1) is Verdict.NOT_MEASURED


def test_the_government_form_and_its_classes() -> None:
    plan = plans()[FORM]
    seven = standards(plan, Fraction(7, 10))
    general = {row.code for row in plan.rows if plan.scoring.by_code[row.under].under == "general"}
    mixed = {**seven, **{code: value for code, value in standards(plan, Fraction(3)).items() if code in general}}
    found = ranked(
        FORM,
        {
            "full": standards(plan, Fraction(1)),
            "beyond": standards(plan, Fraction(2)),
            "mixed": mixed,
            "half": standards(plan, Fraction(1, 2)),
            "bare": {},
        },
    )
    # Twice the standard earns no more than the standard; half of it half, and the third as much time as allowed too.
    assert [total(found, unit) for unit in ("full", "beyond", "half")] == [2000, 2000, 1000]
    # 1000 general points, 0.7 of the 1000 of its mission; 1700 of 2000 is exactly the bound of “very good”.
    assert total(found, "mixed") == 1700
    # What was not declared earns nothing; what could not be counted is borne by the others, which earn nothing either.
    assert total(found, "bare") == 0
    names = {unit: plan.band(place.total) for unit in ("full", "mixed", "half", "bare") if (place := found.of(unit))}
    assert {unit: band and band.titles["en"] for unit, band in names.items()} == {
        "full": "Excellent",
        "mixed": "Very good",
        "half": "Average",
        "bare": "Weak",
    }
    assert plan.band(Fraction(1699)) != plan.band(Fraction(1700))
    assert sum(row.weight for row in plan.rows if row.code in general) == 1000
    assert sum(row.weight for row in plan.rows) == 2000


def test_four_dimensions_and_groups_by_volume() -> None:
    middle: Values = {
        "answered_on_time": "0.75",  # (0.75 − 0.5) / 0.5
        "median_hours": 144,  # (216 − 144) / 144
        "overdue": "0.25",  # (0.5 − 0.25) / 0.5
        "satisfaction": "0.6",  # (0.6 − 0.3) / 0.6
        "response_rate": "0.15",  # 0.15 / 0.3
        "reopened": "0.15",  # (0.3 − 0.15) / 0.3
        "causes_named": "0.5",
        "causes_treated": "0.5",
        "officers_trained": "0.5",
        "reviews_by_head": 3,
        "proofs_accepted": "0.75",  # (0.75 − 0.5) / 0.5
    }
    fast = {**middle, "answered_on_time": 1, "median_hours": 72, "overdue": 0}
    found = ranked(
        FOUR,
        {
            "large": {**middle, RECEIVED: 10000},
            "fast": {**fast, RECEIVED: 9999},
            "slow": {**middle, RECEIVED: 2000},
            "small": {**fast, RECEIVED: 1999},
            "tiny": {**fast, RECEIVED: 29, ANSWERS: 29},
        },
    )
    # One of four dimensions is full: 25 + 3 × 12.5.
    assert [total(found, unit) for unit in ("large", "fast", "slow")] == [50, 62.5, 50]
    places = {one.unit: (one.group, one.rank) for one in found.standings}
    assert places["large"] == ("≥ 10000", 1)
    assert (places["fast"], places["slow"]) == (("2000–10000", 1), ("2000–10000", 2))
    assert (places["small"][1], places["tiny"][1]) == (1, None)
    tiny = found.of("tiny")
    assert tiny is not None
    assert tiny.why is Unranked.BELOW_FLOOR


def test_the_checklist_of_rights() -> None:
    plan = plans()[RIGHTS_PLAN]
    assert [node.code for node in plan.scoring.nodes if node.under] == RIGHTS
    # What is counted is not asked.
    assert "answered_on_time" not in (plan.asked or {})
    assert all(one.measure is Answer.YES_NO and one.proof for one in (plan.asked or {}).values())
    assert all(one.source is Source.DECLARED for one in (plan.asked or {}).values())
    yes: Values = {row.code: 1 for row in plan.rows}
    found = ranked(
        RIGHTS_PLAN,
        {
            "all": yes,
            "partly": {**yes, "entrance": "1/2"},  # 15 × (2 × ½ + 3 + 1 + 2) / 8 = 13.125
            "silent": {**yes, "private_talk": None},  # not answered counts as no: 8 × 1/2
            "no": {row.code: 0 for row in plan.rows},
        },
    )
    assert [total(found, unit) for unit in ("all", "partly", "silent", "no")] == [100, 98.13, 96, 0]
    assert found.worked["private_talk"].verdict(2) is Verdict.ZERO


def test_a_row_that_is_counted_names_its_cases() -> None:
    plan = plans()[COMPETITION]
    assert [row.sample for row in plan.counted] == [sample_column(row.code) for row in plan.counted]


def test_a_council_without_a_meeting_gets_nothing_for_its_meetings_and_says_why() -> None:
    full = standards(plans()[COMPETITION], Fraction(1))
    none: Values = {**full, "meetings_held": None, "decisions_on_time": None}
    found = ranked(COMPETITION, {"all": full, "none": none})
    # 140 of the 300 for its council are lost; that nothing was due to be carried out is nobody's fault.
    assert total(found, "none") == float(round(Fraction(1000) * (160 + 150 + 100 + 200) / 750, 2))
    assert found.worked["meetings_held"].verdict(1) is Verdict.ZERO
    assert found.worked["decisions_on_time"].verdict(1) is Verdict.NOT_MEASURED


@pytest.mark.parametrize("code", sorted(plans()))
def test_nothing_is_declared_by_hand_that_is_counted_here(code: str) -> None:
    """The names by which plans once asked for what the catalogue counts since."""
    by_hand = {"meetings_kept", "decisions_executed", "decisions_by_date", "services_remote", "complaints_by_date"}
    assert not by_hand & {row.code for row in plans()[code].rows}
    for row in plans()[code].counted:
        assert counts(row.code)
