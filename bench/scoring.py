"""`python -m bench.scoring`: time and memory of the scoring engine, 5,000 units × 500 indicators."""

from __future__ import annotations

import random
import resource
import tempfile
import time
from pathlib import Path

UNITS, INDICATORS, NODES = 5_000, 500, 25
AIM_SECONDS, AIM_MB = 2.0, 500

PLAN = """
unit = "unit"
[rank]
decimals = 6
[default]
missing = "drop"
treatment = {treatment}
normalise = {{ method = "minmax", high = 100 }}
[[node]]
code = "total"
{nodes}
{indicators}
"""


def plan_text(treatment: str) -> str:
    """A plan of 500 indicators in 25 nodes, half of them the less the better."""
    nodes = "\n".join(f'[[node]]\ncode = "n{place}"\nin = "total"' for place in range(NODES))
    rows = (
        f'[[indicator]]\ncode = "i{place}"\nin = "n{place % NODES}"\nweight = {1 + place % 7}\n'
        f'direction = "{("more", "less")[place % 2]}"'
        for place in range(INDICATORS)
    )
    return PLAN.format(treatment=treatment, nodes=nodes, indicators="\n".join(rows))


def write_table(path: Path) -> None:
    """Skewed numbers, one in two hundred missing."""
    draw = random.Random(1405)
    with path.open("w", encoding="utf-8") as file:
        file.write(",".join(["unit", *(f"i{place}" for place in range(INDICATORS))]) + "\n")
        for unit in range(UNITS):
            cells = ("" if draw.random() < 0.005 else f"{draw.lognormvariate(3, 1):.6g}" for _ in range(INDICATORS))
            file.write(f"u{unit}," + ",".join(cells) + "\n")


def chance() -> None:
    """430 offices × 40 shares, a thousand times drawn anew and a thousand times weighed otherwise."""
    from takrim.evaluation.scoring.engine import score
    from takrim.evaluation.scoring.intervals import intervals
    from takrim.evaluation.scoring.reading import plan_of
    from takrim.evaluation.scoring.sensitivity import sensitivity
    from takrim.evaluation.scoring.table import table

    draw = random.Random(1405)
    codes = [f"i{place}" for place in range(40)]
    row = {"direction": "more", "denominator": "n", "noise": "share", "normalise": {"method": "points", "standard": 1}}
    row |= {"shrink": {"strength": 20}, "in": "all"}
    often = {"draws": 1000, "seed": 1405}
    content = {"unit": "unit", "intervals": often, "sensitivity": often, "points": 1000, "node": [{"code": "all"}]}
    plan = plan_of({**content, "indicator": [{"code": code, **row} for code in codes]})
    cases = [draw.randrange(20, 5000) for _unit in range(430)]
    numbers = {code: [int(whole * draw.betavariate(8, 2)) for whole in cases] for code in codes}
    found = score(plan, table(plan, [f"u{place}" for place in range(430)], {"n": cases, **numbers}))
    start = time.process_time()
    bands = max(one.bands[1] for one in intervals(found).values())
    drawn = time.process_time()
    sensitivity(found)
    end = time.process_time()
    print(f"430 × 40, 1,000 draws: intervals {drawn - start:.1f} s ({bands} bands), sensitivity {end - drawn:.1f} s")


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read, score, rank: plainly, and with every column looked at for outliers. Seconds are the processor's."""
    from takrim.evaluation.scoring.engine import score
    from takrim.evaluation.scoring.reading import plan_of_text
    from takrim.evaluation.scoring.table import read_csv

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_table(path)
        print(f"{UNITS:,} units × {INDICATORS} indicators; aim: {AIM_SECONDS:g} s, {AIM_MB} MB")
        for name, treatment in (("plain", "[]"), ("winsorised", '["winsorise"]')):
            start = time.process_time()
            plan = plan_of_text(plan_text(treatment))
            read = time.process_time()
            table = read_csv(path, plan)
            scoring = time.process_time()
            found = score(plan, table)
            end = time.process_time()
            first = found.in_order[0]
            print(
                f"{name}: plan {read - start:.2f} s, table {scoring - read:.2f} s, score {end - scoring:.2f} s, "
                f"together {end - start:.2f} s, at most {memory():.0f} MB; first {first.unit}"
            )
    chance()


if __name__ == "__main__":
    main()
