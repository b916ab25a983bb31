"""Finding cases by words: the same tokens in SQLite's FTS5 and in PostgreSQL's tsvector, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from takrim.base.persian import PluralTable, query_groups, tokens
from takrim.orgs.actor import Actor
from takrim.orgs.models import SearchWord
from takrim.orgs.paths import lineage
from takrim.orgs.prepared import cursor_of
from takrim.orgs.stamps import Kept
from takrim.orgs.units import all_names

# A text is found through its first words; a longer one is no easier to find.
MOST_TOKENS = 2000


def _make() -> PluralTable:
    return PluralTable.both_ways(SearchWord.objects.values_list("word", "same_as"))


_WORDS: Kept[PluralTable] = Kept("words", _make)


def synonyms() -> PluralTable:
    """The pairs that the office has added."""
    return _WORDS.get()


def scope_token(unit_id: int) -> str:
    """The word that stands in a document for an office it belongs to; no text can contain it."""
    return f"zzu{unit_id}"


def scope_tokens(unit_path: str) -> list[str]:
    """The words for an office and all above it."""
    names = all_names()
    return [scope_token(names[path].id) for path in lineage(unit_path) if path in names]


def add(*, case_id: int, unit_path: str, texts: Iterable[str]) -> None:
    """Make texts of a case findable by the offices at and above `unit_path`. Part of the deed that writes them."""
    words = list(dict.fromkeys(token for text in texts for token in tokens(text)))[:MOST_TOKENS]
    scopes = scope_tokens(unit_path)
    with cursor_of(connection) as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_INSERT, [case_id, words + scopes, scopes, *LENGTHS])
            return
        cursor.execute("INSERT INTO cases_searchdoc (case_id) VALUES (%s)", [case_id])
        every = " ".join(words + scopes)
        cursor.execute("INSERT INTO cases_search (rowid, words) VALUES (%s, %s)", [cursor.lastrowid, every])


def find(
    query: str, *, unit_id: int, limit: int, before: int | None = None, by: Actor | None = None
) -> list[tuple[int, int]]:
    """Documents with all the query's words, newest first: (document id, case id), at most `limit`.

    `unit_id` is the office of the actor who looks: only documents of it and of offices below it are seen, and none of
    a case that is kept from the actor, so that not even the number of pages tells of it.
    """
    groups = query_groups(query, synonyms())
    return _documents(groups, unit_id, by, limit, before) if groups else []


def newest(*, unit_id: int, limit: int, before: int | None = None, by: Actor | None = None) -> list[tuple[int, int]]:
    """The newest documents of an office and those below it, whatever they say: (document id, case id)."""
    return _documents([], unit_id, by, limit, before)


def _documents(
    groups: Sequence[frozenset[str]], unit_id: int, by: Actor | None, limit: int, before: int | None
) -> list[tuple[int, int]]:
    kept_from: list[str | int] = [by.person, by.unit_path, by.unit_path] if by else [0, "", ""]
    rest = [before or 1 << 62, *kept_from, limit]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return _rows(cursor, _SQLITE, [_fts_query([*groups, frozenset({scope_token(unit_id)})]), *rest])
        if before is None:
            cursor.execute("SELECT coalesce(max(id), 0) FROM cases_searchdoc")
            before = cursor.fetchone()[0] + 1
        return _newest_first(cursor, groups, unit_id, rest, before - 1)


def _newest_first(
    cursor: CursorWrapper, groups: Sequence[frozenset[str]], unit_id: int, rest: list[str | int], newest: int
) -> list[tuple[int, int]]:
    """PostgreSQL: look through the newest stretches, through more, through all; begin with what was enough before."""
    limit, words, scope = int(rest[-1]), _tsquery(groups), scope_token(unit_id)
    key = (words, unit_id, limit)
    wide, before = _ENOUGH.get(key, LENGTHS[0]), (0, 0)
    while wide and 2 * wide <= newest and (length := _length(wide)):
        first = (newest - wide) // length
        stretches = _tsquery([frozenset(stretch_tokens(scope, length, first, newest // length))])
        found = _postgres(cursor, [words, stretches], rest)
        if len(found) == limit:
            _remember(key, newest - found[-1][0])
            return found
        here = (newest - first * length, len(found))
        wide, before = _wider(before, here, limit), here
    found = _postgres(cursor, [_tsquery([*groups, frozenset({scope})])], rest)
    _remember(key, newest - found[-1][0] if len(found) == limit else newest)
    return found


def _postgres(cursor: CursorWrapper, conditions: Sequence[str], rest: list[str | int]) -> list[tuple[int, int]]:
    asked = [condition for condition in conditions if condition]
    return _rows(cursor, _POSTGRES.replace("WHERE ", "WHERE " + _HAS_WORDS * len(asked), 1), [*asked, *rest])


def _rows(cursor: CursorWrapper, sql: str, values: Sequence[str | int]) -> list[tuple[int, int]]:
    cursor.execute(sql, values)
    return [(row[0], row[1]) for row in cursor.fetchall()]


# PostgreSQL: a GIN index gives all documents with the words, however old, and each would be read only to show the
# newest few. So the words for the offices of a document are written once more for the stretch of the index in which it
# stands, a short one and a long one. The newest stretches of an office are a condition of their own: the index then
# leaps over all that is older and all that is of others.
LENGTHS = (1 << 12, 1 << 17)
_MOST_NAMED = 32
# How far back one had to go for the same words lately, in this process.
_ENOUGH: dict[tuple[str, int, int], int] = {}
_MOST_KEPT = 2000


def stretch_tokens(scope: str, length: int, first: int, last: int) -> list[str]:
    """The words for an office in these stretches of the index (PostgreSQL only)."""
    mark = "ab"[LENGTHS.index(length)]
    return [f"{scope}{mark}{number}" for number in range(first, last + 1)]


def placed(scopes: Iterable[str], document_id: int) -> list[str]:
    """What is written for each office beside its own word: in which stretches the document stands."""
    return [
        token
        for scope in scopes
        for length in LENGTHS
        for token in stretch_tokens(scope, length, document_id // length, document_id // length)
    ]


def _length(wide: int) -> int | None:
    """The shortest stretches that say so many documents in few words; None where no words would be few."""
    return next((length for length in LENGTHS if wide <= _MOST_NAMED * length), None)


def _wider(before: tuple[int, int], here: tuple[int, int], limit: int) -> int:
    """Among how many documents `limit` should be found, by what the last ones added; 0: look everywhere.

    `before` and `here` are a number of documents and what was found among them.
    """
    many, found = here
    added, of = found - before[1], many - before[0]
    # Half as many again as it should take: the words may have become more frequent lately. A number or a name that was
    # not found at all is the quickest to find everywhere.
    return many + -(-(limit - found) * of * 3 // (2 * added)) if added else 0


def _remember(key: tuple[str, int, int], wide: int) -> None:
    if len(_ENOUGH) >= _MOST_KEPT:
        _ENOUGH.clear()
    # A quarter more, for what comes until it is asked again.
    _ENOUGH[key] = wide + wide // 4


# What is kept from the one who asks is left out before the rows are counted off.
_SQLITE = (
    "SELECT s.rowid, d.case_id FROM cases_search s JOIN cases_searchdoc d ON d.id = s.rowid "
    "WHERE cases_search MATCH %s AND s.rowid < %s AND d.case_id NOT IN ("
    "SELECT c.id FROM duties_shield h JOIN cases_case c ON c.code = h.about WHERE c.shielded "
    "AND (h.person_id = %s OR (h.path <= %s AND h.past > %s))) ORDER BY s.rowid DESC LIMIT %s"
)
_HAS_WORDS = "d.words @@ %s::tsquery AND "
# The sum keeps PostgreSQL from going through all documents by their number until enough have the words: it takes words
# and offices for independent of each other and of time, and would now and then read everything.
_POSTGRES = (
    "SELECT d.id, d.case_id FROM cases_searchdoc d WHERE d.id < %s AND d.case_id NOT IN ("
    "SELECT c.id FROM duties_shield h JOIN cases_case c ON c.code = h.about WHERE c.shielded "
    "AND (h.person_id = %s OR (h.path <= %s AND h.past > %s))) ORDER BY d.id + 0 DESC LIMIT %s"
)
_INSERT = (
    "INSERT INTO cases_searchdoc (id, case_id, words) "
    "SELECT n, %s, array_to_tsvector(%s::text[] || ARRAY("
    "SELECT scope || mark || n / length FROM unnest(%s::text[]) AS scope, "
    "(VALUES ('a', %s), ('b', %s)) AS stretch (mark, length))) "
    "FROM nextval(pg_get_serial_sequence('cases_searchdoc', 'id')) AS n"
)


def _fts_query(groups: Sequence[frozenset[str]]) -> str:
    return " AND ".join("(" + " OR ".join(f'"{word}"' for word in sorted(group)) + ")" for group in groups)


def _tsquery(groups: Sequence[frozenset[str]]) -> str:
    return " & ".join("(" + " | ".join(f"'{word}'" for word in sorted(group)) + ")" for group in groups)
