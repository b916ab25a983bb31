"""The servers that are measured: the product as `takrim serve` runs it, and the bare view under the same web server."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data: Path, database_url: str, **more: str) -> dict[str, str]:
    """The variables of a product with its own data folder."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith("TAKRIM_")}
    keep |= {"TAKRIM_DATA": str(data), "TAKRIM_LOG_LEVEL": "ERROR", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", **more}
    return keep | ({"TAKRIM_DATABASE_URL": database_url} if database_url else {})


def takrim(arguments: list[str], env: dict[str, str]) -> None:
    """Run a `takrim` command to its end."""
    subprocess.run([sys.executable, "-m", "takrim", *arguments, "--lang", "en"], env=env, cwd=ROOT, check=True)


def _answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=0.2) as line:
        line.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
        return bool(line.recv(16))
    return False


@contextlib.contextmanager
def _running(command: list[str], env: dict[str, str], port: int) -> Iterator[tuple[int, float]]:
    start = time.perf_counter()
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - start > 60:
                raise RuntimeError(f"{command[2:4]} did not start")
            time.sleep(0.005)
        yield process.pid, time.perf_counter() - start
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


@contextlib.contextmanager
def product(env: dict[str, str]) -> Iterator[tuple[int, int, float]]:
    """The product: port, pid of the process tree's root, seconds until it answered."""
    port = free_port()
    command = [sys.executable, "-m", "takrim", "serve"]
    with _running(command, env | {"TAKRIM_PORT": str(port)}, port) as (pid, seconds):
        yield port, pid, seconds


@contextlib.contextmanager
def bare(env: dict[str, str], rows: int) -> Iterator[int]:
    """The bare view: its port. As many processes and threads as the product's web server has."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", "2", "--blocking-threads", "4", "--log-level", "error", "bench.bare.wsgi:application"),
    ]
    with _running(command, env | {"BARE_ROWS": str(rows)}, port):
        yield port


def _busy(root: int) -> float:
    """Seconds of processor time that a process tree has taken."""
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def settle(root: int, *, most: float = 120) -> None:
    """Wait until a process tree has nothing to do but to look whether there is anything."""
    end = time.monotonic() + most
    while time.monotonic() < end:
        before = _busy(root)
        time.sleep(2)
        if _busy(root) - before < 0.2:
            return


def memory_mb(root: int) -> float:
    """Proportional set size of a process tree, in megabytes: memory that several share is counted once."""
    total, waiting = 0, [root]
    while waiting:
        pid = waiting.pop()
        with contextlib.suppress(OSError):
            waiting += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                total += int(line.split()[1]) if line.startswith("Pss:") else 0
    return total / 1024
