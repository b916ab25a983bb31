"""The figures everybody may read: right, complete, silent about few people, and quick however much there is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.orgs import stamps
from takrim.web.figures import drawn
from takrim.web.figures.shown import brief
from tests.matters import answered, judged
from tests.people import NOW, SENDER, MakeCase

MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
PUBLIC = [
    "/figures/",
    "/figures/ranking/",
    "/figures/ir/alborz/",
    "/figures/ir/alborz/nazarabad/",
    "/figures/ir/alborz/ranking/",
    "/figures/ir/alborz/score/",
    "/figures/ir/alborz/nazarabad/score/",
]

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def busy(make_case: MakeCase) -> None:
    """Nazarabad answers in time, Karaj does not; six people judge."""
    for number in range(24):
        at = MEHR + timedelta(hours=number)
        case = answered(make_case(unit="nazarabad", at=at), at + timedelta(hours=30))
        if number < 6:
            judged(case, 5 if number else 2, NOW)
        answered(make_case(unit="karaj", at=at), at + timedelta(days=33))
    make_case(unit="karaj", at=MEHR)
    catch_up(READER)


def page(client: Client, address: str, lang: str = "en") -> str:
    client.cookies["language"] = lang
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def main(client: Client, address: str) -> str:
    """What the page says, without its frame."""
    return page(client, address).partition("<main")[2]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_anybody_may_read_them(busy: None, client: Client, lang: str) -> None:
    # All in one test: the two provinces' half-year is dearer to make than all the pages to show.
    for period in ("", "?period=1405-07", "?period=1405-s3", "?period=1405", "?period=1390-h1"):
        for address in PUBLIC:
            assert 'lang="' + lang in page(client, address + period, lang), address + period


@pytest.mark.parametrize("address", PUBLIC)
def test_they_are_there_before_there_is_a_single_case(client: Client, address: str) -> None:
    text = page(client, address)
    assert "—" in text or "No office has enough answers" in text


@pytest.mark.parametrize("address", PUBLIC)
def test_they_are_only_read(client: Client, address: str) -> None:
    assert client.post(address).status_code == 405


@pytest.mark.parametrize(
    "address",
    ["ir/nowhere/", "us/", "ir/nowhere/ranking/", "ir/alborz/karaj/ranking/", "ir/nowhere/score/", "ir/score/"],
)
def test_an_unknown_office_is_not_found(client: Client, address: str) -> None:
    assert client.get(f"/figures/{address}").status_code == 404


def test_a_period_that_is_none_gets_a_sentence(client: Client) -> None:
    client.cookies["language"] = "en"
    response = client.get("/figures/?period=1405-13")
    assert response.status_code == 400
    assert "1405-07" in response.content.decode()


def test_the_nation_is_one_page_with_one_address(client: Client) -> None:
    assert client.get("/figures/ir/").headers["Location"] == "/figures/"
    assert client.get("/figures/ir/ranking/").headers["Location"] == "/figures/ranking/"


def test_the_numbers_are_those_of_the_cases(busy: None, client: Client) -> None:
    text = page(client, "/figures/ir/alborz/?period=1405-h2")
    for number in (
        "49",
        "48",
        "50%",
        "24 of 48 answers",
        "30 hours",
        "33 days",
        "fewer than 10 replies: not shown",
    ):
        assert number in text
    assert "83.3%" not in text, "six replies are too few for a score"


def test_ten_replies_are_shown_beside_their_rate(make_case: MakeCase, client: Client) -> None:
    for _ in range(10):
        judged(answered(make_case(at=MEHR), MEHR), 5, NOW)
    catch_up(READER)
    assert "10 replies, response rate 100%" in page(client, "/figures/ir/alborz/nazarabad/")


def test_fewer_than_ten_replies_are_nowhere_to_be_seen(make_case: MakeCase, client: Client) -> None:
    for _ in range(9):
        judged(answered(make_case(at=MEHR), MEHR), 5, NOW)
    catch_up(READER)
    for address in ("/figures/", "/figures/ir/alborz/", "/figures/ir/alborz/nazarabad/"):
        text = page(client, address)
        assert "fewer than 10 replies" in text
        assert "What people said" not in text
        # All nine were content; only the share of answers in time may say so.
        assert re.findall(r"Satisfaction<a[^\n]*</p>\s*<p class=\"stat-value\">([^<]*)", text) == ["—"]
    assert "fewer than 10 cases: left out" in page(client, "/figures/ir/alborz/nazarabad/score/")


def test_no_page_says_anything_about_a_person(busy: None, client: Client) -> None:
    for address in PUBLIC:
        text = page(client, address, "fa")
        assert SENDER.name not in text
        assert SENDER.mobile not in text


def test_a_chart_and_its_table_say_the_same(busy: None, client: Client) -> None:
    text = page(client, "/figures/ir/alborz/nazarabad/")
    assert text.count("data-chart=") == text.count('class="chart-table"') >= 4
    # The twelve months from Dey to Azar: all came in Mehr.
    assert '"words": ["0", "0", "0", "0", "0", "0", "0", "0", "0", "24", "0", "0"]' in text


def test_the_better_office_stands_first_and_says_why(busy: None, client: Client) -> None:
    text = page(client, "/figures/ir/alborz/ranking/")
    assert text.index("Nazarabad") < text.index("Karaj")
    assert "rank-first" in text
    form = page(client, "/figures/ir/alborz/karaj/score/")
    assert "What would raise it most" in form
    assert form.index("Answered on time") < form.index("The form, row by row")


def test_an_office_with_few_answers_is_listed_below(make_case: MakeCase, client: Client) -> None:
    answered(make_case(at=MEHR), MEHR)
    catch_up(READER)
    text = page(client, "/figures/ir/alborz/ranking/")
    assert text.index("Shown, but not ranked") < text.index("Nazarabad</a>")
    assert "fewer than 20 answers: not ranked" in page(client, "/figures/ir/alborz/nazarabad/score/")


ADDRESSES = ["/figures/", "/figures/ranking/", "/figures/ir/alborz/", "/figures/ir/alborz/ranking/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_drawing_a_page_asks_the_same_number_of_questions_for_any_number_of_cases(
    client: Client, make_case: MakeCase, address: str
) -> None:
    asked = []
    for unit in ("nazarabad", "karaj", "kahak", "karaj"):
        answered(make_case(unit=unit, at=MEHR), NOW)
        catch_up(READER)
        stamps.forget()
        with CaptureQueriesContext(connection) as questions:
            page(client, address)
        asked.append(len(questions))
    # Two for the offices' names, one for what has changed, and at most four for the figures.
    assert asked[0] <= 7
    assert asked == asked[:1] * 4


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_drawn_once_and_again_when_a_figure_changes(
    busy: None,
    client: Client,
    make_case: MakeCase,
    address: str,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    before = main(client, address)
    with django_assert_num_queries(1):
        assert main(client, address) == before
    make_case(unit="kahak", at=NOW)
    answered(make_case(unit="karaj", at=MEHR), NOW)
    assert main(client, address) == before
    catch_up(READER)
    assert main(client, address) != before


def test_a_page_of_another_province_stays_as_it_was_drawn(
    busy: None, make_case: MakeCase, client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    page(client, "/figures/ir/alborz/")
    make_case(unit="kahak", at=NOW)
    catch_up(READER)
    with django_assert_num_queries(1):
        page(client, "/figures/ir/alborz/")


def test_pages_kept_in_memory_are_not_without_number(
    busy: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("takrim.web.figures.drawn._KEPT.most", 2)
    for month in range(1, 8):
        page(client, f"/figures/?period=1405-0{month}")
    assert len(drawn._KEPT.values) <= 2


@pytest.mark.parametrize(
    ("hours", "shown"),
    [("0.25", "15 minutes"), ("1.25", "1.3 hours"), ("8", "8 hours"), ("47.5", "48 hours"), ("60", "2.5 days")],
)
def test_a_time_is_told_in_one_unit(hours: str, shown: str) -> None:
    with override("en"):
        assert brief(Fraction(hours), "en") == shown
