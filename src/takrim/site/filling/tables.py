"""Inserting many rows at once: executemany on SQLite, COPY on PostgreSQL; full-text documents with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import NOT_PROVIDED

from takrim.cases.models import SearchDoc
from takrim.cases.search import placed
from takrim.orgs.many import copy

Rows = Sequence[tuple[Any, ...]]


def make_room() -> None:
    """Let this connection hold more pages: those of forty thousand cases are to reach the disk once."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-512000")


def next_id(model: type[models.Model]) -> int:
    """The first free id of a table."""
    rows: models.QuerySet[Any] = model._default_manager.order_by("-pk")
    return (rows.values_list("pk", flat=True).first() or 0) + 1


def insert(model: type[models.Model], rows: Rows) -> None:
    """Insert rows whose values stand in the order of the model's fields, as the database spells them.

    Fields that have a default of the database's own are left to it; those behind the last value stay empty.
    """
    if not rows:
        return
    fields = [field for field in model._meta.local_concrete_fields if field.db_default is NOT_PROVIDED]
    columns = [field.column for field in fields if field.column is not None]
    copy(model._meta.db_table, columns[: len(rows[0])], rows)


def zone() -> str:
    """What the database wants behind a moment in UTC: SQLite keeps it without a word about the zone."""
    return "+00" if connection.vendor == "postgresql" else ""


def insert_documents(documents: Sequence[tuple[int, int, str, str]]) -> None:
    """Insert searchable documents: id, case id, words and words for offices with blanks between them."""
    if connection.vendor == "postgresql":
        rows = [
            (number, case, "'" + " ".join((words, scopes, *placed(scopes.split(), number))).replace(" ", "' '") + "'")
            for number, case, words, scopes in documents
        ]
        copy("cases_searchdoc", ("id", "case_id", "words"), rows)
        return
    insert(SearchDoc, [(number, case) for number, case, _words, _scopes in documents])
    copy(
        "cases_search",
        ("rowid", "words"),
        [(number, f"{words} {scopes}") for number, _case, words, scopes in documents],
    )


def move_sequences(tables: Iterable[type[models.Model]]) -> None:
    """PostgreSQL counts ids by sequences, which rows with ids of their own leave behind."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in tables:
            table = model._meta.db_table
            cursor.execute(
                # The name of our own table.
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )


def take_stock(tables: Iterable[type[models.Model]]) -> None:
    """Let PostgreSQL see what there is now; it would do so by itself, but only minutes later."""
    if connection.vendor != "postgresql":
        return
    # VACUUM also marks the pages that all may see, as reading from an index alone needs; a transaction allows ANALYZE.
    look = "ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE"
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"{look} {model._meta.db_table}")
