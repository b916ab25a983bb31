"""A house of its own for tests that start real processes: a data folder and a database that has been migrated."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class House:
    """Where one installation lives; `env` is what its processes are started with."""

    data: Path
    env: dict[str, str]

    def popen(self, *command: str) -> subprocess.Popen[str]:
        """Start a process of this installation."""
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=self.env, text=True, stdout=pipe, stderr=subprocess.STDOUT)

    def takrim(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        command = [sys.executable, "-m", "takrim", *arguments]
        return subprocess.run(command, cwd=ROOT, env=self.env, text=True, capture_output=True, check=False, timeout=60)

    def python(self, code: str, *arguments: str) -> subprocess.Popen[str]:
        """Start some Python that has Django and the sample tasks."""
        head = "import django, sys; django.setup(); from tests.site import work\n"
        return self.popen(sys.executable, "-c", head + code, *arguments)

    def ask(self, code: str, *arguments: str) -> str:
        """What some Python prints."""
        process = self.python(code, *arguments)
        said, _ = process.communicate(timeout=30)
        assert process.returncode == 0, said
        return said.strip()


def _database(name: str) -> str:
    """The address of a new database on the server of the tests, or "" on SQLite."""
    url = os.environ.get("TAKRIM_DATABASE_URL", "")
    if not url:
        return ""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def set_up(data: Path, name: str) -> House:
    """A new house in this folder; `name` is its database where there is a server for it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAKRIM_")}
    env = {
        **kept,
        "TAKRIM_DATA": str(data),
        "TAKRIM_LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "takrim.site.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "LC_ALL": "C.UTF-8",
    }
    if url := _database(name):
        env["TAKRIM_DATABASE_URL"] = url
    made = House(data, env)
    done = made.takrim("migrate")
    assert done.returncode == 0, done.stderr
    return made


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> House:
    return set_up(tmp_path_factory.mktemp("house"), f"house_{worker_id}")


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


Within = Callable[[float, Callable[[], object]], float]


@pytest.fixture
def within() -> Within:
    """`within(1.0, condition)`: wait until it holds, fail when it takes longer, say how long it took."""
    from time import monotonic, sleep

    def wait(seconds: float, condition: Callable[[], object]) -> float:
        began = monotonic()
        while not condition():
            assert monotonic() - began < seconds, f"not within {seconds} s"
            sleep(0.02)
        return monotonic() - began

    return wait
