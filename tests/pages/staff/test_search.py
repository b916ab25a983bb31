"""Search with facets: what fits, how many of each sort, and nothing of anybody else."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cards.models import CardVersion
from takrim.cases import facets
from takrim.cases.actions_work import note
from takrim.orgs.actor import Actor
from tests.people import MakeCase


def subjects(client: Client, query: str = "") -> list[str]:
    return [row.subject for row in client.get(f"/staff/search/{query}").context["shown"].rows]


def counts(client: Client, query: str = "") -> dict[str, dict[str, str]]:
    """title of a facet → title of a value → its count, as printed."""
    context = client.get(f"/staff/search/{query}").context
    return {str(facet.title): {value.title: value.number for value in facet.values} for facet in context["facets"]}


def test_texts_and_notes_are_found(make_case: MakeCase, mina: Actor, as_mina: Client, now: datetime) -> None:
    make_case(text="حقوق عقب‌افتاده")
    other = make_case(text="بیمهٔ تکمیلی")
    note(case=other, text="حقوق او پرداخت شد", by=mina, now=now)
    assert subjects(as_mina, "?q=حقوق") == ["بیمهٔ تکمیلی", "حقوق عقب‌افتاده"]
    assert subjects(as_mina) == ["بیمهٔ تکمیلی", "حقوق عقب‌افتاده"], "without words the newest are shown"


def test_a_facet_narrows_and_the_others_count_what_is_left(
    make_case: MakeCase, as_nima: Client, card: CardVersion
) -> None:
    make_case(kind="request", unit="karaj", text="یک", card=card)
    make_case(kind="complaint", unit="karaj", text="دو")
    make_case(kind="complaint", unit="nazarabad", channel="phone", text="سه")
    assert counts(as_nima)["نوع پیام"] == {"شکایت": "۲", "درخواست": "۱"}
    narrowed = counts(as_nima, "?unit=ir/alborz/karaj/")
    assert narrowed["نوع پیام"] == {"شکایت": "۱", "درخواست": "۱"}
    assert narrowed["اداره"] == {"کرج": "۲", "نظرآباد": "۱"}, "a facet counts its own other values still"
    assert narrowed["خدمت"] == {"بیمه بیکاری": "۱", "درباره خدمت مشخصی نیست": "۱"}
    assert subjects(as_nima, "?unit=ir/alborz/karaj/&card=none") == ["دو"]
    assert subjects(as_nima, "?kind=nonsense") == []


def test_months_are_those_of_the_jalali_year(make_case: MakeCase, as_mina: Client, now: datetime) -> None:
    make_case(text="آبان", at=now - timedelta(days=10))
    make_case(text="آذر")
    assert counts(as_mina)["ماه ثبت"] == {"آذر ۱۴۰۵": "۱", "آبان ۱۴۰۵": "۱"}
    assert subjects(as_mina, "?month=1405-08") == ["آبان"]


def test_others_cases_are_neither_shown_nor_counted_nor_suggested(make_case: MakeCase, as_omid: Client) -> None:
    make_case(text="رازی در نظرآباد")
    page = as_omid.get("/staff/search/?q=رازی")
    assert page.context["count"] == "۰"
    assert page.context["facets"] == []
    assert "رازی در" not in as_omid.get("/staff/search/suggest/?q=راز").content.decode()


def test_what_is_typed_is_completed_from_subjects_in_scope(make_case: MakeCase, as_mina: Client) -> None:
    make_case(text="بیمه بیکاری پس از تعطیلی کارگاه")
    assert "بیمه بیکاری پس" in as_mina.get("/staff/search/suggest/?q=بیم کارگ").content.decode()
    assert as_mina.get("/staff/search/suggest/?q=").content.decode().strip() == ""


def test_only_so_many_are_counted_and_the_older_ones_are_reached(
    make_case: MakeCase, as_mina: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "MOST_CASES", 3)
    for number in range(5):
        make_case(text=f"پرونده {number}")
    first = as_mina.get("/staff/search/")
    assert first.context["count"] == "۳+"
    back = as_mina.get("/staff/search/" + first.context["back_url"])
    assert [row.subject for row in back.context["shown"].rows] == ["پرونده 1", "پرونده 0"]
    assert back.context["count"] == "۲"


def test_pages_go_on_and_queries_stay_the_same(make_case: MakeCase, as_mina: Client) -> None:
    make_case()
    as_mina.get("/staff/search/")
    with CaptureQueriesContext(connection) as few:
        as_mina.get("/staff/search/")
    for number in range(30):
        make_case(text=f"پرونده {number}")
    with CaptureQueriesContext(connection) as many:
        first = as_mina.get("/staff/search/")
    assert len(many) == len(few)
    assert len(subjects(as_mina, first.context["next_url"])) == 6


@pytest.mark.parametrize(
    "query", ["?page=x", "?before=-1", "?before=99999999999999999999", "?month=a", "?unit=%00", "?q=%22)("]
)
def test_crooked_addresses_find_something_or_nothing(query: str, as_mina: Client) -> None:
    assert as_mina.get(f"/staff/search/{query}").status_code == 200


def test_who_may_see_no_cases_stays_outside(as_tara: Client, as_mina: Client) -> None:
    assert as_tara.get("/staff/search/").status_code == 403
    assert Client().get("/staff/search/suggest/").status_code == 302
    assert as_mina.post("/staff/search/").status_code == 405
