"""The year of an office for everybody: read only, linked where a date is counted and where offices are listed."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from takrim.orgs.models import Closure, Unit, Week

pytestmark = pytest.mark.usefixtures("pages_at_now")
PAGE = "/offices/alborz/calendar/"


@pytest.fixture
def closed(units: dict[str, Unit], now: datetime) -> None:
    rows = [
        ("ir/", date(2026, 12, 1), "", "عید"),
        ("ir/alborz/", date(2026, 12, 2), "", "برف"),
        ("ir/alborz/karaj/", date(2026, 12, 5), "10:00-12:00", "همایش"),
        ("ir/qom/", date(2026, 12, 6), "", "سیل"),
    ]
    for path, day, hours, reason in rows:
        Closure.objects.create(path=path, day=day, hours=hours, reason_fa=reason, reason_en=reason, announced_at=now)
    Week.objects.create(
        path="ir/alborz/karaj/",
        since=date(2026, 12, 1),
        hours="sat=09:00-13:00",
        note_fa="ساعت زمستان",
        note_en="Winter",
    )


def test_everybody_reads_which_days_offices_of_a_province_are_closed_and_why(client: Client, closed: None) -> None:
    page = client.get(PAGE)
    html = page.content.decode()
    for reason in ("عید", "برف", "همایش", "ساعت زمستان"):
        assert reason in html
    assert "سیل" not in html
    assert "/staff/" not in html, "read only"
    assert html.count("<caption>") == 12
    assert 'class="cal-open cal-below"' in html


def test_the_year_of_an_office_that_is_not_there_is_not_found(client: Client, units: dict[str, Unit]) -> None:
    assert client.get("/offices/nowhere/calendar/").status_code == 404
    assert client.post(PAGE).status_code == 405


def test_it_speaks_english(client: Client, closed: None) -> None:
    client.cookies["language"] = "en"
    page = client.get(PAGE)
    assert "Azar" in page.content.decode()
    assert "working days" in page.content.decode()


def test_offices_lead_to_their_year(client: Client, closed: None) -> None:
    assert PAGE in client.get("/offices/").content.decode()
    assert PAGE in client.get("/offices/alborz/").content.decode()


def test_the_year_asks_as_often_for_one_closure_as_for_many(
    client: Client, closed: None, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(PAGE)
    with django_assert_num_queries(3):
        client.get(PAGE)
