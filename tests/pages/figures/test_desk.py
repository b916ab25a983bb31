"""The figures of one's own office, and the cases behind them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.cards.models import CardVersion
from takrim.cases.actions_end import object_to
from takrim.cases.models import Case
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor, system
from tests.matters import answered
from tests.people import NOW, MakeCase, SignIn

MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
OFFICE, CASES = "/figures/office/", "/figures/office/cases/"
LISTS = ["open", "overdue", "soon", "received", "answered", "late", "reopened"]

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def busy(make_case: MakeCase, card: CardVersion) -> dict[str, Case]:
    """One of each: fresh, due tomorrow, overdue, answered in time, late, objected to, and one in another province."""
    made = {
        "fresh": make_case(at=NOW, card=card),
        "overdue": make_case(at=MEHR),
        "good": answered(make_case(at=MEHR), MEHR + timedelta(hours=5)),
        "late": answered(make_case(unit="karaj", at=MEHR), NOW),
        "objected": answered(make_case(at=NOW - timedelta(days=9)), NOW - timedelta(days=8)),
        "soon": make_case(at=NOW - timedelta(days=18)),
        "stranger": make_case(unit="kahak", at=MEHR),
    }
    object_to(case=made["objected"], text="نه", by=system("test"), now=NOW - timedelta(days=1))
    catch_up(READER)
    return made


def listed(client: Client, what: str, more: str = "") -> list[str]:
    text = client.get(f"{CASES}?what={what}{more}").content.decode()
    return re.findall(r"/staff/cases/(\d{11})/", text)


def names(busy: dict[str, Case], codes: list[str]) -> list[str]:
    by_code = {case.code: name for name, case in busy.items()}
    return [by_code[code] for code in codes]


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_an_officer_sees_the_figures_of_the_office(
    busy: dict[str, Case], nima: Actor, sign_in: SignIn, lang: str
) -> None:
    client = sign_in(nima)
    client.cookies["language"] = lang
    response = client.get(OFFICE)
    assert response.status_code == 200
    text = response.content.decode()
    assert "what=overdue" in text
    assert ("10 working days" if lang == "en" else "۱۰ روز کاری") in text


def test_each_number_leads_to_its_cases(busy: dict[str, Case], nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    assert names(busy, listed(client, "open")) == ["overdue", "soon", "fresh", "objected"]
    assert names(busy, listed(client, "overdue")) == ["overdue"]
    assert names(busy, listed(client, "soon")) == ["soon"]
    assert names(busy, listed(client, "received")) == ["fresh", "objected", "soon", "late", "good", "overdue"]
    assert names(busy, listed(client, "answered")) == ["late", "objected", "good"]
    assert names(busy, listed(client, "late")) == ["late"]
    assert names(busy, listed(client, "reopened")) == ["objected"]


def test_the_number_is_the_length_of_its_list(busy: dict[str, Case], nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    client.cookies["language"] = "en"
    text = client.get(OFFICE).content.decode()
    for what in ("open", "overdue", "soon", "received", "answered"):
        tile = re.search(rf'what={what}&amp;unit[^>]*>[^<]*</a>.*?</p>\s*<p class="stat-value">(\d+)', text)
        assert tile is not None, what
        assert int(tile[1]) == len(listed(client, what)), what


def test_a_list_may_be_of_one_office_or_one_period(busy: dict[str, Case], nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    assert names(busy, listed(client, "received", "&unit=ir/alborz/karaj/")) == ["late"]
    assert names(busy, listed(client, "answered", "&period=1405-07")) == ["good"]


def test_a_long_list_goes_on_without_losing_or_repeating_a_case(
    make_case: MakeCase, nima: Actor, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("takrim.web.figures.cases.PAGE", 3)
    made = {make_case(at=MEHR + timedelta(hours=number // 2)).code for number in range(8)}
    client = sign_in(nima)
    for what in ("open", "received"):  # one forwards, one backwards
        seen, address = [], f"{CASES}?what={what}"
        while address:
            text = client.get(address).content.decode()
            seen += re.findall(r"/staff/cases/(\d{11})/", text)
            found = re.search(r'rel="next" href="([^"]+)"', text)
            address = CASES + found[1].replace("&amp;", "&") if found else ""
        assert len(seen) == len(made)
        assert set(seen) == made


@pytest.mark.parametrize("what", LISTS)
def test_a_stranger_finds_nothing_of_another_province(
    busy: dict[str, Case], omid: Actor, sign_in: SignIn, what: str
) -> None:
    client = sign_in(omid)
    assert {busy["stranger"].code} >= set(listed(client, what))
    for unit in ("ir/alborz/", "ir/", "ir/alborz/karaj/"):
        assert client.get(f"{CASES}?what={what}&unit={unit}").status_code == 404


def test_who_may_see_figures_only_gets_no_cases(busy: dict[str, Case], tara: Actor, sign_in: SignIn) -> None:
    client = sign_in(tara)
    client.cookies["language"] = "en"
    response = client.get(OFFICE)
    assert response.status_code == 200
    assert "what=overdue" not in response.content.decode()
    assert "Alborz" in response.content.decode()
    assert client.get(CASES).status_code == 403


@pytest.mark.parametrize("address", [OFFICE, CASES])
def test_one_must_have_signed_in(client: Client, address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("address", [OFFICE, CASES])
def test_these_pages_are_only_read(nima: Actor, sign_in: SignIn, address: str) -> None:
    assert sign_in(nima).post(address).status_code == 405


@pytest.mark.parametrize("query", ["what=everything", "unit=ir/nowhere/", "what=open&after=x~y", "what=open&after=2~x"])
def test_what_is_unknown_is_not_found(nima: Actor, sign_in: SignIn, query: str) -> None:
    assert sign_in(nima).get(f"{CASES}?{query}").status_code == 404


def test_what_was_open_at_the_end_of_a_past_period_has_no_list(
    busy: dict[str, Case], nima: Actor, sign_in: SignIn
) -> None:
    text = sign_in(nima).get(f"{OFFICE}?period=1405-h1").content.decode()
    assert "what=received" in text
    assert "what=overdue" not in text


def test_the_number_of_questions_does_not_grow(
    make_case: MakeCase,
    nima: Actor,
    sign_in: SignIn,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    client = sign_in(nima)
    client.get(f"{OFFICE}?period=1404")
    for number in range(12):
        make_case(at=MEHR, unit=("karaj", "nazarabad")[number % 2])
        if number in (1, 11):
            catch_up(READER)
            # Three for the session, the person and the seat, one for what has changed, five for the figures.
            with django_assert_num_queries(9):
                client.get(OFFICE)
            with django_assert_num_queries(4):
                client.get(OFFICE)
            with django_assert_num_queries(5):
                client.get(f"{CASES}?what=open")
