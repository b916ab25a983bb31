"""One row changed on condition that it is still as it was read; its SQL is written once a process for each shape."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db import connections
from django.db.models import Model

from takrim.orgs.prepared import cursor_of

# A column holds something, whatever it is.
SOME = object()


def change(row: Model, *, still: Mapping[str, object], to: Mapping[str, object]) -> bool:
    """Write `to` into the row and the object, if the row is `still` so (equal values, None, or SOME); else False.

    Both are plain values by field name. Only inside a deed's transaction.
    """
    model, using = type(row), row._state.db or "default"
    connection = connections[using]
    shape = tuple((name, _kind(value)) for name, value in still.items())
    sql = _sql(model, using, shape, tuple(to))
    field = model._meta.get_field
    written = [_saved(field(name), value, connection) for name, value in to.items()]
    asked = [_asked(field(name), value, connection) for name, value in still.items() if _kind(value) == "="]
    with cursor_of(connection) as cursor:
        cursor.execute(sql, [*written, row.pk, *asked])
        changed = bool(cursor.rowcount == 1)
    if changed:
        for name, value in to.items():
            setattr(row, name, value)
    return changed


def _kind(value: object) -> str:
    return "IS NULL" if value is None else "IS NOT NULL" if value is SOME else "="


def _saved(field: Any, value: object, connection: Any) -> object:
    return field.get_db_prep_save(value.pk if isinstance(value, Model) else value, connection)


def _asked(field: Any, value: object, connection: Any) -> object:
    return field.get_db_prep_value(value, connection)


@lru_cache(maxsize=256)
def _sql(model: type[Model], using: str, shape: tuple[tuple[str, str], ...], names: tuple[str, ...]) -> str:
    quote = connections[using].ops.quote_name
    meta: Any = model._meta

    def column(name: str) -> str:
        return quote(meta.get_field(name).column)

    table, key = quote(meta.db_table), quote(meta.pk.column)
    sets = ", ".join(f"{column(name)} = %s" for name in names)
    where = [f"{key} = %s", *(f"{column(name)} {kind}{' %s' if kind == '=' else ''}" for name, kind in shape)]
    return " ".join(["UPDATE", table, "SET", sets, "WHERE", " AND ".join(where)])
