"""`python -m bench.recompute [--duties 100000] [--database sqlite] [--database postgresql]`: recompute after a closure.

Fills a database with open duties of all provinces, announces a day on which the whole country is closed, and measures
how long the worker's task needs until every date is counted anew; then the same for its withdrawal. Prints seconds.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bench import servers
from bench.__main__ import _database, _machine

HERE = "BENCH_RECOMPUTE"
# How the time of a duty is given, and how often.
LENGTHS = {"20 working_days": 50, "15 working_days": 20, "30 working_days": 10, "200 working_hours": 10, "1 months": 10}
AIM = 30.0


def main() -> int:
    """Measure on the databases that were asked for; the exit code says only whether it ran."""
    parser = argparse.ArgumentParser(prog="python -m bench.recompute", description=__doc__)
    parser.add_argument("--duties", type=int, default=100_000)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    options = parser.parse_args()
    print(f"# {_machine()}; load before it: {os.getloadavg()[0]:.1f}\n")
    print("| database | change | open duties | dates that moved | seconds | of them computing | aim |", flush=True)
    print("|---|---|---|---|---|---|---|", flush=True)
    for kind in options.database or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="takrim-bench-") as folder, _database(kind) as url:
            env = servers.environment(Path(folder), url, **{HERE: kind})
            subprocess.run(
                [sys.executable, "-m", "takrim", "migrate"],
                env=env,
                cwd=servers.ROOT,
                check=True,
                stdout=subprocess.DEVNULL,
            )
            command = [sys.executable, "-m", "bench.recompute", "--duties", str(options.duties)]
            subprocess.run(command, env=env, cwd=servers.ROOT, check=True)
    return 0


def here(duties: int) -> None:
    """In a process of its own, with the database set up: fill, change, measure."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    django.setup()
    from takrim.base import clock
    from takrim.base.clock import local_date
    from takrim.orgs.actions_calendar import announce_closure, withdraw_closure
    from takrim.orgs.actions_posts import Titles
    from takrim.orgs.actor import system
    from takrim.orgs.models import Unit

    now, by = clock.now(), system("bench")
    _fill(duties, now)
    unit, day = Unit.objects.get(path="ir/"), _open_day(local_date(now))
    closure = announce_closure(unit=unit, day=day, hours="", reason=Titles(fa="سنجش", en="Bench"), by=by, now=now)
    _measure("announced", now)
    withdraw_closure(closure=closure, by=by, now=now)
    _measure("withdrawn", now)


def _open_day(today: Any) -> Any:
    """The next day but one that is open."""
    from takrim.orgs.calendars import calendar_of

    return calendar_of("ir/").next_open(today + timedelta(days=2))


def _measure(change: str, now: datetime) -> None:
    from takrim.duties import sweep
    from takrim.duties.models import Sweep
    from takrim.tasks.result import Context

    row = Sweep.objects.get(finished_at=None)
    start, computing = time.perf_counter(), time.process_time()
    sweep.run.func(Context(None), row.pk, now=now)
    seconds, computing = time.perf_counter() - start, time.process_time() - computing
    row.refresh_from_db()
    mark = "" if seconds <= AIM else " **over**"
    told = f"| {os.environ[HERE]} | {change} | {row.seen:,} | {row.moved:,} | {seconds:.1f}{mark} | {computing:.1f}"
    print(f"{told} | ≤ {AIM:.0f} |", flush=True)


def _fill(wanted: int, now: datetime) -> None:
    """Open cases of all offices, with the clocks that a deed would have given them."""
    from django.db import transaction

    from takrim.cases.models import Case
    from takrim.duties.models import Duty
    from takrim.orgs.models import Unit

    random = Random(wanted)
    units = list(Unit.objects.filter(kind__in=["directorate", "county"]))
    for first in range(0, wanted, 5000):
        numbers = range(first, min(first + 5000, wanted))
        places = {number: random.choice(units) for number in numbers}
        opened = {number: now - timedelta(minutes=random.randrange(10 * 24 * 60)) for number in numbers}
        with transaction.atomic():
            Case.objects.bulk_create(_case(number, places[number], opened[number]) for number in numbers)
            Duty.objects.bulk_create(_duty(number, places[number], opened[number], random) for number in numbers)


def _case(number: int, unit: Any, at: datetime) -> Any:
    from takrim.cases.models import Case

    return Case(
        code=f"05{number:09d}",
        nonce=f"{number:032x}",
        key=f"bench:{number}",
        kind="complaint",
        channel="web",
        subject="حق بیمه",
        text="سه ماه است که حق بیمه واریز نشده است.",
        unit=unit,
        unit_path=unit.path,
        received_at=at,
        received_by="party:0",
    )


def _duty(number: int, unit: Any, at: datetime, random: Random) -> Any:
    from takrim.duties import clocks
    from takrim.duties.models import Duty
    from takrim.duties.regime import Matter

    length = random.choices(list(LENGTHS), list(LENGTHS.values()))[0]
    counter = clocks.counter_of(unit.path)
    lengths = clocks.lengths_for("final_answer", Matter("complaint", "web", ""), length)
    run = clocks.start(lengths, at, counter)
    if number % 10 == 0:
        # One in ten has waited for the person for a day and a half.
        for clock in run:
            if clock.pause(at + timedelta(hours=5), "person"):
                clock.resume(at + timedelta(hours=41))
                counter.count(clock)
    return Duty(
        kind="final_answer",
        about=f"05{number:09d}",
        unit=unit,
        unit_path=unit.path,
        opened_at=at,
        opened_by="party:0",
        length=length,
        due_at=clocks.nearest(run),
        clocks=clocks.plain(run, at),
        rung_at=clocks.next_rung(run),
    )


if __name__ == "__main__":
    if HERE in os.environ:
        here(int(sys.argv[2]))
    else:
        sys.exit(main())
