"""Finding cases by words: the newest first, however far back one has to look."""

from __future__ import annotations

import pytest

from takrim.cases import search
from takrim.cases.models import Case
from tests.people import MakeCase

WORD = "خاکستر"


@pytest.fixture(params=[0, 2000], ids=["further back", "then everywhere"])
def cases(make_case: MakeCase, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> list[Case]:
    """Forty cases, every fifth of them with the word, in an index of short stretches."""
    monkeypatch.setattr(search, "STRETCH", 4)
    monkeypatch.setattr(search, "_FEW", request.param)
    return [make_case(text=f"پرونده {number} {WORD if number % 5 == 0 else 'دیگر'}") for number in range(40)]


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
