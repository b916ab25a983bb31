"""A table of figures as somebody asks for it: right to the last number, within reach, kept, shared and taken along."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from takrim.cards.models import CardVersion
from takrim.indicators.actions_tables import MOST
from takrim.indicators.follow import READER
from takrim.indicators.models import SavedTable
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor
from tests.matters import answered, judged
from tests.people import NOW, MakeCase, SignIn

MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
TABLE = "/figures/office/table/"

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def busy(make_case: MakeCase, card: CardVersion) -> None:
    """Nazarabad: three, one of them late; Karaj: one; one in another province."""
    answered(make_case(at=MEHR, card=card), MEHR + timedelta(hours=5))
    answered(make_case(at=MEHR, kind="request", channel="phone"), NOW)
    judged(answered(make_case(at=NOW - timedelta(days=5)), NOW - timedelta(days=4)), 5, NOW)
    make_case(unit="karaj", at=MEHR)
    make_case(unit="kahak", at=MEHR)
    catch_up(READER)


def asked(**what: object) -> str:
    return f"?{urlencode(what, doseq=True)}"


def rows_of(client: Client, query: str) -> list[list[str]]:
    client.cookies["language"] = "en"
    page = client.get(f"{TABLE}csv/{query}")
    assert page.status_code == 200
    return list(csv.reader(io.StringIO(page.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_usual_table_is_there_at_once(busy: None, nima: Actor, sign_in: SignIn, lang: str) -> None:
    client = sign_in(nima)
    client.cookies["language"] = lang
    text = client.get(TABLE).content.decode()
    assert ("Nazarabad" if lang == "en" else "نظرآباد") in text
    assert ("66.7%" if lang == "en" else "۶۶٫۷٪") in text


def test_offices_against_indicators(busy: None, nima: Actor, sign_in: SignIn) -> None:
    query = asked(rows="offices", columns="indicators", codes=["received", "answered_on_time", "past_day_75"])
    head, *rows = rows_of(sign_in(nima), query)
    found = {row[0]: row[1:] for row in rows}
    assert head[0] == "Offices directly below"
    assert found["Nazarabad"][0] == "3"
    assert found["Karaj"][0] == "1"
    assert found["All"][0] == "4"
    # Indicators stand in the order in which they are listed everywhere.
    assert dict(zip(head, ["All", *found["All"]], strict=True))["Answered on time"] == "66.7%"


def test_months_against_offices_show_one_indicator(busy: None, nima: Actor, sign_in: SignIn) -> None:
    head, *rows = rows_of(sign_in(nima), asked(rows="months", columns="offices", codes="received", period="1405-h2"))
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert found["Mehr 1405"]["Nazarabad"] == "2"
    assert found["Azar 1405"]["Nazarabad"] == "0" or found["Aban 1405"]["Nazarabad"] == "1"
    assert found["All"]["Nazarabad"] == "3"


@pytest.mark.parametrize(
    ("rows", "name", "received"), [("kinds", "Request", "1"), ("channels", "Telephone", "1"), ("cards", None, "1")]
)
def test_what_came_in_by_sort(
    busy: None, nima: Actor, sign_in: SignIn, card: CardVersion, rows: str, name: str | None, received: str
) -> None:
    _head, *lines = rows_of(sign_in(nima), asked(rows=rows, columns="indicators", codes=["received"]))
    assert [name or card.title_en, received] in lines


def test_what_is_not_kept_by_sort_is_empty_and_said(busy: None, nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    query = asked(rows="kinds", columns="indicators", codes=["received", "past_day_75", "open"])
    _head, *lines = rows_of(client, query)
    assert all(row.count("—") == 2 for row in lines if row[0] != "All")
    assert "Counted for offices and months only" in client.get(TABLE + query).content.decode()


def test_few_replies_stay_hidden(busy: None, nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    for rows in ("offices", "kinds", "months"):
        for line in rows_of(client, asked(rows=rows, columns="indicators", codes=["satisfaction"]))[1:]:
            assert line[1] == "—"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"rows": "kinds", "columns": "kinds", "codes": "received"}, "Rows and columns are the same"),
        ({"rows": "offices", "columns": "counties", "codes": "received"}, "Rows and columns are the same"),
        ({"rows": "kinds", "columns": "channels", "codes": "received"}, "counted one at a time"),
        ({"rows": "months", "columns": "offices", "codes": ["received", "overdue"]}, "choose exactly one"),
        ({"rows": "months", "columns": "indicators"}, "Choose at least one indicator"),
        ({"rows": "nonsense", "columns": "indicators", "codes": "received"}, "nonsense"),
        ({"rows": "months", "columns": "indicators", "codes": "article_154"}, "article_154"),
        ({"of": "ir/qom/", "codes": "received", "rows": "months"}, "ir/qom/"),
    ],
)
def test_what_cannot_be_is_explained_and_kept(
    busy: None, nima: Actor, sign_in: SignIn, query: dict[str, Any], sentence: str
) -> None:
    client = sign_in(nima)
    client.cookies["language"] = "en"
    for address in (TABLE, f"{TABLE}xlsx/"):
        page = client.get(address + asked(**query))
        assert page.status_code == 422
        text = page.content.decode()
        assert sentence in text
        if query["rows"] == "kinds":
            assert '<option value="kinds" selected>' in text


def test_it_is_taken_along_as_a_workbook(busy: None, nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    page = client.get(f"{TABLE}xlsx/" + asked(rows="offices", columns="indicators", codes=["received"]))
    with zipfile.ZipFile(io.BytesIO(page.content)) as book:
        assert 'rightToLeft="1"' in book.read("xl/worksheets/sheet1.xml").decode()
        words = book.read("xl/sharedStrings.xml").decode()
    assert "نظرآباد" in words and "۳" in words
    assert client.get(f"{TABLE}pdf/").status_code == 404


def test_a_table_is_kept_and_shared_with_who_sees_the_office(
    busy: None, nima: Actor, reza: Actor, tara: Actor, omid: Actor, sign_in: SignIn
) -> None:
    query = asked(rows="offices", columns="indicators", codes=["received"])
    head = sign_in(nima)
    assert head.post(f"{TABLE}keep/{query}", {"name": "  ماهانه   ", "shared": "on"}).status_code == 302
    assert head.post(f"{TABLE}keep/{query}", {"name": "خودم"}).status_code == 302
    assert "ماهانه" in head.get(TABLE).content.decode()
    seen = {actor.name: sign_in(actor).get(TABLE).content.decode() for actor in (reza, tara, omid)}
    assert ["ماهانه" in text for text in seen.values()] == [False, True, False]
    assert not any("خودم" in text for text in seen.values())
    shared = SavedTable.objects.get(name="ماهانه")
    assert sign_in(tara).post(f"{TABLE}drop/{shared.pk}/").status_code == 404
    assert sign_in(tara).get(f"{TABLE}?{shared.query}").status_code == 200
    assert head.post(f"{TABLE}drop/{shared.pk}/").status_code == 302
    assert not SavedTable.objects.filter(pk=shared.pk).exists()


def test_a_name_is_needed_and_what_was_chosen_stays(busy: None, nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    client.cookies["language"] = "en"
    query = asked(rows="kinds", columns="indicators", codes=["received"])
    page = client.post(f"{TABLE}keep/{query}", {"name": " "})
    assert page.status_code == 422
    assert "Give the table a name" in page.content.decode()
    assert '<option value="kinds" selected>' in page.content.decode()
    for number in range(MOST):
        client.post(f"{TABLE}keep/{query}", {"name": f"t{number}"})
    page = client.post(f"{TABLE}keep/{query}", {"name": "one more"})
    assert "Delete one first" in page.content.decode()
    assert 'value="one more"' in page.content.decode()


def test_the_months_alone_decide_how_much_is_asked(
    busy: None, tara: Actor, sign_in: SignIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    client = sign_in(tara)
    codes = ["received", "answered_on_time", "past_day_75", "overdue"]
    client.get(TABLE)
    with django_assert_max_num_queries(16):
        client.get(TABLE + asked(rows="counties", columns="indicators", codes=codes))
