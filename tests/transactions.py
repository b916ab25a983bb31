"""Deeds at the same moment, each in a real transaction on a connection of its own; on PostgreSQL only."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection

from takrim.base.errors import Refusal

TABLES = ("journal_entry", "journal_look")


@pytest.fixture
def _emptied(django_db_blocker: Any, on_postgresql: bool) -> Iterator[None]:
    """The journal lets nobody empty it; after a test of real transactions the tables must be empty again."""
    if not on_postgresql:
        pytest.skip("SQLite has one writer at a time, and its tests share one connection in memory")
    yield
    with django_db_blocker.unblock():
        _triggers("ENABLE")


def _triggers(word: str) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


@pytest.fixture
def real_transactions(_emptied: None, transactional_db: None) -> Iterator[None]:
    yield
    _triggers("DISABLE")


def together(*deeds: Callable[[], object]) -> list[str]:
    """Do all at the same moment, each on a connection of its own.

    What each came to: "done", a refusal's code, or "deadlock".
    """
    came: list[str] = []
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(5)
            deed()
            came.append("done")
        except Refusal as refusal:
            came.append(refusal.code)
        except OperationalError as error:
            came.append("deadlock" if "deadlock detected" in str(error) else str(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(came)
