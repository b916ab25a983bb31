"""Small plans and tables for the scoring engine, written as people write them."""

from __future__ import annotations

from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.evaluation.scoring.table import read_text

ONE = 'unit = "u"\n[[indicator]]\ncode = "a"\ndirection = "more"\n'


def scored(plan: str, table: str) -> Scored:
    """A plan's text applied to a CSV's text, whose cells may be set apart by spaces."""
    read = plan_of_text(plan)
    return score(read, read_text("\n".join(",".join(line.split()) for line in table.strip().splitlines()), read))


def one_indicator(keys: str, values: str, top: str = "") -> list[float | None]:
    """Scores of one indicator `a` with these keys, for units with these values ("-" is a gap)."""
    plan = f'unit = "u"\n{top}\n[[indicator]]\ncode = "a"\n{keys}'
    lines = [f"u{place} {value}" for place, value in enumerate(values.split())]
    found = scored(plan, "u a\n" + "\n".join(lines)).worked["a"].score
    return [None if value is None else float(value) for value in map(found.at, range(len(lines)))]


def ranks(found: Scored) -> dict[str, int | float | None]:
    return {one.unit: one.rank for one in found.standings}
