"""`python -m bench.rounds [--cases 200000] [--database sqlite] [--database postgresql]`: a round of the whole country.

Gives each of the 31 provinces its county offices until there are 430, fills cases over three years, and measures in one
process, as the worker would: all values of all these offices for half a year from the rollups; a round by forty
indicators with 1,000 bootstrap draws and 1,000 drawn weights, from freezing to the final result; the rollups made anew
from the journal, which must come out equal to the last integer.

`--keep FILE` writes the figures that were filled, `--figures FILE` takes them up in another database instead of filling
that one: values and rounds follow from figures alone, so that only making them anew is not measured there.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench import servers
from bench.__main__ import _database, _machine

HERE = "BENCH_ROUNDS"
KEEP, GIVEN = "BENCH_KEEP", "BENCH_FIGURES"
OFFICES, INDICATORS = 430, 40
VALUES_AIM, ROUND_AIM = 5.0, 60.0
PLAN = """
of = "county"
points = 1000

[rank]
decimals = 2

[[floor]]
column = "answers"
least = 20

[default]
missing = { policy = "zero", reason = "bench" }
normalise = "minmax"

[[node]]
code = "total"
"""


def main() -> int:
    """Measure on the databases that were asked for; the exit code says only whether it ran."""
    parser = argparse.ArgumentParser(prog="python -m bench.rounds", description=__doc__)
    parser.add_argument("--cases", type=int, default=200_000)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--keep", type=Path, help="where the figures are written")
    parser.add_argument("--figures", type=Path, help="figures to be taken up instead of filling")
    options = parser.parse_args()
    files = {KEEP: options.keep, GIVEN: options.figures}
    named = {name: str(path.resolve()) for name, path in files.items() if path}
    print(f"# {_machine()}; load before it: {os.getloadavg()[0]:.1f}\n")
    print("| database | what | seconds | of them computing | aim |\n|---|---|---|---|---|", flush=True)
    for kind in options.database or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="takrim-bench-") as folder, _database(kind) as url:
            env = servers.environment(Path(folder), url, **{HERE: kind}, **named)
            for step in ("units", "measure"):
                quiet = subprocess.DEVNULL if step == "units" else None
                if step == "units":
                    servers.takrim(["migrate"], env)
                elif not options.figures:
                    servers.takrim(["fill", "--cases", str(options.cases), "--seed", "1"], env)
                subprocess.run(
                    [sys.executable, "-m", "bench.rounds", step], env=env, cwd=servers.ROOT, check=True, stdout=quiet
                )
    return 0


@contextmanager
def _clock(what: str, aim: float | None = None) -> Iterator[None]:
    start, worked = time.perf_counter(), time.process_time()
    yield
    took, computing = time.perf_counter() - start, time.process_time() - worked
    said = "" if aim is None else f"≤ {aim:g}"
    over = " **over**" if aim is not None and took > aim else ""
    print(f"| {os.environ[HERE]} | {what} | {took:.1f}{over} | {computing:.1f} | {said} |", flush=True)


def here(step: str) -> None:
    """In a process of its own, with the database set up."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    django.setup()
    {"units": units, "measure": _measure}[step]()


def units() -> None:
    """County offices below every province, until there are enough in all."""
    from takrim.orgs.models import Unit

    have = Unit.objects.filter(kind="county").count()
    provinces = list(Unit.objects.filter(kind="directorate").order_by("path"))
    Unit.objects.bulk_create(
        Unit(
            path=f"{provinces[number % len(provinces)].path}b{number}/",
            kind="county",
            **dict.fromkeys(("name_fa", "short_fa"), f"شهرستان {number}"),
            **dict.fromkeys(("name_en", "short_en"), f"County {number}"),
        )
        for number in range(OFFICES - have)
    )


def _measure() -> None:
    from takrim.base import clock
    from takrim.base.clock import local_date
    from takrim.base.period import Period, PeriodKind
    from takrim.indicators.indicator import INDICATORS as CATALOGUE
    from takrim.indicators.values import is_on, values_of
    from takrim.orgs.models import Unit

    if GIVEN in os.environ:
        take_figures(Path(os.environ[GIVEN]))
    if KEEP in os.environ:
        keep_figures(Path(os.environ[KEEP]))
    now = clock.now()
    period = Period.containing(local_date(now), PeriodKind.HALF).previous()
    codes = [code for code, _indicator in CATALOGUE if is_on(code)]
    units = list(Unit.objects.filter(kind="county").order_by("path"))
    with _clock(f"{len(units)} offices × {len(codes)} indicators, values of {period.code}", VALUES_AIM):
        found = values_of([unit.path for unit in units], codes, period, now)
    told = sum(one is not None for one in found.values())
    hold(units, period, now)
    if GIVEN in os.environ:
        print(f"\n{told:,} values measured\n", flush=True)
        return
    before = _rollups()
    from takrim.indicators.follow import rebuild

    with _clock("rollups made anew from the journal"):
        entries = rebuild()
    same = "equal" if _rollups() == before else "NOT EQUAL"
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\n{told:,} values measured; {entries:,} entries read again: {same}; at most {most:.0f} MB\n", flush=True)
    if same != "equal":
        sys.exit(1)


