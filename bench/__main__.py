"""`python -m bench [--quick] [--sizes 100000,1000000] [--database sqlite] [--database postgresql]`: prints tables."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench import measure, servers
from bench.client import Session
from bench.lasting import lasting, measured
from bench.measure import Times
from bench.operations import WARM, Operation, operations, signed_in
from tools import postgres

ANSWERS = 60 + WARM
# Cases that are answered together.
BULK = 1000
SETTLE = 4.0
# Settings of a database that is to be measured: memory as one would give it, commits flushed as by default.
POSTGRES = """
listen_addresses = ''
unix_socket_directories = '{folder}'
shared_buffers = 1GB
work_mem = 32MB
maintenance_work_mem = 512MB
effective_cache_size = 6GB
max_wal_size = 8GB
random_page_cost = 1.1
"""


@contextlib.contextmanager
def _database(kind: str) -> Iterator[str]:
    if kind == "sqlite":
        yield ""
        return
    with postgres.running(POSTGRES) as url:
        yield url


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}"


def _fill(env: dict[str, str], cases: int, seed: int) -> None:
    start = time.perf_counter()
    servers.takrim(["fill", "--cases", str(cases), "--seed", str(seed)], env)
    seconds = time.perf_counter() - start
    print(f"filled {cases:,} cases in {seconds:.0f} s: {cases / seconds:,.0f} a second", flush=True)


def _there(env: dict[str, str]) -> int:
    """How many cases a kept database has already."""
    command = [sys.executable, "-m", "bench.prepare", "--count"]
    return int(subprocess.run(command, env=env, cwd=servers.ROOT, check=True, capture_output=True, text=True).stdout)


def _known(env: dict[str, str]) -> dict[str, object]:
    command = [sys.executable, "-m", "bench.prepare", str(ANSWERS), str(BULK)]
    told = subprocess.run(command, env=env, cwd=servers.ROOT, check=True, capture_output=True, text=True).stdout
    found: dict[str, object] = json.loads(told)
    return found


def _bench(kind: str, env: dict[str, str], size: int, only: str) -> list[Times]:
    known = _known(env)
    print(f"\n## {kind}, {known['cases']:,} cases\n", flush=True)
    with servers.product(env) as (port, pid, seconds), servers.bare(env, size) as bare_port:
        # What was prepared is still being followed: letters, figures, words learned.
        servers.settle(pid)
        found = [_measured(operation, bare_port) for operation in operations(port, known) if only in operation.name]
        _under_load(port, bare_port, known)
        head, minister = signed_in(port, known, "head", "minister")
        for work in [] if only else lasting(head, minister, known):
            times, took = measured(work, Session(bare_port))
            print(f"{times.name}: {work.each:,} in {took:.1f} s", flush=True)
            found.append(times)
            time.sleep(SETTLE)
        _table(found)
        print(f"\ncold start {seconds:.2f} s; web and worker together {servers.memory_mb(pid):.0f} MB", flush=True)
    return found


def _measured(operation: Operation, bare_port: int) -> Times:
    times = measure.by_turns(operation, Session(bare_port))
    if operation.writes:
        # Letters and figures follow what was filed and answered; they are not to count against the next operation.
        time.sleep(SETTLE)
    return times


def _table(found: list[Times]) -> None:
    print("| operation | p50 ms | p95 | p99 | bare p50 | × bare | aim |")
    print("|---|---|---|---|---|---|---|")
    for row in found:
        mark = "" if row.ratio <= row.most else " **over**"
        print(
            f"| {row.name} | {row.p50:.2f} | {row.p95:.2f} | {row.p99:.2f} | {row.bare:.2f} "
            f"| {row.ratio:.1f}{mark} | ≤ {row.most:g} |"
        )


def _under_load(port: int, bare_port: int, known: dict[str, object]) -> None:
    opening = next(operation for operation in operations(port, known) if operation.name == "open a case")
    opened = measure.per_second(port, [opening.request() for _ in range(200)])
    rows = measure.per_second(bare_port, [Session(bare_port).prepared("GET", "/")])
    share = rows / opened
    mark = "" if share <= 8 else " **over**"
    print(
        f"\n8 connections: {opened:,.0f} opened cases a second, bare view {rows:,.0f}: 1 in {share:.1f}{mark} (aim: 8)"
    )


def _growth(kind: str, small: list[Times], large: list[Times]) -> None:
    print(f"\n## {kind}: growth\n\n| operation | × of the smaller size |\n|---|---|")
    for before, after in zip(small, large, strict=True):
        # In bare views, so that a machine that was busier the second time is taken out of it.
        grown = after.ratio / before.ratio
        print(f"| {before.name} | {grown:.2f}{'' if grown <= 1.3 else ' **over**'} |")


def main() -> int:
    """Measure what was asked for; the exit code says only whether it ran."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="20,000 cases, for a look between two changes")
    parser.add_argument("--sizes", default="100000,1000000")
    parser.add_argument("--database", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, help="keep the databases here and use them again")
    parser.add_argument("--only", default="", help="only operations whose name has this word, and no lasting work")
    options = parser.parse_args()
    sizes = [20_000] if options.quick else [int(size) for size in options.sizes.split(",")]
    print(f"# {_machine()}")
    folder = options.folder or Path(tempfile.mkdtemp(prefix="takrim-bench-"))
    try:
        for kind in options.database or ["sqlite", "postgresql"]:
            with _database(kind) as url:
                _sizes(kind, servers.environment(folder / kind, url), sizes, options.only)
    finally:
        if options.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _sizes(kind: str, env: dict[str, str], sizes: list[int], only: str) -> None:
    servers.takrim(["migrate"], env)
    before: list[Times] = []
    for number, size in enumerate(sizes, start=1):
        lacking = size - _there(env)
        if lacking > 0:
            _fill(env, lacking, number)
        found = _bench(kind, env, size, only)
        if before:
            _growth(kind, before, found)
        before = before or found


if __name__ == "__main__":
    sys.exit(main())
