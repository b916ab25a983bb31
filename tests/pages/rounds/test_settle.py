"""Where two assessors differ, who runs the round chooses one, or says what else counts; nothing counts unsaid."""

from __future__ import annotations

import pytest

from takrim.evaluation.models_rounds import Step
from takrim.evaluation.models_values import Value
from tests.pages.rounds.conftest import AFTER, Browsers, GoTo, assess_all, compute
from tests.rounds import Held


@pytest.fixture
def differing(declared: Held, browsers: Browsers, go_to: GoTo) -> tuple[str, Value]:
    """The page, and what the two saw differently: 8 of 10 and nothing."""
    go_to(AFTER)
    compute(declared, Step.FREEZE, browsers)
    assess_all(declared, browsers, blind=False, value="8/10")
    assess_all(declared, browsers, blind=True, value="6/10")
    (look,) = declared.looks(blind=True)
    return f"/rounds/{declared.round.code}/settle/", look.entrant.values.get(indicator="desk")


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ({"which": "first"}, "8/10"),
        ({"which": "second"}, "6/10"),
        ({"which": "other", "other": "۷/۱۰"}, "7/10"),
        ({"which": "none"}, "-"),
    ],
)
def test_one_of_the_two_counts_or_something_else(
    differing: tuple[str, Value], browsers: Browsers, typed: dict[str, str], counts: str
) -> None:
    here, value = differing
    page = browsers["nima"].get(here).text
    assert "یافته ارزیاب نخست: ۸ از ۱۰" in page
    assert "یافته ارزیاب دوم: ۶ از ۱۰" in page
    sent = {"value": value.pk, **{f"s{value.pk}-{name}": text for name, text in typed.items()}}
    assert browsers["nima"].post(here, {**sent, f"s{value.pk}-why": "به گواه دفتر"}).status_code == 302
    value.refresh_from_db()
    assert value.final == counts


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"which": "other"}, "بنویسید به جای آن چه مقداری ملاک است"),
        ({"which": "first", "other": "7/10"}, "یا این را خالی بگذارید"),
        ({"which": "other", "other": "هفت"}, "هفت"),
        ({}, "چه چیزی ملاک است"),
    ],
)
def test_nothing_counts_until_it_was_said(
    differing: tuple[str, Value], browsers: Browsers, typed: dict[str, str], sentence: str
) -> None:
    here, value = differing
    sent = {"value": value.pk, **{f"s{value.pk}-{name}": text for name, text in typed.items()}}
    page = browsers["nima"].post(here, {**sent, f"s{value.pk}-why": "به گواه دفتر"})
    assert page.status_code == 422
    assert sentence in page.text
    assert "به گواه دفتر" in page.text
    value.refresh_from_db()
    assert value.final == ""
