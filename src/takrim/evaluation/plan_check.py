"""Everything that is wrong with a plan at once, each a sentence that names its place; the engine stops at the first.

What is grave keeps a plan from being used; the rest is said to whoever writes it, who may have meant it so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from takrim.evaluation import plan_form
from takrim.evaluation.plan import UNIT, read, sample_column, without_form
from takrim.evaluation.plan_doubts import doubts
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring import keys, reading
from takrim.evaluation.scoring.errors import BadPlan

# A row that is right, in whose company one other part of a plan is read.
_RIGHT: Final = {"code": "x", "direction": "more"}
_ALONE: Final = ("rank", "peers", "intervals", "sensitivity", "method")
# Read with all the rest, or not told to the engine.
_APART: Final = ("default", "node", "indicator", "floor", *_ALONE, *plan_form.TOP)


def problems(content: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a plan for offices, in the order of its parts; nothing found: it can be read and used."""
    found = [*_parts(content), *_tree(content)]
    if not found:
        found += _whole(content)
    if not any(one.grave for one in found):
        found += doubts(read("", content))
    return found


def _caught(deed: Callable[[], object], table: str, code: str = "") -> Iterator[Problem]:
    try:
        deed()
    except BadPlan as wrong:
        yield Problem(table, code, wrong.reason, wrong.facts, str(wrong.facts.get("key", "")))


def _engine(**content: Any) -> Callable[[], object]:
    return lambda: reading.plan_of({"unit": UNIT, "indicator": [_RIGHT], **content})


def _parts(content: Mapping[str, Any]) -> Iterator[Problem]:
    """Each part read by itself, so that a mistake in one hides none in another."""
    yield from _caught(lambda: keys.word(content, "of", ""), "plan")
    yield from _caught(lambda: keys.flag(content, "live", "", default=False), "plan")
    yield from _caught(lambda: keys.titles(content, "basis"), "plan")
    if keys_missing(content, "title"):
        yield Problem("plan", "", _("The plan has no title in Persian and English."), {}, "title")
    rest = {key: value for key, value in content.items() if key not in _APART}
    yield from _caught(_engine(**rest), "plan")
    for name in _ALONE:
        # Without anything left to chance intervals mean nothing; that is asked of the whole.
        noisy = {"indicator": [{**_RIGHT, "noise": {"method": "error", "column": "x"}}]} if name == "intervals" else {}
        if name in content:
            yield from _caught(_engine(**{name: content[name], **noisy}), name)
    yield from _caught(lambda: plan_form.bands_of(content), "band")
    yield from _rows(content)


def keys_missing(row: Mapping[str, Any], key: str) -> bool:
    """Whether a text in both languages is not there."""
    value = row.get(key)
    said = value.values() if isinstance(value, Mapping) else [value]
    return not all(isinstance(one, str) and one.strip() for one in said)


def _rows(content: Mapping[str, Any]) -> Iterator[Problem]:
    default = content.get("default", {})
    if not isinstance(default, Mapping):
        yield from _caught(lambda: keys.table(default, "default"), "default")
        return
    engine = without_form(default)
    yield from _caught(_engine(default={key: value for key, value in engine.items() if key != "in"}), "default")
    for name in ("node", "floor"):
        yield from _caught(partial(keys.tables, content, name), name)
    for row, where in _tables(content, "node"):
        alone = {key: value for key, value in row.items() if key not in {"in", "sum"}}
        yield from _caught(_engine(node=[alone]), "node", str(row.get("code", "")))
        yield from _caught(partial(_sum_is_number, row, where), "node", str(row.get("code", "")))
    for row, _where in _tables(content, "floor"):
        yield from _caught(_engine(floor=[{**row, "score": "x"} if "score" in row else row]), "floor")
    yield from _caught(lambda: keys.tables(content, "indicator", needed=True), "indicator")
    for row, where in _tables(content, "indicator"):
        yield from _indicator(row, where, default)


def _sum_is_number(row: Mapping[str, Any], where: str) -> None:
    if "sum" in row:
        keys.number(row, "sum", where)


def _indicator(row: Mapping[str, Any], where: str, default: Mapping[str, Any]) -> Iterator[Problem]:
    code = str(row.get("code", ""))
    found = list(_caught(lambda: keys.word(row, "code", where), "indicator", code))
    if not found:
        found += _caught(lambda: plan_form.asked_of({**default, **row}, where), "indicator", code)
        found += _caught(lambda: _read_alone(row, where, default), "indicator", code)
    yield from found