def _tables() -> Iterator[tuple[str, list[str], Iterator[tuple[Any, ...]]]]:
    """The tables of figures: name, columns, rows in one order."""
    from takrim.indicators.models import Awaited, CardDay, Owed, Piece, Tally

    for model in (Tally, Owed, CardDay, Piece, Awaited):
        names = [str(field.column) for field in model._meta.concrete_fields if field.name != "id"]
        yield model._meta.db_table, names, model._default_manager.order_by(*names).values_list(*names).iterator()


def _rollups() -> str:
    """All figures as one hash."""
    hashed = hashlib.sha256()
    for _table, _columns, rows in _tables():
        for row in rows:
            hashed.update(repr(row).encode())
    return hashed.hexdigest()


def keep_figures(path: Path) -> None:
    """Write all figures down, a line of JSON for some thousand rows of a table."""
    with gzip.open(path, "wt", compresslevel=1) as written:
        for table, columns, rows in _tables():
            while some := list(islice(rows, 5_000)):
                written.write(json.dumps([table, columns, some], default=str) + "\n")


def take_figures(path: Path) -> None:
    """Put figures that were written down into the empty tables."""
    from takrim.orgs.many import copy

    with gzip.open(path, "rt") as written:
        for line in written:
            copy(*json.loads(line))


def _rows(codes: list[str]) -> Iterator[str]:
    """Forty indicators: those that are counted, and as many again as shares that nobody declares."""
    for number in range(INDICATORS):
        if number < len(codes):
            yield f'\n[[indicator]]\ncode = "{codes[number]}"\nweight = {1 + number % 5}'
        else:
            yield (
                f'\n[[indicator]]\ncode = "declared_{number}"\nsource = "declared"'
                '\nmeasure = "share"\ndirection = "more"'
                f'\ntitle = {{ fa = "سنجه {number}", en = "Measure {number}" }}'
                f'\ndefinition = {{ fa = "سنجه {number}", en = "Measure {number}" }}'
            )


def hold(units: list[Any], period: Any, now: datetime, *, name: str = "bench", final: bool = True) -> Any:
    """A round of these offices to its final result, or to the preliminary one."""
    from takrim.evaluation import round_work
    from takrim.evaluation.actions_rounds import DAYS, Wish, define, open_round
    from takrim.evaluation.models_plans import PlanState, PlanVersion
    from takrim.evaluation.models_rounds import Step
    from takrim.indicators.indicator import INDICATORS as CATALOGUE
    from takrim.indicators.indicator import Direction
    from takrim.indicators.values import is_on
    from takrim.orgs.actor import Actor
    from takrim.orgs.models import Person
    from takrim.orgs.powers import Power

    people = [Person.objects.create(username=f"{name}-{one}", name="زهرا اکبری") for one in ("one", "two")]
    by = Actor(code="person:1", name="زهرا اکبری", unit_path="ir/", powers=frozenset(Power), person_id=people[0].pk)
    codes = [code for code, one in CATALOGUE if is_on(code) and one.direction is not Direction.NEITHER]
    plan = PlanVersion.objects.create(
        code=name,
        number=1,
        title_fa="سنجش",
        title_en="Bench",
        of="county",
        text=PLAN + "\n".join(_rows(codes[:INDICATORS])),
        state=PlanState.READY,
        at=now,
        by=by.code,
        changed_at=now,
    )
    opened = now - timedelta(days=30)
    wish = Wish(
        title_fa="سنجش",
        plan=plan,
        path="ir/",
        units=units,
        period=period,
        days={name: opened.date() + timedelta(days=place) for place, name in enumerate(DAYS)},
        assessors=people,
        referees=people[:1],
        second_percent=0,
        seed=1,
    )
    made = define(wish=wish, by=by, now=opened)
    open_round(round=made, by=by, now=opened)
    steps: list[tuple[str, Callable[[], None]]] = [
        ("round: values frozen", lambda: _step(made, Step.FREEZE, by, now, round_work)),
        ("round: assessed as counted", lambda: _assess(made, now)),
        ("round: preliminary result, 1,000 draws", lambda: _step(made, Step.PRELIMINARY, by, now, round_work)),
        ("round: final result, 1,000 draws", lambda: _step(made, Step.FINAL, by, now, round_work)),
    ]
    with _clock("whole round", ROUND_AIM):
        for what, step in steps if final else steps[:-1]:
            with _clock(what):
                step()
    return made


def _step(made: Any, step: Any, by: Any, now: datetime, work: Any) -> None:
    from takrim.tasks.result import Context

    made.refresh_from_db()
    row = work.ask(round=made, step=step, by=by, now=now)
    work.run.func(Context(None), row.pk, "fa", now=now)
    row.refresh_from_db()
    made.refresh_from_db()
    if row.failure or row.finished_at is None:
        raise AssertionError(row.failure)


def _assess(made: Any, now: datetime) -> None:
    from takrim.evaluation.actions_rounds_assess import finish
    from takrim.evaluation.models_entrants import Assessment
    from takrim.orgs.actor import Actor
    from takrim.orgs.powers import Power

    for one in Assessment.objects.filter(entrant__round=made).select_related("entrant__round", "assessor"):
        person = one.assessor.person_id
        by = Actor(code=f"person:{person}", unit_path="ir/", powers=frozenset(Power), person_id=person)
        finish(assessment=one, by=by, now=now)


if __name__ == "__main__":
    if HERE in os.environ:
        here(sys.argv[1])
    else:
        sys.exit(main())
