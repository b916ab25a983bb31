"""The signed bundle of a ranking of offices: the figures it was made of and the plan, as `takrim rank` takes them."""

from __future__ import annotations

import csv
import io
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from takrim.evaluation.bundle import pack
from takrim.evaluation.plan import ANSWERS, UNIT, Plan, sample_column
from takrim.evaluation.plan_text import text_of
from takrim.evaluation.ranking import Ranking
from takrim.evaluation.scoring.plan import Indicator
from takrim.orgs.units import unit_name

NAME: Final = "name"


def bundle_of(found: Ranking, key: Ed25519PrivateKey) -> bytes:
    """The bundle of a ranking as its page shows it: the same totals, the same ranks."""
    return pack(table_text(found).encode(), plan_text(found.plan).encode(), key)


def table_text(found: Ranking) -> str:
    """One line an office. A value of too few cases is left out: who replied could be guessed."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    of = [(row, name) for row in found.plan.rows for name in (row.code, sample_column(row.code))]
    rows.writerow([UNIT, NAME, ANSWERS, *(name for _row, name in of)])
    for place, unit in enumerate(found.scored.table.units):
        cells = [_cell(found, row, name, place) for row, name in of]
        rows.writerow([unit, unit_name(unit, "fa"), _number(found, ANSWERS, place), *cells])
    return written.getvalue()


def _cell(found: Ranking, row: Indicator, name: str, place: int) -> str:
    sample = found.scored.table.numbers[sample_column(row.code)].at(place)
    too_few = name == row.code and (sample or 0) < row.least
    return "" if too_few else _number(found, name, place)


def _number(found: Ranking, name: str, place: int) -> str:
    value = found.scored.table.numbers[name].at(place)
    return "" if value is None else str(value)


def plan_text(plan: Plan) -> str:
    """The plan as TOML, with what the catalogue says of its indicators written out."""
    return text_of({**plan.content, NAME: NAME})
