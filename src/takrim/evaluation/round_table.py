"""The table of a round as the engine reads it, and its bundle: one line an office, from the values kept for it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.evaluation.amounts import amount
from takrim.evaluation.bundle import pack, read_scored
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.models_values import Column, Value
from takrim.evaluation.plan import UNIT
from takrim.evaluation.scoring.engine import Scored
from takrim.evaluation.scoring.plan import Plan
from takrim.evaluation.scoring.reading import plan_of_text

NAME: Final = "name"
GROUP: Final = "group"
# Behind the code of an indicator, the columns that a plan may name beside its value.
PARTS: Final = ("part", "whole", "cases", "low", "high")
Values = Mapping[str, Value]


def columns(plan: Plan) -> list[str]:
    """The headings: unit and name, words, numbers, in the plan's order."""
    return list(dict.fromkeys([UNIT, NAME, *plan.word_columns, *plan.number_columns]))


def table_text(plan: Plan, entrants: Sequence[tuple[Entrant, Values]], column: Column = Column.FINAL) -> str:
    """The CSV of a round by one of the columns of its values; the same bytes for the same values."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    heading = columns(plan)
    rows.writerow(heading)
    for entrant, values in entrants:
        rows.writerow([_cell(plan, entrant, values, name, column) for name in heading])
    return written.getvalue()


def _cell(plan: Plan, entrant: Entrant, values: Values, name: str, column: Column) -> str:
    words = {UNIT: entrant.unit_path, NAME: entrant.name_fa, GROUP: entrant.group}
    if name in words:
        return words[name]
    code, _dot, part = name.rpartition(".")
    if code in plan.by_code and part in PARTS:
        return _part(values.get(code), part, column)
    if name in plan.by_code:
        return _part(values.get(name), "", column)
    size: str = entrant.sizes.get(name, "")
    return size


def _part(value: Value | None, part: str, column: Column) -> str:
    """What stands in the table for one value, or for one of its parts."""
    text: str = getattr(value, column) if value is not None else ""
    found = amount(text)
    if value is None or found is None or found.value is None:
        return "0" if part == "cases" else ""
    # Only of what was counted is it known how sure it is.
    counted = text == value.automatic
    if part in {"low", "high"}:
        end: str = getattr(value, part) if counted else ""
        return end or str(found.value)
    if part == "part":
        return str(found.part)
    if not part:
        return str(found.value)
    whole = value.cases if found.whole is None or (counted and part == "cases") else found.whole
    return "" if whole is None else str(whole)


def digest(table: str) -> str:
    """What a round keeps of its table."""
    return hashlib.sha256(table.encode()).hexdigest()


def table_of(plan_text: str, round: Round, column: Column) -> str:
    """The table of a round by a plan as the engine reads it, of all offices whose figures are known. Two queries."""
    values: dict[int, dict[str, Value]] = {}
    for value in Value.objects.filter(entrant__round=round):
        values.setdefault(value.entrant_id, {})[value.indicator] = value
    entrants = Entrant.objects.filter(round=round, stale="").order_by("unit_path")
    return table_text(plan_of_text(plan_text), [(one, values.get(one.pk, {})) for one in entrants], column)


def inputs(round: Round, column: Column = Column.FINAL) -> str:
    """The table of a frozen round."""
    return table_of(round.plan_text, round, column)


def scored(round: Round, column: Column = Column.FINAL) -> Scored:
    """The round scored again from what is kept, as its bundle does it."""
    return score_texts(inputs(round, column), round.plan_text)


def score_texts(table: str, plan_text: str) -> Scored:
    """A table scored by a plan, both as they stand in the bundle."""
    return read_scored(table.encode(), plan_text.encode())


def bundle_of(round: Round, key: Ed25519PrivateKey) -> bytes:
    """The signed bundle of a round's last result: `takrim rank --bundle --verify` computes it again."""
    return pack(inputs(round).encode(), round.plan_text.encode(), key)
