"""The whole product as people meet it: `takrim serve` on the small demonstration, in a folder that is thrown away."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
# The key with which a provider hands in what people send back by SMS.
REPLIES = "key-of-the-replies"
_DOOR = """
import os
from urllib.parse import urlsplit
os.environ["DJANGO_SETTINGS_MODULE"] = "takrim.site.settings"
import django
django.setup()
from takrim.councils import links
from takrim.councils.models_meetings import Meeting
print(urlsplit(links.door_address(Meeting.objects.get(code=os.environ["MEETING"]))).path)
"""


@dataclass(frozen=True)
class Product:
    """A running installation and what its demonstration said of itself."""

    address: str
    password: str
    receipts: list[dict[str, str]]
    data: Path
    database_url: str
    process: subprocess.Popen[bytes]

    def door_of(self, meeting: str) -> str:
        """Where the code at the door of a meeting leads, as a telephone's camera reads it: the path alone."""
        env = {**_settings(self.data), "TAKRIM_DATABASE_URL": self.database_url, "MEETING": meeting}
        done = subprocess.run(
            [sys.executable, "-c", _DOOR], cwd=ROOT, env=env, text=True, capture_output=True, check=True
        )
        return done.stdout.strip()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _new_database() -> str:
    """The address of an empty database beside the one of the tests, or "" on SQLite."""
    url = os.environ.get("TAKRIM_DATABASE_URL", "")
    if not url:
        return ""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute('DROP DATABASE IF EXISTS "stories"')
        connection.execute('CREATE DATABASE "stories"')
    return urlsplit(url)._replace(path="/stories").geturl()


def _environment(data: Path) -> dict[str, str]:
    env = _settings(data)
    if url := _new_database():
        env["TAKRIM_DATABASE_URL"] = url
    return env


def _settings(data: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TAKRIM_")}
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return {
        **kept,
        "TAKRIM_DATA": str(data),
        "TAKRIM_LOG_LEVEL": "WARNING",
        "TAKRIM_WEB_PROCESSES": "1",
        # Each visitor comes from an address of their own, so that one who is locked out locks out nobody else.
        "TAKRIM_PROXIES": "127.0.0.1",
        "TAKRIM_SMS_REPLY_SECRET": REPLIES,
        "PYTHONPATH": str(ROOT / "src"),
        "LC_ALL": "C.UTF-8",
    }


def _takrim(env: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "takrim", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, text=True, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def start(data: Path) -> Product:
    """Set up, fill and serve one; it answers when this returns."""
    env, port = _environment(data), _free_port()
    _takrim(env, "migrate")
    made: dict[str, Any] = json.loads(_takrim(env, "demo", "--small", "--format", "json"))
    command = [sys.executable, "-m", "takrim", "serve", "--port", str(port)]
    with (data / "served.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=subprocess.STDOUT)
    url = env.get("TAKRIM_DATABASE_URL", "")
    product = Product(f"http://127.0.0.1:{port}", made["password"], made["receipts"], data, url, process)
    until = time.monotonic() + 30
    while not _answers(product.address):
        if process.poll() is not None or time.monotonic() > until:
            product.stop()
            raise AssertionError((data / "served.log").read_text(encoding="utf-8"))
        time.sleep(0.1)
    return product


def kept_in(product: Product) -> str:
    """All that the product holds, as text: every row of its database, its logs, the names and bytes of its files."""
    rows = _rows_of_postgresql(product.database_url) if product.database_url else _rows_of_sqlite(product.data)
    files = [path for path in sorted(product.data.rglob("*")) if path.is_file() and ".sqlite3" not in path.name]
    told = [f"{path}\n{path.read_bytes().decode('latin-1')}" for path in files]
    return "\n".join([*rows, *told])


def _rows_of_sqlite(data: Path) -> list[str]:
    with closing(sqlite3.connect(f"file:{data / 'takrim.sqlite3'}?mode=ro", uri=True)) as database:
        return list(database.iterdump())


def _rows_of_postgresql(url: str) -> list[str]:
    import psycopg

    with psycopg.connect(url) as database:
        tables = database.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'")
        return [str(row[0]) for (name,) in tables for row in database.execute(f"SELECT t::text FROM {name} t")]


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address + "/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
