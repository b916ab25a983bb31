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
    insert([(case_id, words + scope_tokens(unit_path))])


def insert(documents: Sequence[tuple[int, list[str]]]) -> None:
    """Write documents (case id, words) into the index of the database at hand."""
    with cursor_of(connection) as cursor:
        for case_id, words in documents:
            if connection.vendor == "postgresql":
                cursor.execute(_INSERT, [case_id, words, STRETCH])
                continue
            cursor.execute("INSERT INTO cases_searchdoc (case_id) VALUES (%s)", [case_id])
            cursor.execute(
                "INSERT INTO cases_search (rowid, words) VALUES (%s, %s)", [cursor.lastrowid, " ".join(words)]
            )


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
    every = [*groups, frozenset({scope_token(unit_id)})]
    kept_from: list[str | int] = [by.person, by.unit_path, by.unit_path] if by else [0, "", ""]
    rest = [before or 1 << 62, *kept_from, limit]
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            return _rows(cursor, _SQLITE, [_fts_query(every), *rest])
        return _newest_first(cursor, every, rest, _last_stretch(cursor, before))


def _newest_first(
    cursor: CursorWrapper, every: Sequence[frozenset[str]], rest: list[str | int], last: int
) -> list[tuple[int, int]]:
    """PostgreSQL: look through the newest stretches, through more, through all; begin with what was enough before."""
    limit, words = int(rest[-1]), _tsquery(every)
    key = (words, limit, last)
    many, before = _ENOUGH.get(key, _FIRST), (0, 0)
    while many and 2 * many <= last:
        stretches = frozenset(f"zzt{number}" for number in range(last - many + 1, last + 1))
        found = _rows(cursor, _IN_STRETCHES, [words, _tsquery([stretches]), *rest])
        if len(found) == limit:
            return found
        here = (many, len(found))
        many, before = _further(before, here, limit, last), here
        if len(_ENOUGH) >= _MOST_KEPT:
            _ENOUGH.clear()
        _ENOUGH[key] = many or last
    return _rows(cursor, _POSTGRES, [words, *rest])


def _rows(cursor: CursorWrapper, sql: str, values: Sequence[str | int]) -> list[tuple[int, int]]:
    cursor.execute(sql, values)
    return [(row[0], row[1]) for row in cursor.fetchall()]


def stretch_token(document_id: int) -> str:
    """The word that says in which stretch of the index a document stands (PostgreSQL only)."""
    return f"zzt{document_id // STRETCH}"


# PostgreSQL: a GIN index gives all documents with the words, however old, and each would be read only to show the
# newest few. So many documents stand in one stretch of the index; in so many stretches the newest are looked for.
# Stretches are a condition of their own: one index scan then leaps over all that is older.
STRETCH = 1 << 14
_FIRST, _MOST_NAMED = 2, 24
# Reading so many documents costs less than naming further stretches.
_FEW = 2000
# What was enough for the same words lately, in this process.
_ENOUGH: dict[tuple[str, int, int], int] = {}
_MOST_KEPT = 2000


def _last_stretch(cursor: CursorWrapper, before: int | None) -> int:
    if before is None:
        cursor.execute("SELECT coalesce(max(id), 0) FROM cases_searchdoc")
        before = cursor.fetchone()[0] + 1
    return (before - 1) // STRETCH


def _further(before: tuple[int, int], here: tuple[int, int], limit: int, last: int) -> int:
    """How many stretches should hold `limit` documents, by what the last ones added; 0: look at everything.

    `before` and `here` are a number of stretches and what was found in them.
    """
    many, found = here
    added, of = found - before[1], many - before[0]
    if found * last <= _FEW * many or not added:
        return 0
    # Half as many again as it should take: the words may have become more frequent lately.
    wanted = many + -(-(limit - found) * of * 3 // (2 * added))
    return wanted if wanted <= _MOST_NAMED else 0


# What is kept from the one who asks is left out before the rows are counted off.
_SQLITE = (
    "SELECT s.rowid, d.case_id FROM cases_search s JOIN cases_searchdoc d ON d.id = s.rowid "
    "WHERE cases_search MATCH %s AND s.rowid < %s AND d.case_id NOT IN ("
    "SELECT c.id FROM duties_shield h JOIN cases_case c ON c.code = h.about WHERE c.shielded "
    "AND (h.person_id = %s OR (h.path <= %s AND h.past > %s))) ORDER BY s.rowid DESC LIMIT %s"
)
_POSTGRES = (
    "SELECT d.id, d.case_id FROM cases_searchdoc d WHERE d.words @@ %s::tsquery AND d.id < %s AND d.case_id NOT IN ("
    "SELECT c.id FROM duties_shield h JOIN cases_case c ON c.code = h.about WHERE c.shielded "
    "AND (h.person_id = %s OR (h.path <= %s AND h.past > %s))) ORDER BY d.id DESC LIMIT %s"
)
_IN_STRETCHES = _POSTGRES.replace("WHERE", "WHERE d.words @@ %s::tsquery AND", 1)
_INSERT = (
    "INSERT INTO cases_searchdoc (id, case_id, words) "
    "SELECT n, %s, array_to_tsvector(%s::text[] || ('zzt' || n / %s)) "
    "FROM nextval(pg_get_serial_sequence('cases_searchdoc', 'id')) AS n"
)


def _fts_query(groups: Sequence[frozenset[str]]) -> str:
    return " AND ".join("(" + " OR ".join(f'"{word}"' for word in sorted(group)) + ")" for group in groups)


def _tsquery(groups: Sequence[frozenset[str]]) -> str:
    return " & ".join("(" + " | ".join(f"'{word}'" for word in sorted(group)) + ")" for group in groups)
