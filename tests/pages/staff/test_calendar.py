"""The calendar pages of offices: the year, a day, opening hours, holidays, and what a change did to open dates."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from takrim.base.clock import local_date
from takrim.cases.models import Case
from takrim.duties import sweep
from takrim.duties.models import Duty, Shield, Sweep
from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Closure, Unit, Week
from takrim.orgs.paths import after
from takrim.tasks.result import Context
from tests.people import Hire, MakeCase, SignIn

SNOW = {"hours": "", "reason_fa": "برف سنگین", "reason_en": "Heavy snow"}
DAY = "/staff/calendar/ir/alborz/day/1405-09-08/"
HOURS = {
    "since": "۱۴۰۵/۰۹/۰۷",
    "until": "",
    "note_fa": "پنجشنبه‌های باز",
    "note_en": "Open Thursdays",
    **dict.fromkeys(("sat", "sun", "mon", "tue", "wed"), "۷:۳۰ تا ۱۴:۳۰"),
    "thu": "8-12, 13-15",
    "fri": "",
}

pytestmark = pytest.mark.usefixtures("pages_at_now")


def run(now: datetime) -> None:
    for row in Sweep.objects.filter(finished_at=None):
        sweep.run.func(Context(None), row.pk, now=now)


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_the_year_shows_twelve_months_with_what_is_closed_and_why(
    as_nima: Client, units: dict[str, Unit], nima: Actor, now: datetime
) -> None:
    Closure.objects.create(
        path="ir/", day=datetime(2026, 12, 1).date(), reason_fa="عید", reason_en="Feast", announced_at=now
    )
    announce_closure(
        unit=units["karaj"],
        day=datetime(2026, 12, 2).date(),
        hours="10-12",
        reason=Titles(fa="همایش", en="Meeting"),
        by=nima,
        now=now,
    )
    page = as_nima.get("/staff/calendar/ir/alborz/")
    html, words = page.content.decode(), text(page)
    assert html.count("<caption>") == 12
    assert html.count('scope="col"') == 12 * 8
    assert html.count('aria-current="date"') == 1
    assert "عید" in words
    assert "کرج: همایش (باز ۱۰:۰۰ تا ۱۲:۰۰)" in words
    assert f'href="{DAY}"' in html, "days to come can be opened"
    assert "day/1405-09-02/" not in html, "what has passed cannot be changed"
    karaj = as_nima.get("/staff/calendar/ir/alborz/karaj/").content.decode()
    assert 'class="cal-part"' in karaj
    assert "همایش" not in as_nima.get("/staff/calendar/ir/qom/").content.decode()


def test_another_year_is_leafed_to_and_nonsense_is_this_year(as_nima: Client) -> None:
    assert "۱۴۰۴" in text(as_nima.get("/staff/calendar/ir/alborz/?year=1404"))
    for nonsense in ("x", "1200", "9999", "۱۴", "1405'"):
        assert as_nima.get(f"/staff/calendar/ir/alborz/?year={nonsense}").context["year"] == "۱۴۰۵"
    assert as_nima.get("/staff/calendar/ir/alborz/?year=1407").context["turn"].after_url == ""
    assert as_nima.get("/staff/calendar/ir/nowhere/").status_code == 404


def test_everybody_is_led_to_the_calendar_of_their_office(sign_in: SignIn, mina: Actor) -> None:
    page = sign_in(mina).get("/staff/calendar/")
    assert page.headers["Location"] == "/staff/calendar/ir/alborz/nazarabad/"


def test_the_year_asks_as_often_for_one_closure_as_for_many(
    as_nima: Client, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for day in range(1, 29):
        Closure.objects.create(
            path="ir/alborz/", day=datetime(2026, 12, day).date(), reason_fa="برف", reason_en="Snow", announced_at=now
        )
    as_nima.get("/staff/calendar/ir/alborz/")
    with django_assert_max_num_queries(12):
        as_nima.get("/staff/calendar/ir/alborz/")


def test_from_a_day_a_closure_is_announced_and_withdrawn(as_nima: Client, units: dict[str, Unit]) -> None:
    assert not as_nima.get(DAY).context["rows"]
    sent = as_nima.post(f"{DAY}close/", {**SNOW, "unit": units["karaj"].pk})
    closure = Closure.objects.get()
    assert (closure.path, closure.day.isoformat()) == ("ir/alborz/karaj/", "2026-11-29")
    assert sent.headers["Location"] == f"/staff/calendar/changes/{Sweep.objects.get().pk}/"
    shown = as_nima.get(DAY)
    assert "برف سنگین" in text(shown)
    back = f"/staff/closures/{closure.pk}/withdraw/"
    assert back in shown.content.decode()
    assert "برف سنگین" in text(as_nima.get(back))
    assert as_nima.post(back, {"why": "هوا خوب شد"}).status_code == 302
    closure.refresh_from_db()
    assert closure.withdrawn_why == "هوا خوب شد"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason_fa": ""}, "دلیل به فارسی"),
        ({"hours": "14-8"}, "پیش از آغاز خود"),
        ({"hours": "8-12, 11-13"}, "هم‌پوشانی"),
        ({"unit": "0"}, ""),
    ],
)
def test_a_wrong_closure_is_refused_beside_its_field_and_kept(
    wrong: dict[str, str], said: str, as_nima: Client, units: dict[str, Unit]
) -> None:
    page = as_nima.post(f"{DAY}close/", {**SNOW, "unit": units["alborz"].pk, **wrong})
    assert page.status_code == 422
    assert "Heavy snow" in page.content.decode()
    assert said in text(page)
    assert not Closure.objects.exists()


def test_a_day_of_others_or_of_the_past_offers_no_form(as_nima: Client, sign_in: SignIn, mina: Actor) -> None:
    assert as_nima.get(DAY).context["form"] is not None
    for address in ("/staff/calendar/ir/qom/day/1405-09-08/", "/staff/calendar/ir/alborz/day/1405-09-01/"):
        assert as_nima.get(address).context["form"] is None
    assert sign_in(mina).get(DAY).context["form"] is None
    assert sign_in(mina).post(f"{DAY}close/", SNOW).status_code == 403
    for nonsense in ("1405-13-01", "x", "1405-09-31"):
        assert as_nima.get(f"/staff/calendar/ir/alborz/day/{nonsense}/").status_code == 404


def test_hours_are_set_shown_and_withdrawn(as_nima: Client, units: dict[str, Unit], now: datetime) -> None:
    begun = as_nima.get("/staff/calendar/weeks/")
    assert begun.context["form"]["unit"].value() == units["alborz"].pk
    sent = as_nima.post("/staff/calendar/weeks/", {**HOURS, "unit": units["alborz"].pk})
    week = Week.objects.get()
    assert sent.headers["Location"] == f"/staff/calendar/changes/{Sweep.objects.get().pk}/"
    assert len(calendar_of("ir/alborz/").open_spans(datetime(2026, 12, 3).date())) == 2
    words = text(as_nima.get("/staff/calendar/weeks/"))
    assert "پنجشنبه‌های باز" in words
    assert "شنبه تا چهارشنبه" in words
    assert "۰۸:۰۰ تا ۱۲:۰۰ ، ۱۳:۰۰ تا ۱۵:۰۰" in words
    assert "پنجشنبه‌های باز" in text(as_nima.get("/staff/calendar/ir/alborz/"))
    back = f"/staff/calendar/weeks/{week.pk}/withdraw/"
    refused = as_nima.post(back, {"why": ""})
    assert refused.status_code == 422
    assert as_nima.post(back, {"why": "مصوبه لغو شد"}).status_code == 302
    assert "مصوبه لغو شد" in text(as_nima.get("/staff/calendar/weeks/"))
    assert as_nima.post(back, {"why": "باز هم"}).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field", "status"),
    [
        ({"since": "1405/09/01"}, "since", 422),
        ({"since": "1405/13/01"}, "since", 422),
        ({"since": ""}, "since", 422),
        ({"until": "1405/09/05"}, "until", 422),
        ({"thu": "8-12, 11-13"}, "thu", 422),
        ({"sat": "14-8"}, "sat", 422),
        ({"sun": "هشت"}, "sun", 422),
        ({"note_fa": ""}, "note_fa", 422),
        (dict.fromkeys(("sat", "sun", "mon", "tue", "wed", "thu"), ""), "__all__", 422),
    ],
)
def test_wrong_hours_are_refused_beside_their_field_and_kept(
    wrong: dict[str, str], field: str, status: int, as_nima: Client, units: dict[str, Unit]
) -> None:
    page = as_nima.post("/staff/calendar/weeks/", {**HOURS, "unit": units["alborz"].pk, **wrong})
    assert page.status_code == status
    assert list(page.context["form"].errors) == [field]
    assert "Open Thursdays" in page.content.decode()
    assert all(value in page.content.decode() for value in wrong.values())
    assert not Week.objects.exists()


def test_hours_of_another_province_are_out_of_reach(
    as_nima: Client, hire: Hire, sign_in: SignIn, units: dict[str, Unit]
) -> None:
    there = sign_in(hire("dana", "دانا", "director_general", "qom"))
    assert there.post("/staff/calendar/weeks/", {**HOURS, "unit": units["qom"].pk}).status_code == 302
    week = Week.objects.get()
    assert as_nima.get(f"/staff/calendar/weeks/{week.pk}/withdraw/").status_code == 404
    assert as_nima.get(f"/staff/calendar/changes/{Sweep.objects.get().pk}/").status_code == 404
    assert as_nima.post("/staff/calendar/weeks/", {**HOURS, "unit": units["qom"].pk}).status_code == 422


def test_holidays_are_entered_and_taken_out_by_the_ministry(sign_in: SignIn, tara: Actor, as_nima: Client) -> None:
    client = sign_in(tara)
    holiday = {"day": "1405/10/15", "name_fa": "عید فطر", "name_en": "Fitr"}
    assert client.post("/staff/calendar/holidays/", holiday).status_code == 302
    assert "عید فطر" in text(client.get("/staff/calendar/holidays/"))
    assert "عید فطر" in text(as_nima.get("/staff/calendar/ir/alborz/"))
    again = client.post("/staff/calendar/holidays/", holiday)
    assert (again.status_code, list(again.context["form"].errors)) == (409, ["day"])
    past = client.post("/staff/calendar/holidays/", {**holiday, "day": "1405/01/15"})
    assert (past.status_code, list(past.context["form"].errors)) == (422, ["day"])
    assert "Fitr" in past.content.decode()
    back = f"/staff/calendar/holidays/{Closure.objects.get().pk}/withdraw/"
    assert client.post(back, {"why": ""}).status_code == 422
    assert client.post(back, {"why": "هلال دیده نشد"}).status_code == 302
    assert "هلال دیده نشد" in text(client.get("/staff/calendar/holidays/"))
    assert "عید فطر" not in text(as_nima.get("/staff/calendar/ir/alborz/"))


@pytest.fixture
def moved(make_case: MakeCase, nima: Actor, units: dict[str, Unit], now: datetime) -> tuple[list[Case], Sweep]:
    """Three cases whose last day becomes a closed one."""
    cases = [make_case(), make_case(), make_case(unit="karaj")]
    due = Duty.objects.filter(about=cases[0].code).get().due_at
    assert due is not None
    announce_closure(
        unit=units["alborz"], day=local_date(due), hours="", reason=Titles(fa="برف", en="Snow"), by=nima, now=now
    )
    return cases, Sweep.objects.get()


def test_the_progress_is_asked_for_until_it_is_done(
    moved: tuple[list[Case], Sweep], as_nima: Client, now: datetime
) -> None:
    cases, row = moved
    address = f"/staff/calendar/changes/{row.pk}/"
    waits = as_nima.get(address)
    assert 'hx-trigger="every 2s"' in waits.content.decode()
    assert "برف" in text(waits)
    run(now)
    piece = as_nima.get(address, headers={"HX-Request": "true", "HX-Target": "change"})
    assert "<html" not in piece.content.decode()
    assert "hx-trigger" not in piece.content.decode()
    assert "۳ مهلت باز جابه‌جا شد" in text(piece)
    for case in cases:
        assert f"/staff/cases/{case.code}/" in piece.content.decode()
    assert address in as_nima.get("/staff/closures/").content.decode()


def test_the_list_goes_on_from_a_place(
    moved: tuple[list[Case], Sweep], as_nima: Client, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, row = moved
    run(now)
    monkeypatch.setattr("takrim.web.staff.changes.SIZE", 2)
    first = as_nima.get(f"/staff/calendar/changes/{row.pk}/")
    assert len(first.context["rows"]) == 2
    second = as_nima.get(first.context["next_url"])
    assert [line.page for line in second.context["rows"]] == [f"/staff/cases/{cases[2].code}/"]
    assert second.context["next_url"] == ""


def test_what_is_kept_from_somebody_is_neither_listed_nor_counted(
    moved: tuple[list[Case], Sweep], nima: Actor, as_nima: Client, now: datetime
) -> None:
    cases, row = moved
    Shield.objects.create(
        about=cases[0].code, path=nima.unit_path, past=after(nima.unit_path), by="system:test", at=now
    )
    run(now)
    page = as_nima.get(f"/staff/calendar/changes/{row.pk}/")
    assert cases[0].code not in page.content.decode()
    assert page.context["moved"] == 2


def test_the_ministry_counts_and_lists_nothing(
    moved: tuple[list[Case], Sweep], sign_in: SignIn, tara: Actor, now: datetime
) -> None:
    cases, row = moved
    run(now)
    page = sign_in(tara).get(f"/staff/calendar/changes/{row.pk}/")
    assert page.context["moved"] == 3
    assert page.context["rows"] == []
    assert cases[0].code not in page.content.decode()


def test_an_office_below_is_not_shown_what_others_owe(
    moved: tuple[list[Case], Sweep], hire: Hire, sign_in: SignIn, now: datetime
) -> None:
    _cases, row = moved
    run(now)
    there = sign_in(hire("dana", "دانا", "director_general", "karaj"))
    page = there.get(f"/staff/calendar/changes/{row.pk}/")
    assert page.context["moved"] == len(page.context["rows"]) == 1


def test_where_nothing_moved_it_is_said(as_nima: Client, units: dict[str, Unit]) -> None:
    sent = as_nima.post(f"{DAY}close/", {**SNOW, "unit": units["karaj"].pk})
    assert "هیچ مهلت بازی جابه‌جا نشد" in text(as_nima.get(sent.headers["Location"]))
