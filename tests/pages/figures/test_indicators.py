"""What indicators mean, for everybody; and their numbers, for officers within their reach."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.cases.actions_end import object_to
from takrim.cases.actions_objection import uphold
from takrim.cases.models import Case
from takrim.indicators.follow import READER
from takrim.indicators.indicator import INDICATORS
from takrim.indicators.values import is_on
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor, system
from tests.matters import answered, judged
from tests.people import NOW, MakeCase, SignIn

MEHR = datetime(2026, 10, 2, 6, 30, tzinfo=UTC)
LIST, MINE = "/figures/indicators/", "/figures/office/indicators/"

pytestmark = pytest.mark.usefixtures("units", "pages_at_now")


@pytest.fixture
def busy(make_case: MakeCase) -> dict[str, Case]:
    """In Nazarabad one overdue for long, one in time, one objected to; in Karaj one late; one in another province."""
    made = {
        "old": make_case(at=NOW - timedelta(days=80)),
        "good": answered(make_case(at=MEHR), MEHR + timedelta(hours=5)),
        "late": answered(make_case(unit="karaj", at=MEHR), NOW),
        "objected": answered(make_case(at=NOW - timedelta(days=9)), NOW - timedelta(days=8)),
        "stranger": make_case(unit="kahak", at=MEHR),
    }
    judged(made["good"], 5, NOW)
    object_to(case=made["objected"], text="نه", by=system("test"), now=NOW - timedelta(days=2))
    catch_up(READER)
    return made


def text_of(client: Client, url: str, lang: str = "en") -> str:
    client.cookies["language"] = lang
    page = client.get(url)
    assert page.status_code == 200, url
    return page.content.decode()


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_everybody_reads_what_is_measured(client: Client, lang: str) -> None:
    text = text_of(client, LIST, lang)
    assert text.count(f'href="{LIST}') >= len(INDICATORS)
    assert MINE not in text


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("code", list(INDICATORS.items))
def test_everybody_reads_what_one_of_them_means(client: Client, code: str, lang: str) -> None:
    text = text_of(client, f"{LIST}{code}/", lang)
    assert ("It is not measured yet." in text or "هنوز سنجیده نمی‌شود." in text) is bool(INDICATORS[code].off)


def test_a_definition_says_where_it_counts(client: Client) -> None:
    text = text_of(client, f"{LIST}answered_on_time/")
    assert "Evaluation of county offices, with weight 220" in text
    assert client.get(f"{LIST}nonsense/").status_code == 404


def test_an_officer_finds_the_numbers_from_the_definition(nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    assert f"{MINE}overdue/" in text_of(client, f"{LIST}overdue/")
    # Nothing is counted here of what is declared or off.
    assert MINE not in text_of(client, f"{LIST}charter_posted/")


@pytest.mark.parametrize("lang", ["fa", "en"])
def test_the_list_has_every_value_of_the_office(busy: dict[str, Case], nima: Actor, sign_in: SignIn, lang: str) -> None:
    text = text_of(sign_in(nima), MINE, lang)
    assert text.count(f'href="{MINE}') >= len([code for code, _ in INDICATORS if is_on(code)])
    # Two of three answers of the province came by their date.
    assert ("66.7%" if lang == "en" else "۶۶٫۷٪") in text


@pytest.mark.parametrize("lang", ["fa", "en"])
@pytest.mark.parametrize("code", [code for code, _ in INDICATORS if is_on(code)])
def test_each_has_a_page_in_ones_scope(
    busy: dict[str, Case], nima: Actor, sign_in: SignIn, code: str, lang: str
) -> None:
    text = text_of(sign_in(nima), f"{MINE}{code}/", lang)
    assert 'id="trend"' in text
    assert f"{LIST}{code}/" in text


def test_offices_stand_side_by_side_with_their_intervals(busy: dict[str, Case], nima: Actor, sign_in: SignIn) -> None:
    text = text_of(sign_in(nima), f"{MINE}answered_on_time/")
    row = next(one for one in re.findall(r"<tr>.*?</tr>", text, re.S) if "Nazarabad" in one and "data-label" in one)
    assert "34.2% to 100" in row, "two of two"
    assert "too few" in row


def test_who_holds_it_up_is_said_of_now(busy: dict[str, Case], nima: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    text = text_of(client, f"{MINE}overdue/")
    assert "Who holds it up now" in text
    assert "Who holds it up now" not in text_of(client, f"{MINE}overdue/?period=1404")
    assert "Who holds it up now" not in text_of(client, f"{MINE}received/")


def test_a_value_leads_to_its_cases(busy: dict[str, Case], nima: Actor, reza: Actor, sign_in: SignIn) -> None:
    client = sign_in(nima)
    text = text_of(client, f"{MINE}past_day_75/")
    assert "what=day_75" in text
    assert listed(client, "day_75") == [busy["old"].code]
    assert set(listed(client, "long_overdue")) == {busy["old"].code, busy["late"].code}
    busy["objected"].refresh_from_db()
    uphold(case=busy["objected"], why="سند تازه دارد.", by=nima, now=NOW - timedelta(days=1))
    assert listed(client, "upheld") == [busy["objected"].code]
    # Of a past period it is not kept what was overdue case by case.
    assert "what=overdue" not in text_of(client, f"{MINE}overdue/?period=1404")


def listed(client: Client, what: str) -> list[str]:
    return re.findall(r"/staff/cases/(\d{11})/", client.get(f"/figures/office/cases/?what={what}").content.decode())


def test_few_replies_are_not_shown(busy: dict[str, Case], nima: Actor, sign_in: SignIn) -> None:
    text = text_of(sign_in(nima), f"{MINE}marks_overall/")
    assert "5.0" not in text


def test_nobody_reads_the_numbers_of_another_office(
    busy: dict[str, Case], mina: Actor, nima: Actor, sign_in: SignIn, client: Client
) -> None:
    assert client.get(MINE).status_code == 302
    officer = sign_in(mina)
    assert officer.get(f"{MINE}overdue/?of=ir/alborz/karaj/").status_code == 404
    assert officer.get(f"{MINE}?of=ir/alborz/").status_code == 404
    head = sign_in(nima)
    assert head.get(f"{MINE}overdue/?of=ir/alborz/karaj/").status_code == 200
    assert head.get(f"{MINE}overdue/?of=ir/qom/").status_code == 404


@pytest.mark.parametrize("url", ["/figures/", "/figures/ir/alborz/", "/figures/ir/alborz/score/", "/figures/ranking/"])
def test_figures_lead_to_what_they_mean(busy: dict[str, Case], client: Client, url: str) -> None:
    text = text_of(client, url)
    assert f'class="defined" href="{LIST}answered_on_time/"' in text


def test_a_page_asks_the_same_number_of_questions_for_any_number_of_offices(
    busy: dict[str, Case], nima: Actor, tara: Actor, sign_in: SignIn, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for actor in (nima, tara):
        client = sign_in(actor)
        with django_assert_max_num_queries(75):
            text_of(client, f"{MINE}decisions_on_time/")
