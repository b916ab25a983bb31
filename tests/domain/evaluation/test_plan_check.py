"""Everything wrong with a plan is found at once, and each sentence names its place in both languages."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from django.utils import translation

from takrim.evaluation.plan import read, ready_texts
from takrim.evaluation.plan_check import problems
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.plan_text import text_of
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml

COUNTED = {
    "code": "answered_on_time",
    "in": "speed",
    "weight": 60,
    "normalise": {"method": "points", "standard": "0.9"},
}
TOLD = {
    "code": "desks",
    "in": "people",
    "weight": 40,
    "source": "declared",
    "measure": "share",
    "direction": "more",
    "title": {"fa": "میز", "en": "Desks"},
    "definition": {"fa": "سهم", "en": "Share"},
    "missing": {"policy": "zero", "reason": "نه"},
    "normalise": {"method": "points", "standard": 1},
}
PLAN: dict[str, Any] = {
    "of": "county",
    "title": {"fa": "طرح", "en": "Plan"},
    "points": 100,
    "node": [
        {"code": "all", "sum": 100},
        {"code": "speed", "in": "all", "weight": 60},
        {"code": "people", "in": "all", "weight": 40},
    ],
    "indicator": [COUNTED, TOLD],
}


def changed(**changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(PLAN), **changes}


def told(**changes: Any) -> dict[str, Any]:
    return changed(indicator=[COUNTED, {**TOLD, **changes}])


def counted(**changes: Any) -> dict[str, Any]:
    return changed(indicator=[{**COUNTED, **changes}, TOLD])


def only(content: dict[str, Any]) -> Problem:
    found = problems(content)
    assert len(found) == 1, [str(one) for one in found]
    return found[0]


def test_nothing_is_wrong_with_a_right_plan() -> None:
    assert problems(PLAN) == []


@pytest.mark.parametrize("code", sorted(ready_texts()))
def test_nothing_is_wrong_with_the_ready_plans(code: str) -> None:
    assert problems(toml(ready_texts()[code])) == []


@pytest.mark.parametrize("code", sorted(ready_texts()))
def test_a_plan_written_and_read_again_is_the_same(code: str) -> None:
    content = toml(ready_texts()[code])
    assert toml(text_of(content)) == content


def test_any_text_survives_being_written() -> None:
    content = {"title": 'چند "خط"\nو \\ و \t و \x7f و \x01', "indicator": [{"blank": ["", "،"], "log": True}]}
    assert toml(text_of(content)) == content


GRAVE = [
    (changed(of=""), "plan", "", "“of” must be a text", "«of»"),
    (changed(title="  "), "plan", "", "no title in Persian and English", "عنوان"),
    (changed(points=0), "plan", "", "“points” must be above zero", "«points»"),
    (changed(pionts=3), "plan", "", "“pionts”, which means nothing", "«pionts»"),
    (changed(rank={"ties": "coin"}), "rank", "", "“ties” is “coin”", "«coin»"),
    (changed(peers={}), "peers", "", "needs either “column” or “volume”", "[peers]"),
    (changed(band=[{"least": "0.5", "title": "x"}]), "band", "", "“least” falls", "«least»"),
    (changed(default={"weight": -1}), "default", "", "“weight” must be above zero", "«weight»"),
    (changed(intervals={"draws": 10}), "intervals", "", "lacks “seed”", "«seed»"),
    (changed(intervals={"seed": 1}), "plan", "", "at least one indicator with “noise”", "«noise»"),
    (changed(floor=[{"column": "answers"}]), "floor", "", "lacks “least”", "«least»"),
    (changed(floor=[{"column": "visits", "least": 3}]), "plan", "", "names “visits”", "«visits»"),
    (changed(floor=[{"score": "nobody", "least": 1}]), "plan", "nobody", "names the score “nobody”", "«nobody»"),
    (changed(floor=[{"score": "speed", "least": 2}]), "floor", "speed", "nobody is ranked", "«speed»"),
    (changed(peers={"volume": "visits", "bands": [3]}), "plan", "", "[peers] names “visits”", "«visits»"),
    (counted(code="kindness"), "indicator", "kindness", "“kindness” is no indicator of the catalogue", "«kindness»"),
    (counted(code="received"), "indicator", "received", "neither better nor worse", "«received»"),
    (counted(direction="less"), "indicator", "answered_on_time", "“direction” is what the catalogue", "«direction»"),
    (counted(weight=0), "indicator", "answered_on_time", "“weight” must be above zero", "«weight»"),
    (counted(**{"in": "nowhere"}), "indicator", "answered_on_time", "there is no such [[node]]", "«nowhere»"),
    (counted(adjust=["kind"]), "indicator", "answered_on_time", "or a table with “per_officer”", "«per_officer»"),
    (
        counted(adjust={"per_officer": [60, 20]}),
        "indicator",
        "answered_on_time",
        "above zero that grow",
        "«per_officer»",
    ),
    (
        counted(adjust={"per_officer": [20], "parts": ["x"]}),
        "indicator",
        "answered_on_time",
        "has “parts”, which means nothing",
        "«parts»",
    ),
    (
        counted(code="median_hours", adjust={"per_officer": [20]}),
        "indicator",
        "median_hours",
        "only a share can be compared at like volume",
        "حجم کار مشابه",
    ),
    (
        counted(adjust={"volume": "visits", "per": "officers", "bands": [20]}),
        "indicator",
        "answered_on_time",
        "the volume of an office is “received” per “officers”",
        "«officers»",
    ),
    (counted(code="desks", source="declared"), "indicator", "desks", "“title” says it to people", "«title»"),
    (told(direction="up"), "indicator", "desks", "“direction” is “up”", "«up»"),
    (told(measure="metres"), "indicator", "desks", "“measure” is “metres”", "«metres»"),
    (told(definition="x" * 0), "indicator", "desks", "“definition” says it to people", "«definition»"),
    (
        told(normalise={"method": "points", "standard": 0}),
        "indicator",
        "desks",
        "“standard” must be above",
        "«standard»",
    ),
    (told(normalise={"method": "points", "standard": 2}), "indicator", "desks", "at best 50 percent", "۵۰ درصد"),
    (
        told(normalise={"method": "target", "target": 0, "nothing": 1}),
        "indicator",
        "desks",
        "says that more is better, its target scale the opposite",
        "بیشتر",
    ),
    (told(treatment={"method": "cap", "high": "0.5"}), "indicator", "desks", "at best 50 percent", "۵۰ درصد"),
    (
        told(measure="yes_no", treatment="percentiles"),
        "indicator",
        "desks",
        "nothing for “percentiles” to treat",
        "«desks»",
    ),
    (told(normalise="zscore"), "indicator", "desks", "has no exact result here", "«desks»"),
]


@pytest.mark.parametrize(("content", "table", "code", "english", "persian"), GRAVE)
def test_what_is_grave_is_named_where_it_stands(
    content: dict[str, Any], table: str, code: str, english: str, persian: str
) -> None:
    found = [one for one in problems(content) if one.grave]
    assert found
    one = found[0]
    assert (one.table, one.code) == (table, code)
    with translation.override("en"):
        assert english in str(one)
    with translation.override("fa"):
        assert persian in str(one)


def test_a_direction_that_is_missing_is_asked_for() -> None:
    row = {key: value for key, value in TOLD.items() if key != "direction"}
    one = only(changed(indicator=[COUNTED, row]))
    assert (one.table, one.code, one.key) == ("indicator", "desks", "direction")


def test_weights_that_do_not_add_up_are_told_for_every_node() -> None:
    content = changed()
    content["node"][1]["sum"] = 100
    content["node"][2]["weight"] = 30
    found = problems(content)
    assert [(one.code, one.key) for one in found] == [("all", "sum"), ("speed", "sum")]
    with translation.override("en"):
        assert [str(one) for one in found] == [
            "The weights in “all” add up to 90, not to 100.",
            "The weights in “speed” add up to 60, not to 100.",
        ]


def test_the_tree_is_one_tree() -> None:
    content = changed()
    content["node"].append({"code": "empty", "in": "all"})
    content["node"].append({"code": "desks", "in": "lost"})
    content["node"] += [{"code": "a", "in": "b"}, {"code": "b", "in": "a"}]
    codes = [(one.code, one.key) for one in problems(content)]
    assert ("empty", "") in codes
    assert ("desks", "in") in codes
    assert ("desks", "code") in codes
    assert {("a", "in"), ("b", "in")} <= set(codes)
    roots = changed(node=[{"code": "speed"}, {"code": "people"}])
    assert [one.code for one in problems(roots)] == [""]
    loose = changed(indicator=[COUNTED, {key: value for key, value in TOLD.items() if key != "in"}])
    assert ("desks", "in") in [(one.code, one.key) for one in problems(loose)]


def test_one_mistake_hides_no_other() -> None:
    content = changed(
        points="many",
        node=[{"code": "all", "mean": "golden"}],
        indicator=[{**COUNTED, "weight": "heavy", "in": "all"}, {**TOLD, "in": "all", "normalise": "magic"}],
    )
    assert [(one.table, one.code) for one in problems(content)] == [
        ("plan", ""),
        ("node", "all"),
        ("indicator", "answered_on_time"),
        ("indicator", "desks"),
    ]


DOUBTS = [
    (counted(normalise={"method": "points", "standard": "1.25"}), "answered_on_time", "at best 80 percent"),
    (told(missing="drop"), "desks", "whoever leaves it out loses nothing"),
    (told(missing="refuse"), "desks", "keeps all from being ranked"),
    (changed(points=1000), "all", "add up to 100, a full score is 1000"),
    (
        changed(arithmetic="float", indicator=[COUNTED, {**TOLD, "treatment": "log", "normalise": "minmax"}]),
        "desks",
        "zero has no logarithm",
    ),
    (
        changed(arithmetic="float", indicator=[COUNTED, {**TOLD, "measure": "count", "treatment": "winsorise"}]),
        "desks",
        "the scale is fixed for the value",
    ),
]


@pytest.mark.parametrize(("content", "code", "english"), DOUBTS)
def test_what_may_be_meant_is_only_asked(content: dict[str, Any], code: str, english: str) -> None:
    one = only(content)
    assert not one.grave
    assert one.code == code
    with translation.override("en"):
        assert english in str(one)
    assert read("x", content).rows


def test_scores_below_zero_have_no_geometric_mean() -> None:
    content = changed(arithmetic="float", indicator=[COUNTED, {**TOLD, "normalise": "zscore"}])
    content["node"][2]["mean"] = "geometric"
    one = only(content)
    assert (one.table, one.code, one.grave) == ("node", "people", True)


@pytest.mark.parametrize("content", [{}, {"indicator": 3}, {"indicator": [3], "node": 4}, {"default": 1, "of": 2}])
def test_what_is_no_plan_at_all_is_told_without_a_crash(content: dict[str, Any]) -> None:
    assert any(one.grave for one in problems(content))
    with pytest.raises(BadPlan):
        read("x", content)
