"""The board: who sees which offices, the map in its place, ranks that moved, the test of the order, the files."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.base.period import Period
from takrim.evaluation import trials
from takrim.evaluation.models_trial import Trial
from takrim.evaluation.plan import plans
from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.tasks.result import Context
from takrim.web.figures.sure import from_to, span
from tests.matters import answered
from tests.people import NOW, MakeCase, SignIn

PAGE = "/figures/board/"
MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
HALF = Period.parse("1405-h2")

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def busy(fardis: Unit, make_case: MakeCase) -> None:
    """Enough answers in Nazarabad, Karaj and Qom; in Fardis a single one, of four minutes."""
    for number in range(32):
        at = MEHR + timedelta(hours=number)
        answered(make_case(unit="nazarabad", at=at), at + timedelta(hours=30))
        answered(make_case(unit="karaj", at=at), at + timedelta(days=33))
        answered(make_case(unit="kahak", at=at), at + timedelta(days=3))
    answered(make_case(unit="fardis", at=MEHR), MEHR + timedelta(minutes=4))
    catch_up(READER)


def text_of(client: Client, path: str = PAGE, lang: str = "en") -> str:
    client.cookies["language"] = lang
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode().partition("<main")[2]


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("view", ["table", "moved", "speed", "sure"])
def test_every_view_is_there_full_and_empty(
    make_case: MakeCase, tara: Actor, sign_in: SignIn, lang: str, view: str
) -> None:
    client = sign_in(tara)
    assert ("Board of the evaluation" in text_of(client, f"{PAGE}?view={view}", lang)) == (lang == "en")
    for number in range(31):
        answered(make_case(unit="kahak", at=MEHR), MEHR + timedelta(days=3, minutes=number))
        answered(make_case(unit="karaj", at=MEHR), MEHR + timedelta(days=9, minutes=number))
    catch_up(READER)
    text = text_of(client, f"{PAGE}?view={view}", lang)
    assert ("قم" if lang == "fa" else "Qom") in text


@pytest.mark.parametrize(("view", "code"), [("table", "answered_on_time"), ("speed", "median_hours")])
def test_every_figure_leads_to_what_it_means(busy: None, tara: Actor, sign_in: SignIn, view: str, code: str) -> None:
    assert f'href="/figures/indicators/{code}/"' in text_of(sign_in(tara), f"{PAGE}?view={view}")


def test_every_province_has_its_tile_and_says_its_rank(busy: None, tara: Actor, sign_in: SignIn) -> None:
    text = text_of(sign_in(tara))
    tiles = re.findall(r'<li class="map-r(\d) map-c(\d)"><a class="map-tile map-(\d)" [^>]*aria-label="([^"]*)"', text)
    places = {(row, column) for row, column, _tone, _said in tiles}
    assert len(places) == len(tiles)
    said = {words.partition(":")[0]: words for *_place, words in tiles}
    assert re.fullmatch(r"Qom: rank 1, [\d.,]+ points", said["Qom"])
    assert said["Alborz"].startswith("Alborz: rank 2")


def test_an_office_of_one_case_is_shown_and_not_ranked(busy: None, nima: Actor, sign_in: SignIn) -> None:
    text = text_of(sign_in(nima))
    ranked, _title, rest = text.partition("Shown, but not ranked")
    assert "Nazarabad" in ranked
    assert "Fardis" not in ranked
    assert "Fardis" in rest


def test_a_directorate_sees_its_own_and_nothing_else(
    busy: None, nima: Actor, tara: Actor, reza: Actor, sign_in: SignIn
) -> None:
    client = sign_in(nima)
    assert "map-tile" not in text_of(client)
    for strange in ("ir/", "ir/qom/", "ir/alborz/karaj/", "ir/nowhere/", "x"):
        assert client.get(PAGE, {"of": strange}).status_code == 404
        assert client.get(f"{PAGE}xlsx/", {"of": strange}).status_code == 404
        assert client.post(f"{PAGE}?of={strange}").status_code == 404
    assert client.get(PAGE, {"view": "gossip"}).status_code == 404
    assert "Karaj" in text_of(sign_in(tara), f"{PAGE}?of=ir/alborz/")
    assert sign_in(reza).get(PAGE).status_code == 403
    assert not Trial.objects.exists()


def test_the_order_is_put_to_the_test_in_the_worker(busy: None, nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    assert "Put to the test" in text_of(client, f"{PAGE}?view=sure")
    answer = client.post(f"{PAGE}?view=sure")
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert 'hx-trigger="every 2s"' in text_of(client, address)
    assert client.get(address, headers={"HX-Target": "trial"}).content.decode().lstrip().startswith("<section")
    trials.run.func(Context(None), Trial.objects.get().pk, now=NOW)
    # The page beneath has other tables now.
    assert client.get(address, headers={"HX-Target": "trial"}).headers["HX-Refresh"] == "true"
    text = text_of(client, address)
    assert text.count('class="span"') == 4
    assert "What other weights would have done" in text
    assert "One indicator left out" in text
    assert client.post(f"{PAGE}?period=1420-h1").status_code == 422


def test_the_files_hold_what_the_page_shows(busy: None, nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    client.cookies["language"] = "en"
    text = client.get(f"{PAGE}csv/").content.decode("utf-8-sig")
    assert text.startswith("Rank,Office,Points,Answers,Answered on time,")
    assert "Points with 95 in 100" not in text
    assert [line.split(",")[0] for line in text.splitlines()[1:4]] == ["1", "2", "—"]
    trial = trials.ask(plan=plans()["county_offices"], path="ir/alborz/", period=HALF, by=nima, now=NOW)
    trials.run.func(Context(None), trial.pk, now=NOW)
    assert "Points with 95 in 100" in client.get(f"{PAGE}csv/").content.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(client.get(f"{PAGE}xlsx/").content)) as book:
        assert "xl/worksheets/sheet1.xml" in book.namelist()
    assert client.get(f"{PAGE}pdf/").status_code == 404


def test_a_board_takes_no_more_queries_for_more_offices(
    busy: None, make_case: MakeCase, nima: Actor, sign_in: SignIn
) -> None:
    client = sign_in(nima)
    counted = []
    for unit in ("karaj", "fardis"):
        answered(make_case(unit=unit, at=MEHR), MEHR + timedelta(days=1))
        catch_up(READER)
        client.get(PAGE)
        answered(make_case(unit=unit, at=MEHR), MEHR + timedelta(days=1))
        catch_up(READER)
        with CaptureQueriesContext(connection) as seen:
            client.get(PAGE)
        counted.append(len(seen))
    assert counted[0] == counted[1]


def test_a_range_lies_between_its_ends_and_is_never_invisible() -> None:
    found = span(2, 5, 3, (0, 10))
    assert (found.start, found.width, found.at) == ("20.00", "30.00", "30.00")
    one = span(10, 10, 10, (0, 10))
    assert float(one.start) + float(one.width) <= 100
    assert float(one.width) > 1
    assert span(4, 4, 4, (4, 4)).start == "0.00"
    assert [from_to(3, 7, "en"), from_to(3, 3, "en"), from_to(3, 7, "fa")] == ["3 to 7", "3", "۳ تا ۷"]
