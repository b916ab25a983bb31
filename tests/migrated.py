"""The tables of SQLite as all migrations leave them, made once and copied: no run waits for the same migrations again.

What is kept lies in pytest's cache folder under a name made of the migrations themselves, so that a change of one of
them makes it anew. `pytest --cache-clear` forgets it. On PostgreSQL nothing is kept.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection


def _name() -> str:
    """Of everything that the tables are made of."""
    told = hashlib.sha256(sqlite3.sqlite_version.encode())
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        for path in sorted(Path(app.path, "migrations").glob("*.py")):
            told.update(f"{app.label}/{path.name}".encode() + path.read_bytes())
    return f"{told.hexdigest()[:32]}.sqlite3"


@pytest.fixture(scope="session")
def _kept_tables(request: pytest.FixtureRequest) -> Path | None:
    """Where the tables of these migrations are kept, whether they are there yet or not."""
    if connection.vendor != "sqlite":
        return None
    folder: Path = request.config.cache.mkdir("migrated")
    return folder / _name()


@pytest.fixture(scope="session")
def _in_memory(_kept_tables: Path | None) -> Any:
    """The database of the tests, filled with what is kept; it lives as long as this connection to it."""
    if _kept_tables is None or not _kept_tables.exists():
        yield
        return
    # Django's own name of it; its typing does not know that.
    creation: Any = connection.creation
    name = creation._get_test_db_name()
    there = f"file:{_kept_tables}?mode=ro"
    with (
        closing(sqlite3.connect(name, uri=True)) as memory,
        closing(sqlite3.connect(there, uri=True)) as kept,
    ):
        kept.backup(memory)
        # Django then finds every table in its place, and runs no migration.
        connection.settings_dict["TEST"]["MIGRATE"] = False
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, _in_memory: None) -> None:
    """Before Django sets its database up."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, _kept_tables: Path | None) -> None:
    """After it: what all migrations were run for is kept for the next time."""
    if _kept_tables is None or _kept_tables.exists():
        return
    new = _kept_tables.with_suffix(f".{os.getpid()}")
    with django_db_blocker.unblock(), closing(sqlite3.connect(new)) as kept:
        connection.ensure_connection()
        connection.connection.backup(kept)
    new.replace(_kept_tables)
    for old in _kept_tables.parent.glob("*.sqlite3"):
        if old != _kept_tables:
            old.unlink(missing_ok=True)
