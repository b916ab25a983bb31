"""`python -m bench.published --asem FOLDER`: the engine against a whole published index, step by step.

FOLDER holds the tables that the R package COINr publishes for the ASEM index of the Joint Research Centre, as CSV and
JSON: the raw data, the result of each step, and the ranks.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from takrim.evaluation.scoring.columns import Column
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.plan import Plan
from takrim.evaluation.scoring.ranks import ranks
from takrim.evaluation.scoring.reading import plan_of
from takrim.evaluation.scoring.table import read_text

WITHIN = 1e-9
STEPS: dict[str, Callable[[Scored, str], Column]] = {
    "Data_Raw.csv": lambda found, code: found.worked[code].raw,
    "Data_Denominated.csv": lambda found, code: found.worked[code].denominated,
    "Data_Imputed.csv": lambda found, code: found.worked[code].filled,
    "Data_Treated.csv": lambda found, code: found.worked[code].treated,
    "Data_Normalised.csv": lambda found, code: found.worked[code].score,
    "Data_Aggregated.csv": lambda found, code: found.column(code),
}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asem_plan(folder: Path) -> Plan:
    """The index as its own metadata describe it."""
    treat = json.loads((folder / "Method_treat.json").read_text())
    treatment = {"method": "winsorise", "skew": str(treat["t_skew"][0]), "kurtosis": str(treat["t_kurt"][0])}
    structure = rows(folder / "Parameters_Structure.csv")
    above = {row["Agg1"]: row["Agg2"] for row in structure} | {row["Agg2"]: row["Agg3"] for row in structure}
    nodes = [{"code": "Index"}, *({"code": code, "in": node} for code, node in above.items())]
    return plan_of(
        {
            "unit": "UnitCode",
            "rank": {"decimals": 2},
            "default": {
                "missing": {"policy": "mean", "of": "Group_EurAsia"},
                "treatment": treatment,
                "normalise": {"method": "minmax", "low": 0, "high": 100},
            },
            "indicator": [_indicator(row) for row in rows(folder / "Input_IndMeta.csv")],
            "node": nodes,
        }
    )


def _indicator(row: dict[str, str]) -> dict[str, Any]:
    by = row["Denominator"]
    return {
        "code": row["IndCode"],
        "in": row["Agg1"],
        "weight": row["IndWeight"],
        "direction": "more" if float(row["Direction"]) > 0 else "less",
        **({} if by in {"", "NA"} else {"denominator": by}),
    }


def asem_table(folder: Path) -> str:
    """Indicators and denominators side by side."""
    sizes = {row["UnitCode"]: row for row in rows(folder / "Input_Denominators.csv")}
    raw = rows(folder / "Data_Raw.csv")
    divisors = [name for name in next(iter(sizes.values())) if name.startswith("Den_")]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*raw[0], *divisors])
    writer.writerows([*row.values(), *(sizes[row["UnitCode"]][name] for name in divisors)] for row in raw)
    return out.getvalue()


def furthest(found: Scored, published: Sequence[dict[str, str]], step: Callable[[Scored, str], Column]) -> float:
    """The largest difference of any cell; a gap on one side only is infinitely far."""
    worst = 0.0
    for code in [code for code in found.plan.by_code if code in published[0]]:
        values = step(found, code)
        for row in published:
            place = found.table.units.index(row["UnitCode"])
            value, text = values.at(place), row[code]
            if (value is None) != (text in {"", "NA"}):
                return float("inf")
            if value is not None:
                worst = max(worst, abs(float(value) - float(text)))
    return worst


def main() -> int:
    """Compare, print, and exit with 1 if anything differs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--asem", type=Path, required=True)
    folder = parser.parse_args().asem
    plan = asem_plan(folder)
    found = score(plan, read_text(asem_table(folder), plan))
    good = True
    for name, step in STEPS.items():
        distance = furthest(found, rows(folder / name), step)
        good &= distance <= WITHIN
        print(f"{name}: at most {distance:.1e} away")
    published = {row["UnitCode"]: row for row in rows(folder / "Results_AggregatesRank.csv")}
    for node in plan.nodes:
        totals = found.nodes[node.code].values.round(plan.decimals)
        own = ranks(totals, plan.ties)
        same = sum(int(published[unit][node.code]) == rank for unit, rank in zip(found.table.units, own, strict=True))
        good &= same == len(published)
        print(f"{node.code}: {same} of {len(published)} ranks")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
