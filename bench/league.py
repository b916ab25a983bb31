"""`python -m bench.league [--database sqlite] [--database postgresql]`: pages of rankings and of a round of 430.

Gives each of the 31 provinces its county offices until there are 430, fills cases, holds a round of all of them by
forty indicators, and measures over HTTP, beside the bare view as `python -m bench` does: league tables, the page of
one's own office, the public table of the round and of one office in it, and the pages of the round for officers.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench import rounds, servers
from bench.__main__ import _database, _known, _machine, _measured, _table
from bench.client import Reply, Session, expect
from bench.operations import Operation, signed_in

HERE = "BENCH_LEAGUE"
CASES = 20_000
AIM = 10.0


def main() -> int:
    """Measure on the databases that were asked for; the exit code says only whether it ran."""
    parser = argparse.ArgumentParser(prog="python -m bench.league", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--only", default="", help="pages with this in their name")
    options = parser.parse_args()
    print(f"# {_machine()}; load before it: {os.getloadavg()[0]:.1f}\n")
    for kind in options.database or ["sqlite", "postgresql"]:
        with tempfile.TemporaryDirectory(prefix="takrim-bench-") as folder, _database(kind) as url:
            env = servers.environment(Path(folder), url, **{HERE: kind, rounds.HERE: kind})
            servers.takrim(["migrate"], env)
            _here("units", env)
            servers.takrim(["fill", "--cases", str(options.cases), "--seed", "1"], env)
            held = json.loads(_here("round", env).splitlines()[-1])
            print(f"\n## {kind}: {held['offices']} offices, {options.cases:,} cases\n", flush=True)
            known = _known(env)
            with servers.product(env) as (port, pid, _seconds), servers.bare(env, options.cases) as bare_port:
                servers.settle(pid)
                asked = [one for one in _operations(port, known, held) if options.only in one.name]
                _table([_measured(operation, bare_port) for operation in asked])
    return 0


def _here(step: str, env: dict[str, str]) -> str:
    command = [sys.executable, "-m", "bench.league", step]
    return subprocess.run(command, env=env, cwd=servers.ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout


def _operations(port: int, known: dict[str, object], held: dict[str, str]) -> Iterator[Operation]:
    head, director, minister = signed_in(port, known, "head", "director", "minister")
    everybody = Session(port)
    code, office = held["code"], held["office"]
    pages: list[tuple[str, Session, str]] = [
        ("league table of the nation", minister, "/figures/board/"),
        ("league table of a province", director, "/figures/board/"),
        ("ranking of a province, for everybody", everybody, "/figures/ir/alborz/ranking/"),
        ("points and rank of one's office", head, "/figures/mine/"),
        ("table of the round, for everybody", everybody, f"/figures/rounds/{code}/"),
        ("one office in the round, for everybody", everybody, f"/figures/rounds/{code}/office/ir/alborz/nazarabad/"),
        ("the round, for who runs it", minister, f"/rounds/{code}/"),
        ("the round, for an office", head, f"/rounds/{code}/"),
        ("preliminary round, for who runs it", minister, f"/rounds/{held['running']}/"),
        ("preliminary round, for an office", head, f"/rounds/{held['running']}/"),
        ("values of an office in the round", head, f"/rounds/{code}/offices/{office}/"),
    ]

    def request(session: Session, path: str) -> Callable[[], bytes]:
        return lambda: session.prepared("GET", path)

    def right(name: str) -> Callable[[Reply], object]:
        return lambda reply: expect(reply, 200, name)

    for name, session, path in pages:
        yield Operation(name, AIM, session, request(session, path), right(name))


def here(step: str) -> None:
    """In a process of its own, with the database set up: fill it, and say what the round is called."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "takrim.site.settings")
    django.setup()
    if step == "units":
        rounds.units()
        return
    from takrim.base import clock
    from takrim.base.clock import local_date
    from takrim.base.period import Period, PeriodKind
    from takrim.evaluation.models_entrants import Entrant
    from takrim.orgs.models import Unit

    now = clock.now()
    period = Period.containing(local_date(now), PeriodKind.HALF).previous()
    units = list(Unit.objects.filter(kind="county").order_by("path"))
    made = rounds.hold(units, period, now)
    running = rounds.hold(units, period.previous(), now, name="running", final=False)
    own = Entrant.objects.get(round=made, unit_path="ir/alborz/nazarabad/")
    told = {"code": made.code, "running": running.code, "office": str(own.pk), "offices": made.entrants.count()}
    print(json.dumps(told))


if __name__ == "__main__":
    if HERE in os.environ:
        here(sys.argv[1])
    else:
        sys.exit(main())