def _read_alone(row: Mapping[str, Any], where: str, default: Mapping[str, Any]) -> None:
    engine = without_form(row)
    if plan_form.counts(row["code"]):
        engine = plan_form.of_catalogue(row, where, sample_column(row["code"]))
    whole = {**without_form(default), **engine}
    whole.pop("in", None)
    reading.plan_of({"unit": UNIT, "indicator": [whole]})


def _tables(content: Mapping[str, Any], name: str) -> list[tuple[Mapping[str, Any], str]]:
    try:
        return keys.tables(content, name)
    except BadPlan:
        return []


def _tree(content: Mapping[str, Any]) -> Iterator[Problem]:
    """One tree: every code once, everything in a node that is there, no node empty, the weights as they are stated."""
    default = content.get("default", {})
    nodes = [row for row, _where in _tables(content, "node") if isinstance(row.get("code"), str)]
    rows = [row for row, _where in _tables(content, "indicator") if isinstance(row.get("code"), str)]
    yield from _codes(nodes, rows)
    if not nodes:
        return
    under = {row["code"]: row.get("in", "") for row in nodes}
    into = default.get("in", "") if isinstance(default, Mapping) else ""
    places = [(row["code"], row.get("in", into) or (nodes[0]["code"] if len(nodes) == 1 else "")) for row in rows]
    for table, code, node in [
        *(("indicator", *one) for one in places),
        *(("node", code, node) for code, node in under.items() if node),
    ]:
        if not node:
            yield Problem(table, code, _("“{code}” is in no [[node]]: say in which."), {"code": code}, "in")
        elif node not in under:
            reason = _("“{code}” is in “{node}”, and there is no such [[node]].")
            yield Problem(table, code, reason, {"code": code, "node": node}, "in")
    roots = [code for code, node in under.items() if not node]
    if len(roots) != 1:
        reason = _("Exactly one [[node]] must be in no other; found: {found}.")
        yield Problem("node", "", reason, {"found": ", ".join(roots) or "—"}, "in")
    yield from _nodes(nodes, under, places)
    yield from _sums(content, nodes, rows, places)


def _codes(nodes: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    seen: set[str] = set()
    for table, row in [*(("node", row) for row in nodes), *(("indicator", row) for row in rows)]:
        if row["code"] in seen:
            yield Problem(table, row["code"], _("The code “{code}” is given twice."), {"code": row["code"]}, "code")
        seen.add(row["code"])


def _nodes(
    nodes: Sequence[Mapping[str, Any]], under: Mapping[str, str], places: Sequence[tuple[str, str]]
) -> Iterator[Problem]:
    filled = {node for _code, node in places} | set(under.values())
    for row in nodes:
        code = row["code"]
        if code not in filled:
            yield Problem("node", code, _("There is nothing in the node “{code}”."), {"code": code})
        above, steps = code, 0
        while under.get(above) and steps <= len(under):
            above, steps = under[above], steps + 1
        if steps > len(under):
            yield Problem("node", code, _("The nodes above “{code}” lead in a circle."), {"code": code}, "in")


def _sums(
    content: Mapping[str, Any],
    nodes: Sequence[Mapping[str, Any]],
    rows: Sequence[Mapping[str, Any]],
    places: Sequence[tuple[str, str]],
) -> Iterator[Problem]:
    default = content.get("default", {})
    usual = default.get("weight", 1) if isinstance(default, Mapping) else 1
    found: dict[str, Fraction] = {}
    for (_code, node), row in zip(places, rows, strict=True):
        found[node] = found.get(node, Fraction(0)) + _number(row.get("weight", usual))
    for row in nodes:
        found[row.get("in", "")] = found.get(row.get("in", ""), Fraction(0)) + _number(row.get("weight", 1))
    for row in nodes:
        if "sum" not in row:
            continue
        wanted, got = _number(row["sum"]), found.get(row["code"], Fraction(0))
        if wanted != got:
            reason = _("The weights in “{code}” add up to {found}, not to {wanted}.")
            facts = {"code": row["code"], "found": _shown(got), "wanted": _shown(wanted)}
            yield Problem("node", row["code"], reason, facts, "sum")


def _number(value: object) -> Fraction:
    """A weight, as far as it is one; that it is none was said before."""
    try:
        return keys.number_of(value, "weight", "")
    except BadPlan:
        return Fraction(0)


def _shown(value: Fraction) -> int | str:
    return int(value) if value.denominator == 1 else f"{float(value):g}"


def _whole(content: Mapping[str, Any]) -> Iterator[Problem]:
    """What only the whole can say, once every part is right: one thing at a time."""
    for one in _caught(lambda: read("", content), "plan"):
        code = str(one.facts.get("code", ""))
        table = "indicator" if any(code == row.get("code") for row in content.get("indicator", [])) else "plan"
        yield Problem(table, code, one.reason, one.facts, one.key)
