"""The page of one's own office: its losses with their cases, its neighbours, and what would change its rank."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.indicators.follow import READER
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.held import held
from tests.matters import answered, judged
from tests.people import NOW, MakeCase, SignIn

PAGE = "/figures/mine/"
MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def busy(fardis: Unit, make_case: MakeCase) -> None:
    """Nazarabad gives four of twenty-four late, Karaj none and all quickly; Fardis had one case of four minutes."""
    for number in range(24):
        at = MEHR + timedelta(hours=number)
        answered(make_case(unit="nazarabad", at=at), at + timedelta(days=35 if number < 4 else 5))
        case = answered(make_case(unit="karaj", at=at), at + timedelta(hours=20))
        if number < 3:
            judged(case, 1, NOW)
    answered(make_case(unit="fardis", at=MEHR), MEHR + timedelta(minutes=4))
    catch_up(READER)


def text_of(client: Client, path: str = PAGE, lang: str = "en") -> str:
    client.cookies["language"] = lang
    page = client.get(path)
    assert page.status_code == 200
    return page.content.decode().partition("<main")[2]


def stats(text: str) -> list[str]:
    return re.findall(r'class="stat-value">(?:<bdi>)?([^<]+)', text)


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_head_sees_rank_losses_and_neighbours(busy: None, reza: Actor, sign_in: SignIn, lang: str) -> None:
    text = text_of(sign_in(reza), PAGE, lang)
    rank, points, lost, answers = stats(text)
    assert (rank, answers) == (("۲", "۲۴") if lang == "fa" else ("2", "24"))
    if lang == "en":
        assert float(points) + float(lost) == pytest.approx(1000)
        assert re.search(r"Karaj</a>.*?points ahead", text, re.DOTALL)
    # An office that is not ranked is nobody's neighbour.
    assert "Fardis" not in text.partition("Where points were lost")[2]


def test_every_indicator_leads_to_what_it_means(busy: None, reza: Actor, sign_in: SignIn) -> None:
    losses, _mark, sliders = text_of(sign_in(reza)).partition('id="levers_title"')
    for code in ("answered_on_time", "median_hours"):
        link = f'href="/figures/indicators/{code}/"'
        assert link in losses and link in sliders


def test_each_loss_leads_to_its_cases(busy: None, reza: Actor, sign_in: SignIn) -> None:
    client = sign_in(reza)
    links = {
        title: unescape(href)
        for href, title in re.findall(r'href="([^"]+)" aria-label="Cases behind it: ([^"]+)"', text_of(client))
    }
    assert set(links) >= {"Answered on time", "Median time to answer", "Date missed"}
    late = client.get(links["Answered on time"]).content.decode()
    assert len(set(re.findall(r"/staff/cases/\d{11}/", late))) == 4
    missed = client.get(links["Date missed"]).content.decode()
    assert len(set(re.findall(r"/staff/cases/\d{11}/", missed))) == 4
    slow = client.get(links["Median time to answer"]).content.decode()
    assert len(set(re.findall(r"/staff/cases/\d{11}/", slow))) == 24
    assert "beyond=72" in links["Median time to answer"]
    assert client.get(links["Median time to answer"].replace("beyond=72", "beyond=lots")).status_code == 200


def test_four_more_on_time_are_worth_what_the_engine_says(busy: None, reza: Actor, sign_in: SignIn) -> None:
    client = sign_in(reza)
    before = float(stats(text_of(client))[1])
    text = text_of(client, f"{PAGE}?more_answered_on_time=4&more_median_hours=48")
    total, gain, rank = stats(text)[4:]
    assert float(total) == pytest.approx(before + float(gain))
    assert float(gain) > 0
    assert rank == "2"
    assert "4 more: 100%" in text
    # As htmx asks for it: only what would be.
    found = client.get(f"{PAGE}?more_answered_on_time=4", headers={"HX-Target": "what_if"}).content.decode()
    assert found.lstrip().startswith('<div id="what_if"')
    assert "<main" not in found


@pytest.mark.parametrize(
    "asked", ["more_answered_on_time=-3", "more_answered_on_time=x", "more_nothing=3", f"more_overdue={'9' * 40}"]
)
def test_what_cannot_be_moved_moves_nothing(busy: None, reza: Actor, sign_in: SignIn, asked: str) -> None:
    assert "Nothing is moved yet" in text_of(sign_in(reza), f"{PAGE}?{asked}")


def test_one_quick_answer_is_told_that_it_is_not_ranked(busy: None, nima: Actor, sign_in: SignIn) -> None:
    text = text_of(sign_in(nima), f"{PAGE}?of=ir/alborz/fardis/")
    assert stats(text)[0] == "—"
    assert "Not ranked: fewer than 20 answers" in text


def test_only_offices_in_reach_are_there(busy: None, reza: Actor, nima: Actor, tara: Actor, sign_in: SignIn) -> None:
    head, director = sign_in(reza), sign_in(nima)
    for strange in ("ir/alborz/karaj/", "ir/alborz/", "ir/qom/kahak/", "ir/nowhere/"):
        assert head.get(PAGE, {"of": strange}).status_code == 404
    assert director.get(PAGE, {"of": "ir/alborz/karaj/"}).status_code == 200
    assert director.get(PAGE, {"of": "ir/qom/"}).status_code == 404
    national = sign_in(tara)
    # Officers of the ministry see the points of all, and open no cases.
    assert "Cases behind it" not in text_of(national, f"{PAGE}?of=ir/alborz/karaj/")
    assert national.get(PAGE).headers["Location"] == "/figures/board/"


def test_satisfaction_of_a_few_is_not_shown(busy: None, nima: Actor, sign_in: SignIn) -> None:
    text = text_of(sign_in(nima), f"{PAGE}?of=ir/alborz/karaj/")
    row = text.partition('<th scope="row">Satisfaction')[2].partition("</tr>")[0]
    assert "fewer than 10 cases: left out" in row
    assert 'data-label="Value">—' in row
    assert "more_satisfaction" not in text


def test_finished_rounds_are_one_step_away(busy: None, reza: Actor, sign_in: SignIn) -> None:
    made = held({"nazarabad": (60, 54, 20, 18), "karaj": (200, 150, 90, 60)})
    assert f"/figures/rounds/{made.code}/office/ir/alborz/nazarabad/" in text_of(sign_in(reza))


def test_looked_at_again_it_costs_next_to_nothing(busy: None, reza: Actor, sign_in: SignIn) -> None:
    client = sign_in(reza)
    first = text_of(client)
    with CaptureQueriesContext(connection) as seen:
        assert text_of(client) == first
    # Who looks, and whether a figure has changed: the engine has nothing to do.
    assert len(seen) < 12
    with CaptureQueriesContext(connection) as moved:
        text_of(client, f"{PAGE}?more_answered_on_time=4")
    assert len(moved) < 20
