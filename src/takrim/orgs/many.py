"""Many rows of one table written with as few statements as the database can do it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection


def copy(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values into a table by its name."""
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as stream:
                for row in rows:
                    stream.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        # Names of our own tables and columns; every value goes in as a parameter.
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def change(table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]], *, where: str) -> None:
    """Set columns, each with its type in PostgreSQL, of rows whose id comes first, as far as `where` holds."""
    names = list(columns)
    if connection.vendor != "postgresql":
        changes = ", ".join(f"{name} = %s" for name in names)
        with connection.cursor() as cursor:
            # Names of our own tables and columns; every value goes in as a parameter.
            sql = f"UPDATE {table} SET {changes} WHERE id = %s AND {where}"  # noqa: S608
            cursor.executemany(sql, [(*map(_stored, row[1:]), row[0]) for row in rows])
        return
    # One statement and one parameter: a statement for each row takes five times as long.
    changes = ", ".join(f"{name} = new.{name}" for name in names)
    types = ", ".join(f"{name} {kind}" for name, kind in {"id": "bigint", **columns}.items())
    listed = json.dumps([dict(zip(("id", *names), row, strict=True)) for row in rows], default=datetime.isoformat)
    with connection.cursor() as cursor:
        # Names of our own tables and columns; every value goes in as a parameter.
        sql = f"UPDATE {table} SET {changes} FROM jsonb_to_recordset(%s::jsonb) AS new ({types})"  # noqa: S608
        cursor.execute(f"{sql} WHERE {table}.id = new.id AND {table}.{where}", [listed])


def _stored(value: Any) -> Any:
    """As SQLite keeps it."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return json.dumps(value) if isinstance(value, (list, dict)) else value
