"""What one journal entry adds to the parts and wholes of indicators: the rules of the catalogue, gathered by verb."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache

from takrim.indicators.adding import Facts, Rule, Wait
from takrim.indicators.increments import STEPS, Increment, increments
from takrim.indicators.indicator import INDICATORS


@cache
def rules() -> Mapping[str, tuple[tuple[str, Rule], ...]]:
    """By the verb of an entry: the indicators that follow it, each with its rule."""
    found: dict[str, tuple[tuple[str, Rule], ...]] = {}
    for code, indicator in INDICATORS:
        for verb, rule in indicator.follows.items():
            found[verb] = (*found.get(verb, ()), (code, rule))
    return found


@cache
def verbs() -> frozenset[str]:
    """Of which entries the figures take notice."""
    return frozenset(STEPS) | frozenset(rules())


def pieces(verb: str, facts: Facts, at: datetime, unit_path: str) -> list[Increment]:
    """What an entry adds to the indicators that follow it."""
    found: list[Increment] = []
    unit = facts.get("unit") or unit_path
    for code, rule in rules().get(verb, ()):
        for one in rule(facts, at, unit):
            if isinstance(one, Wait):
                found.append(("awaited", (one.unit, code, one.day), one.n))
                continue
            key = (one.unit, one.month, code, one.value)
            if one.part:
                found.append(("piece", (*key, "part"), one.part))
            if one.whole:
                found.append(("piece", (*key, "whole"), one.whole))
    return found


def all_increments(verb: str, facts: Facts, at: datetime, unit_path: str) -> list[Increment]:
    """Everything that an entry adds to the figures."""
    return [*increments(verb, facts, at, unit_path), *pieces(verb, facts, at, unit_path)]
