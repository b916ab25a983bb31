"""Programmes on the pages: planned, changed, called off; and what the public finds."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from takrim.orgs.actor import Actor
from takrim.programmes.models import Planned
from tests.people import SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]
PLAN = "/council/programmes/1405/fajr-decade/plan/"
RACE = {
    "title": "دوی همگانی کارگران",
    "kind": "sport",
    "audience": "کارگران و خانواده‌ها",
    "people": "۳۰۰",
    "day": "۱۴۰۵/۱۱/۱۳",
    "begins": "۸:۳۰",
    "ends": "۱۲",
    "place": "ورزشگاه نظرآباد",
    "is_open": "on",
}


@pytest.fixture
def as_reza(sign_in: SignIn, reza: Actor) -> Client:
    return sign_in(reza)


def planned(client: Client, **changes: Any) -> Planned:
    client.post(PLAN, {**RACE, **changes})
    return Planned.objects.latest("pk")


def test_an_action_is_planned_with_persian_digits(as_reza: Client) -> None:
    row = planned(as_reza)
    assert (row.people, row.unit_path) == (300, "ir/alborz/nazarabad/")
    shown = as_reza.get(f"/council/programmes/actions/{row.pk}/").content.decode()
    assert "۱۳ بهمن ۱۴۰۵، ساعت ۰۸:۳۰" in shown
    year = as_reza.get("/council/programmes/?year=1405").content.decode()
    assert "دهه فجر" in year
    assert RACE["title"] in as_reza.get("/council/programmes/1405/fajr-decade/").content.decode()
    assert RACE["title"] in as_reza.get("/council/").content.decode()


def test_what_was_typed_stays_when_it_is_refused(as_reza: Client) -> None:
    page = as_reza.post(PLAN, {**RACE, "ends": "۷", "begins": "۹"})
    assert page.status_code == 422
    assert RACE["title"] in page.content.decode()
    assert "پایان پیش از آغاز است" in page.content.decode()
    assert as_reza.post(PLAN, {**RACE, "begins": "نه"}).status_code == 422
    assert as_reza.post(PLAN, {**RACE, "place": ""}).status_code == 422
    assert not Planned.objects.exists()


def test_it_is_changed_and_called_off(as_reza: Client) -> None:
    row = planned(as_reza)
    address = f"/council/programmes/actions/{row.pk}/"
    typed = as_reza.get(f"{address}change/").context["form"].initial
    assert typed["begins"] == "۰۸:۳۰"
    assert as_reza.post(f"{address}change/", {**RACE, "place": "کرج", "version": "9"}).status_code == 422
    as_reza.post(f"{address}change/", {**RACE, "place": "کرج", "version": "1"})
    row.refresh_from_db()
    assert (row.place, row.version) == ("کرج", 2)
    assert as_reza.post(f"{address}off/", {"why": ""}).status_code == 422
    as_reza.post(f"{address}off/", {"why": "سرمای هوا"})
    assert "سرمای هوا" in as_reza.get(address).content.decode()


def test_people_find_what_is_open_and_nobodys_name(as_reza: Client) -> None:
    planned(as_reza)
    planned(as_reza, title="نشست داخلی", is_open="")
    anybody = Client()
    assert "/programmes/" in anybody.get("/").content.decode()
    for address in ("/programmes/", "/programmes/?place=alborz"):
        page = anybody.get(address).content.decode()
        assert RACE["title"] in page
        assert "نشست داخلی" not in page
        assert "رضا" not in page
    assert RACE["title"] not in anybody.get("/programmes/?place=qom").content.decode()
    assert anybody.get("/programmes/?place=atlantis").status_code == 404
    feed = anybody.get("/programmes/calendar.ics?place=alborz")
    assert feed["Content-Type"].startswith("text/calendar")
    assert [str(event["summary"]) for event in Calendar.from_ical(feed.content).walk("VEVENT")] == [RACE["title"]]


def test_strangers_and_experts_do_not_plan(sign_in: SignIn, omid: Actor, mina: Actor, as_reza: Client) -> None:
    row = planned(as_reza)
    address = f"/council/programmes/actions/{row.pk}/"
    assert sign_in(omid).get(address).status_code == 404
    assert sign_in(mina).get(address).status_code == 200
    assert sign_in(mina).post(f"{address}off/", {"why": "نه"}).status_code == 403
    assert as_reza.get(f"{PLAN}?unit=ir/alborz/karaj/").status_code == 404


def test_a_province_keeps_its_own_weeks(sign_in: SignIn, nima: Actor, as_reza: Client) -> None:
    own = {
        "title_fa": "هفته کرج",
        "title_en": "Karaj Week",
        "code": "karaj-week",
        "from_day": "5",
        "from_month": "10",
        "until_day": "9",
        "until_month": "10",
    }
    assert as_reza.post("/council/programmes/own/", own).status_code == 422
    head = sign_in(nima)
    assert head.post("/council/programmes/own/", own).status_code == 302
    assert "هفته کرج" in as_reza.get("/council/programmes/").content.decode()
    assert head.post("/council/programmes/own/", own).status_code == 422
