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


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Read, score and rank twice: plainly, and with every column looked at for outliers."""
    from takrim.evaluation.scoring.engine import score
    from takrim.evaluation.scoring.reading import plan_of_text
    from takrim.evaluation.scoring.table import read_csv

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        write_table(path)
        print(f"{UNITS:,} units × {INDICATORS} indicators; aim: {AIM_SECONDS:g} s, {AIM_MB} MB")
        for name, treatment in (("plain", "[]"), ("winsorised", '["winsorise"]')):
            start = time.perf_counter()
            plan = plan_of_text(plan_text(treatment))
            read = time.perf_counter()
            table = read_csv(path, plan)
            scoring = time.perf_counter()
            found = score(plan, table)
            end = time.perf_counter()
            first = found.in_order[0]
            print(
                f"{name}: plan {read - start:.2f} s, table {scoring - read:.2f} s, score {end - scoring:.2f} s, "
                f"together {end - start:.2f} s, at most {memory():.0f} MB; first {first.unit}"
            )


if __name__ == "__main__":
    main()
