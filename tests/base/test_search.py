"""What a Persian search finds, and what it must leave alone."""

from __future__ import annotations

from timeit import repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.base.persian import PluralTable, query_groups, tokens
from tests.base.search_pairs import MUST_MATCH, MUST_NOT_MATCH

COMPLAINT = """
با سلام و احترام، اینجانب کارگر کارگاه تولیدی هستم که از فروردین ۱۴۰۵ حقوق و مزایای خود را دریافت نکرده‌ام و کارفرما
می گوید بودجه ندارد. لطفاً بازرسان محترم اداره کار شهرستان نظرآباد برای بررسی سوابق بیمه و قراردادهای کارگران به محل
مراجعه کنند و گزارش خود را به اداره‌ کل ارسال نمایند تا تکلیف معوقات مزدی ما روشن شود.
"""


def pairs(rows: str) -> list[tuple[str, str]]:
    halves = [row.split(" | ") for row in rows.strip().splitlines()]
    return [(query, text) for query, text in halves]


def finds(query: str, text: str, table: PluralTable | None = None) -> bool:
    groups, indexed = query_groups(query, table), set(tokens(text))
    return bool(groups) and all(group & indexed for group in groups)


@pytest.mark.parametrize(("query", "text"), pairs(MUST_MATCH))
def test_ways_of_writing_the_same_find_each_other(query: str, text: str) -> None:
    assert finds(query, text)


@pytest.mark.parametrize(("query", "text"), pairs(MUST_NOT_MATCH))
def test_words_that_only_look_alike_do_not(query: str, text: str) -> None:
    assert not finds(query, text)
    assert not finds(text, query)


def test_all_words_of_a_query_must_be_there() -> None:
    assert finds("معوقات کارگران نظرآباد", COMPLAINT)
    assert finds("مزدی قرارداد", COMPLAINT)
    assert not finds("معوقات کارگران ساوجبلاغ", COMPLAINT)


def test_common_words_do_not_narrow_a_query_that_has_others() -> None:
    assert query_groups("برای بیمه") == query_groups("بیمه")
    assert query_groups("از به") == [frozenset({"از"}), frozenset({"به"})]


@pytest.mark.parametrize("text", ["", "   ", "؟!،", "🙂", "\u200c"])
def test_a_query_without_words_asks_nothing(text: str) -> None:
    assert query_groups(text) == []
    assert tokens(text) == []


def test_a_compound_is_asked_for_joined_or_in_all_its_parts() -> None:
    assert query_groups("کارت‌ملی") == [frozenset({"کارتملی", "کارت"}), frozenset({"کارتملی", "ملی"})]
    assert tokens("کارت‌ملی") == ["کارتملی", "کارت", "ملی"]


def test_the_office_adds_a_plural_that_we_do_not_know() -> None:
    table = PluralTable({"بنگاه‌ها": ["بنگاه"], "معضلات": ["معضل"]})
    assert not finds("معضلات", "یک معضل")
    assert finds("معضلات", "یک معضل", table)
    assert not finds("معضل", "معضلات", table)


def test_synonyms_work_both_ways_and_in_every_form() -> None:
    table = PluralTable.both_ways([("یارانه", "سوبسید"), ("تأمین اجتماعی", "تامین", "ساتا")])
    assert finds("سوبسید", "یارانه‌ها", table)
    assert finds("یارانه‌ام", "سوبسید", table)
    assert finds("شعبه ساتا", "شعبه تامین اجتماعی", table)
    assert finds("شعبه تأمین اجتماعی", "شعبه ساتا", table)
    assert not finds("شعبه تأمین اجتماعی", "شعبه بانک", table)
    assert not finds("اجتماعی", "ساتا", table)


def test_a_plain_mapping_of_synonyms_will_do() -> None:
    assert query_groups("یارانه", {"یارانه": ["سوبسید"]}) == [frozenset({"یارانه", "سوبسید"})]
    assert query_groups("یارانه", {"": ["x"], "یارانه": ["؟"]}) == [frozenset({"یارانه"})]


def test_a_word_of_a_megabyte_is_cut() -> None:
    assert max(map(len, tokens("آ" * 1_000_000))) <= 64
    assert max(map(len, tokens("ab\u200c" * 1000))) <= 64
    assert len(query_groups("کلمه " + " ".join(f"{n}" for n in range(1000)))) <= 32


@given(st.text(max_size=60))
def test_any_text_finds_itself(text: str) -> None:
    indexed = set(tokens(text))
    assert all(group & indexed for group in query_groups(text))
    assert all(token.strip() == token and token for token in indexed)


def test_a_complaint_is_read_in_microseconds() -> None:
    # A fifth of this on an idle machine: the bound is for a busy one.
    assert min(repeat(lambda: tokens(COMPLAINT), number=100, repeat=5)) / 100 < 0.0005
