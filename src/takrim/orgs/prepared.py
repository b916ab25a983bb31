"""Queries that every page asks: Django writes their SQL once a process, afterwards only the values change.

Putting a query together and turning it into SQL costs ten times what the database needs to answer it. What stands
here is still the ORM's own query: the same filters, the same models, the same checks of scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Count, QuerySet
from django.db.models.query import ModelIterable, ValuesIterable, ValuesListIterable, get_related_populators

from takrim.orgs.paths import after

Row = TypeVar("Row")
Value = str | int | date | datetime
# From where a value comes: its name, and what is done to it before it goes to the database.
Slot = tuple[str, Callable[[Any], Any]]


class ShapeDepends(TypeError):
    """The query does not take a value as it is, so its SQL cannot be kept for other values."""


def _same(value: Any) -> Any:
    return value


def _probe(place: int, value: Value) -> Value:
    """A value of the same type that no constant of a query equals."""
    if isinstance(value, datetime):
        return datetime(9000 + place, 1, 1, tzinfo=UTC)
    if isinstance(value, date):
        return date(9000 + place, 1, 1)
    # Still a number of four bytes: Django asks PostgreSQL for no row where a column could not hold more.
    return 2_140_000_000 + place if isinstance(value, int) else f"\x01{place}/"


def _slots(probes: Mapping[str, Value], ops: Any) -> dict[Any, Slot]:
    """What each probe looks like among the parameters; of a path also what `under` makes of it."""
    found: dict[Any, Slot] = {}
    for name, probe in probes.items():
        if isinstance(probe, datetime):
            found[ops.adapt_datetimefield_value(probe)] = (name, ops.adapt_datetimefield_value)
        elif isinstance(probe, date):
            found[ops.adapt_datefield_value(probe)] = (name, ops.adapt_datefield_value)
        else:
            found[probe] = (name, _same)
        if isinstance(probe, str):
            found[after(probe)] = (name, after)
    return found


def _literal(param: Any) -> str:
    """A constant of a query as SQL. The percent sign is doubled, since values are still to be put in."""
    # psycopg has kinds of whole numbers of its own.
    if isinstance(param, int) and not isinstance(param, bool):
        return str(int(param))
    if not isinstance(param, str):
        raise ShapeDepends(f"A prepared query has no place for the constant {param!r}.")
    return "'" + param.replace("'", "''").replace("%", "%%") + "'"


class _Asked:
    """Something of the ORM as it is, but for what is named."""

    def __init__(self, of: Any, **instead: Any) -> None:
        self.of = of
        self.__dict__.update(instead)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)


# Its typing is of another version.
_populators: Any = get_related_populators


@lru_cache(maxsize=512)
def _with_question_marks(query: str, *, param_names: list[str] | None = None) -> str:
    """The SQL as SQLite takes it; Django would put it together for every query."""
    if param_names is not None:
        raise ShapeDepends(f"A prepared query names its values by place: {query}")
    return query.replace("%%", "\0").replace("%s", "?").replace("\0", "%")


def cursor_of(connection: Any) -> Any:
    """A cursor of the connection. PostgreSQL gets the values apart from the SQL, so that it keeps the plan as well:
    planning takes several times as long as finding the rows."""
    cursor = connection.cursor()
    if connection.vendor == "sqlite":
        cursor.cursor.convert_query = _with_question_marks
    if connection.vendor == "postgresql":
        from django.db.backends.postgresql.base import ServerBindingCursor  # noqa: PLC0415 - SQLite has no such driver

        apart: Any = ServerBindingCursor
        cursor.cursor = apart(connection.connection)
    return cursor


class _Models:
    """How rows become models: what the ORM would find out anew with each query."""

    def __init__(self, compiler: Any, db: str) -> None:
        columns = compiler.klass_info["select_fields"]
        self.db, self.model = db, compiler.klass_info["model"]
        self.begin, self.end = columns[0], columns[-1] + 1
        self.names = [column[0].target.attname for column in compiler.select[self.begin : self.end]]
        self.related = _populators(compiler.klass_info, compiler.select, db)
        if compiler.annotation_col_map:
            raise ShapeDepends(f"A prepared query gives models or values, not {sorted(compiler.annotation_col_map)}.")

    def of(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        found = []
        for row in rows:
            made = self.model.from_db(self.db, self.names, row[self.begin : self.end])
            for populator in self.related:
                populator.populate(row, made)
            found.append(made)
        return found


class _Written:
    """A query as it was written for one kind of database."""

    def __init__(self, queryset: QuerySet[Any, Any], probes: Mapping[str, Value]) -> None:
        connection = connections[queryset.db]
        self.queryset: Any = queryset
        self.iterable: Any = self.queryset._iterable_class
        self.compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, params = self.compiler.as_sql()
        slots = _slots(probes, connection.ops)
        # Constants are written out: an index for some rows only is used where the query says in so many words which.
        pieces = [slots.get(param) or _literal(param) for param in params]
        self.sql = self.sql.replace("%%", "%%%%") % tuple(
            "%s" if isinstance(piece, tuple) else piece for piece in pieces
        )
        self.params = [piece for piece in pieces if isinstance(piece, tuple)]
        missing = probes.keys() - {name for name, _ in self.params}
        if missing:
            raise ShapeDepends(f"{sorted(missing)} cannot be told apart in: {self.sql}")
        selected = [column[0] for column in self.compiler.select[: self.compiler.col_count]]
        converters = self.compiler.get_converters(selected)
        # Both databases count in whole numbers: asking each of them to be one takes as long as half the counting.
        self.converters = {place: kept for place, kept in converters.items() if not isinstance(kept[1], Count)}
        self.make = self._maker(queryset)

    def _maker(self, queryset: QuerySet[Any, Any]) -> Callable[[list[Any]], list[Any]] | None:
        """How rows become what was asked for, without the ORM; None where only the ORM knows."""
        if self.iterable is ModelIterable:
            return _Models(self.compiler, queryset.db).of
        names, query = queryset.query.values_select, queryset.query
        if query.extra_select:
            return None
        if self.iterable is ValuesIterable and not query.annotation_select:
            return lambda rows: [dict(zip(names, row, strict=True)) for row in rows]
        # In the order in which they were named: so Django selects them.
        return list if self.iterable is ValuesListIterable else None

    def rows(self, values: Mapping[str, Value]) -> list[Any]:
        """Ask with these values. Everything that is changed is a copy: several threads ask at once."""
        params = tuple(how(values[name]) for name, how in self.params)
        connection = connections[self.queryset.db]
        if self.make:
            with cursor_of(connection) as cursor:
                cursor.execute(self.sql, params)
                found = cursor.fetchall()
            if self.converters:
                found = self.compiler.apply_converters(found, self.converters)
            return self.make(found)
        compiler = copy(self.compiler)
        compiler.connection = _Asked(connection, cursor=lambda: cursor_of(connection))
        compiler.as_sql = lambda *_args, **_more: (self.sql, params)
        compiler.get_converters = lambda _selected: self.converters
        query = _Asked(self.queryset.query, get_compiler=lambda *_args, **_more: compiler)
        return list(self.iterable(_Asked(self.queryset, query=query)))


class Prepared(Generic[Row]):
    """A query whose values are named: `Prepared(lambda code: Case.objects.filter(code=code))(code="05…")`."""

    def __init__(self, make: Callable[..., QuerySet[Any, Row]]) -> None:
        self.make = make
        self.written: dict[str, _Written] = {}

    def __call__(self, **values: Value) -> list[Row]:
        vendor = connections["default"].vendor
        written = self.written.get(vendor)
        if written is None:
            probes = {name: _probe(place, value) for place, (name, value) in enumerate(values.items())}
            written = self.written[vendor] = _Written(self.make(**probes), probes)
        return written.rows(values)

    def first(self, **values: Value) -> Row | None:
        """The first row, None when there is none."""
        return next(iter(self(**values)), None)


class PreparedList(Generic[Row]):
    """A prepared query about several values at once: `make(listed, **others)`. Of more than `most` the ORM is asked."""

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], most: int) -> None:
        self.make, self.most = make, most
        self.names = [f"listed{place}" for place in range(most)]
        self.query = Prepared(self._spread)

    def _spread(self, **values: Value) -> QuerySet[Any, Row]:
        listed = [values.pop(name) for name in self.names]
        return self.make(listed, **values)

    def __call__(self, listed: Sequence[str] | Sequence[int], **values: Value) -> list[Row]:
        if not listed:
            return []
        if len(listed) > self.most:
            return list(self.make(list(listed), **values))
        # The same value twice asks for the same row: the list is filled up with its last one.
        full = [*listed, *[listed[-1]] * (self.most - len(listed))]
        return self.query(**dict(zip(self.names, full, strict=True)), **values)
