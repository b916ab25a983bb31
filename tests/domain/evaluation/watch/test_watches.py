"""Each watch finds what it is there for, lets its innocent twin go, and says what it saw in both languages."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from random import Random

import pytest
from django.utils import translation

from takrim.evaluation.watching import WATCHES
from takrim.indicators.indicator import INDICATORS
from tests.domain.evaluation.watch.made import DAY, EXAMPLES, office, one_hand, rush_at_end, same_text
from tests.guards import tree

SEEDS = (1405, 7, 31)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("code", WATCHES.items)
def test_it_finds_the_one_and_lets_its_twin_go(code: str, seed: int) -> None:
    guilty, innocent, many = EXAMPLES[code]
    watch = WATCHES[code]
    (found,) = watch.look(guilty(Random(seed)))
    assert found.numbers["many"] == many
    assert len(found.cases) == len(set(found.cases)) == many
    assert found.unusual >= 1
    assert watch.look(innocent(Random(seed))) == []


@pytest.mark.parametrize("code", WATCHES.items)
def test_no_other_watch_is_led_astray(code: str) -> None:
    guilty, _innocent, _many = EXAMPLES[code]
    facts = guilty(Random(1))
    assert [other for other, watch in WATCHES if watch.look(facts)] == [code]


@pytest.mark.parametrize("code", WATCHES.items)
def test_what_was_found_is_said_with_its_numbers(code: str) -> None:
    watch = WATCHES[code]
    (found,) = watch.look(EXAMPLES[code][0](Random(1)))
    json.dumps(dict(found.numbers))
    with translation.override("fa"):
        persian, rule = watch.say(found.numbers), watch.say_rule()
    with translation.override("en"):
        english = watch.say(found.numbers)
    assert str(found.numbers["many"]) in english
    # Persian digits only, and nothing left open.
    assert not re.search(r"[0-9{}A-Za-z]", persian + rule)


@pytest.mark.parametrize("code", WATCHES.items)
def test_a_rule_is_published_with_its_limits_and_their_reasons(code: str) -> None:
    watch = WATCHES[code]
    page = tree.text(tree.ROOT / "docs/watch.md")
    section = page.split(f"## {code}\n", 1)[1].split("\n## ", 1)[0]
    for name, limit in watch.limits.items():
        assert str(limit.reason)
        assert f"| `{name}` | {limit.value} |" in section
    assert set(watch.touches) <= set(INDICATORS.items)


def test_every_watch_has_an_example_and_every_example_a_watch() -> None:
    assert list(WATCHES.items) == sorted(EXAMPLES)


def test_the_limit_decides_and_nothing_else() -> None:
    """One matter fewer than the rule asks for, and nothing is found."""
    watch, facts = WATCHES["same_text"], same_text(Random(1))
    (found,) = watch.look(facts)
    limits = {"least": int(found.numbers["many"]) + 1}
    assert list(watch.find(facts, limits)) == []


def test_an_office_without_any_work_is_no_finding() -> None:
    assert [code for code, watch in WATCHES if watch.look(office())] == []


def test_a_week_is_too_short_to_have_last_days() -> None:
    facts = rush_at_end(Random(1))
    assert WATCHES["rush_at_end"].look(replace(facts, start=facts.end - 8 * DAY)) == []


def test_whose_hand_it_was_is_not_said_aloud() -> None:
    (found,) = WATCHES["one_hand"].look(one_hand(Random(1)))
    assert found.key == "person:7"
    assert "person:7" not in json.dumps(dict(found.numbers))
