"""What machines ask, and what they are told."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import OperationalError
from django.test import Client

from takrim.base import clock
from takrim.tasks import actions_clock, health


def test_alive_is_answered_without_the_database(client: Client) -> None:
    # No `db` fixture: a query would be refused.
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_probes_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.django_db
def test_ready_needs_a_worker(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "database": True, "tables": True, "worker": False}
    actions_clock.alive(worker="a", now=clock.now())
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json()["ready"]


@pytest.mark.django_db
def test_not_ready_while_tables_are_missing(client: Client, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "unapplied", lambda: ["cases.0009_more"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["tables"]) == (503, False)


def test_not_ready_while_the_database_is_away(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> str:
        raise OperationalError("password of db.internal")

    monkeypatch.setattr(health, "database_version", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"internal" not in answer.content
    assert answer.json() == {"ready": False, "database": False, "tables": False, "worker": False}
