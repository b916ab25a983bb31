"""A plan ready to print: its tree with points and formulas, its rules, what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from takrim.evaluation.plan import Plan
from takrim.evaluation.plan_form import CATALOGUE, Source, title_of
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring.parts import METHODS
from takrim.evaluation.scoring.plan import Indicator, Node
from takrim.web.plans import words
from takrim.web.plans.words import Word


@dataclass(frozen=True)
class Line:
    """One node or indicator of the tree, indented by its depth. `points`: the most that can be earned here."""

    depth: int
    is_node: bool
    code: str
    title: Word
    weight: str
    points: str
    part: str
    source: Word = ""
    says: str = ""
    definition: Word = ""
    missing: str = ""
    proof: bool = False


def tree(plan: Plan, lang: str) -> list[Line]:
    """The tree from its root downwards; with a method over a matrix, its indicators in a row."""
    scoring = plan.scoring
    if scoring.method:
        whole = sum((row.weight for row in plan.rows), Fraction(0))
        return [_row(plan, row, 0, row.weight / whole, lang, points=False) for row in plan.rows]
    return list(_below(plan, scoring.root, 0, Fraction(1), lang))


def _below(plan: Plan, code: str, depth: int, share: Fraction, lang: str) -> Iterator[Line]:
    node = plan.scoring.by_code[code]
    assert isinstance(node, Node)
    children = plan.scoring.children[code]
    title = node.titles[lang] if node.titles else (plan.title(lang) if depth == 0 else code)
    yield Line(
        depth=depth,
        is_node=True,
        code=code,
        title=title,
        weight="" if depth == 0 else words.figure(node.weight, lang),
        points=words.figure(share * plan.scoring.points, lang),
        part="",
        says=str(words.MEANS[node.mean]) if len(children) > 1 else "",
    )
    whole = sum((child.weight for child in children), Fraction(0))
    for child in children:
        part = share * child.weight / whole
        if isinstance(child, Node):
            yield from _below(plan, child.code, depth + 1, part, lang)
        else:
            yield _row(plan, child, depth + 1, part, lang, points=True)


def _in(lang: str, reason: str) -> str:
    """A reason that is written in both languages, as in «اعلام نشده · not declared», is read in one."""
    both = reason.split(" · ")
    return both[lang != "fa"] if len(both) == 2 else reason


def _row(plan: Plan, row: Indicator, depth: int, part: Fraction, lang: str, *, points: bool) -> Line:
    asked = (plan.asked or {}).get(row.code)
    missing = str(words.POLICIES[row.missing.policy])
    if row.missing.reason:
        missing += f": {_in(lang, row.missing.reason)}"
    return Line(
        depth=depth,
        is_node=False,
        code=row.code,
        title=title_of(row.code, row.titles, lang),
        weight=words.figure(row.weight, lang),
        points=words.figure(part * plan.scoring.points, lang) if points else "",
        part=words.figure(part * 100, lang),
        source=words.SOURCES[asked.source if asked else Source.COMPUTED],
        says=words.formula(row, lang),
        definition=asked.definition[lang] if asked else CATALOGUE[row.code].definition,
        missing=missing,
        proof=bool(asked and asked.proof),
    )


def rules(plan: Plan, lang: str) -> dict[str, Any]:
    """What holds for the whole plan."""
    scoring = plan.scoring
    return {
        "points": words.figure(scoring.points, lang),
        "exact": scoring.exact,
        "decimals": words.figure(scoring.decimals, lang),
        "ties": words.TIES[scoring.ties],
        "method": scoring.method.method if scoring.method and scoring.method.method in METHODS else "",
        "volume": scoring.peers.volume if scoring.peers else "",
        "column": scoring.peers.column if scoring.peers else "",
        "bands": [words.figure(bound, lang) for bound in scoring.peers.bands] if scoring.peers else [],
        "least": words.figure(plan.minimum, lang) if plan.minimum else "",
        "floors": [(one.score, words.figure(one.least, lang)) for one in scoring.floors if one.score],
        "classes": [(band.titles[lang], words.figure(band.least * 100, lang)) for band in plan.bands],
        "draws": words.figure(scoring.intervals.draws, lang) if scoring.intervals else "",
        "sensitivity": words.figure(scoring.sensitivity.draws, lang) if scoring.sensitivity else "",
        "basis": plan.basis[lang] if plan.basis else "",
    }


@dataclass(frozen=True)
class Fault:
    """A problem ready to print, with the place in the form that it leads to."""

    table: Word
    code: str
    sentence: str
    grave: bool
    target: str = ""


def faults(found: list[Problem], targets: dict[tuple[str, str], str] | None = None) -> list[Fault]:
    """What is grave first."""
    known = targets or {}
    rows = [
        Fault(_table(one), one.code, words.sentence(one), one.grave, known.get((one.table, one.code), ""))
        for one in found
    ]
    return sorted(rows, key=lambda one: not one.grave)


def _table(problem: Problem) -> Word:
    """Where it is, if the sentence does not begin by saying so."""
    word = words.TABLES.get(problem.table, problem.table)
    return "" if str(problem).casefold().startswith(str(word).casefold()) else word
