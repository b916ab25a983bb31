"""Finding cases by words: the newest first, however far back one has to look."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from takrim.cases import search
from takrim.cases.models import Case
from tests.people import MakeCase

WORD = "خاکستر"


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of short stretches, of which nothing has been asked yet."""
    monkeypatch.setattr(search, "LENGTHS", (4, 16))
    monkeypatch.setattr(search, "_ENOUGH", {})


@pytest.fixture(params=[32, 1], ids=["by short stretches", "by long ones"])
def cases(
    short: None, make_case: MakeCase, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> list[Case]:
    """Forty cases of an office, every fifth of them with the word, among as many of another."""
    monkeypatch.setattr(search, "_MOST_NAMED", request.param)
    made = []
    for number in range(40):
        make_case(unit="karaj", text=WORD)
        made.append(make_case(text=f"پرونده {number} {WORD if number % 5 == 0 else 'دیگر'}"))
    return made


def found(cases: list[Case], limit: int, before: int | None = None) -> list[tuple[int, int]]:
    return search.find(WORD, unit_id=cases[0].unit_id, limit=limit, before=before)


@pytest.mark.parametrize("limit", [1, 2, 4, 8, 20])
def test_the_newest_are_found_first_and_none_is_left_out(cases: list[Case], limit: int) -> None:
    wanted = [case.pk for case in reversed(cases[::5])]
    assert [case for _document, case in found(cases, limit)] == wanted[:limit]


def test_a_search_goes_on_where_its_page_ended(cases: list[Case]) -> None:
    wanted = [case.pk for case in reversed(cases[::5])]
    seen: list[int] = []
    before: int | None = None
    while page := found(cases, 3, before):
        seen += [case for _document, case in page]
        before = page[-1][0]
    assert seen == wanted


def test_a_word_that_nobody_wrote_finds_nothing(cases: list[Case]) -> None:
    assert search.find("زعفران", unit_id=cases[0].unit_id, limit=5) == []


def test_without_words_the_newest_come(cases: list[Case]) -> None:
    newest = search.newest(unit_id=cases[0].unit_id, limit=6)
    assert [case for _document, case in newest] == [case.pk for case in reversed(cases[-6:])]


def test_asked_again_the_same_is_found(cases: list[Case]) -> None:
    first = found(cases, 4)
    assert found(cases, 4) == first
    assert len(found(cases, 3)) == 3


def _read(case: Case, limit: int) -> int:
    """How many documents PostgreSQL gets out of its index for one search, over all its queries."""
    with CaptureQueriesContext(connection) as queries:
        assert len(search.find(WORD, unit_id=case.unit_id, limit=limit)) == limit
    read = 0
    with connection.cursor() as cursor:
        for query in queries.captured_queries:
            if "@@" in query["sql"]:
                every, _limit, _number = query["sql"].rpartition(" LIMIT ")
                cursor.execute(every)
                read += len(cursor.fetchall())
    return read


def test_ten_times_as_many_documents_are_not_more_to_read(short: None, case: Case, on_postgresql: bool) -> None:
    if not on_postgresql:
        pytest.skip("FTS5 goes from the newest on by itself")

    def write(many: int) -> None:
        for number in range(many):
            for path in (case.unit_path, "ir/alborz/karaj/", "ir/qom/"):
                search.add(case_id=case.pk, unit_path=path, texts=[WORD if number % 4 == 0 else "دیگر"])

    write(60)
    _read(case, 3)
    few = _read(case, 3)
    write(540)
    first, again = _read(case, 3), _read(case, 3)
    assert 3 <= few <= 8
    assert again <= 8, "of the 150 that the office has"
    assert first <= 16, "one look that was too short, and one that was enough"


def test_the_index_of_words_is_asked_and_not_the_one_of_numbers(cases: list[Case], on_postgresql: bool) -> None:
    with CaptureQueriesContext(connection) as queries:
        found(cases, 3)
    with connection.cursor() as cursor:
        if not on_postgresql:
            cursor.execute("EXPLAIN QUERY PLAN " + queries.captured_queries[-1]["sql"])
            plan = " ".join(row[3] for row in cursor.fetchall())
            assert plan.startswith("SCAN s VIRTUAL TABLE INDEX"), plan
            assert "TEMP B-TREE" not in plan, "it goes from the newest and stops"
            return
        # Few as they are, the documents would be read as they lie, or from the end on until three have the word.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("EXPLAIN " + queries.captured_queries[-1]["sql"])
        plan = " ".join(row[0] for row in cursor.fetchall())
    assert "Backward" not in plan
    assert "Sort Key: ((d.id + 0))" in plan


def test_what_was_indexed_before_is_placed_like_what_is_written_now(case: Case, on_postgresql: bool) -> None:
    """The migration, on documents as they were before it."""
    if not on_postgresql:
        pytest.skip("FTS5 needs no stretches")
    search.add(case_id=case.pk, unit_path="ir/alborz/karaj/", texts=[WORD])
    migration = import_module("takrim.cases.migrations.0022_stretches_of_offices")

    def words() -> list[tuple[int, str]]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, words::text FROM cases_searchdoc ORDER BY id")
            return list(cursor.fetchall())

    now = words()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "UPDATE cases_searchdoc SET words = array_to_tsvector(ARRAY['zzt' || id / 16384] || ARRAY("
            "SELECT word FROM unnest(tsvector_to_array(words)) AS word WHERE word !~ '^zzu[0-9]+[ab]'))"
        )
        assert words() != now
        with connection.schema_editor() as editor:
            migration.make(apps, editor)
    assert words() == now
