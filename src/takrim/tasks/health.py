"""What the database and the workers say about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from takrim.tasks.models import Work, Worker

# A worker that has not been heard of for this long is not there.
SILENT = timedelta(seconds=20)

# Filled once nothing is missing: what has been applied stays so while this process lives.
_applied: set[bool] = set()


@dataclass(frozen=True)
class Queue:
    """How much waits: `late` is what should have begun before a worker found time."""

    waiting: int
    running: int
    dead: int
    oldest: datetime | None


def unapplied() -> list[str]:
    """Migrations that this version of the code has and the database has not."""
    if _applied:
        return []
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if not plan:
        _applied.add(True)
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def database_version() -> str:
    """Which database answers: "SQLite 3.40.1"; an error when none does."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def pragmas() -> dict[str, str]:
    """SQLite's settings of this connection; empty on PostgreSQL."""
    if connection.vendor != "sqlite":
        return {}
    found = {}
    with connection.cursor() as cursor:
        for name in ("journal_mode", "synchronous", "foreign_keys"):
            cursor.execute(f"PRAGMA {name}")
            found[name] = str(cursor.fetchone()[0])
    return found


def worker_seen() -> datetime | None:
    """The latest sign of life of any worker."""
    return Worker.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()


def worker_is_alive(now: datetime) -> bool:
    seen = worker_seen()
    return seen is not None and seen > now - SILENT


def queue(now: datetime) -> Queue:
    """What waits in the queue."""
    unfinished = Work.objects.unfinished()
    ready = unfinished.filter(status="ready")
    return Queue(
        waiting=ready.count(),
        running=unfinished.filter(status="running").count(),
        dead=Work.objects.dead().count(),
        oldest=ready.filter(next_at__lte=now).order_by("next_at").values_list("next_at", flat=True).first(),
    )
