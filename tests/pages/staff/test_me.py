"""My posts and substitutes; closed days; words of the search."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles, name_substitute
from takrim.orgs.actions_words import add_search_word
from takrim.orgs.actor import Actor
from takrim.orgs.models import Closure, Holding, Person, SearchWord, Unit
from tests.people import Hire, MakeCase, SignIn


def seat(actor: Actor) -> Holding:
    return Holding.objects.select_related("post__unit").get(person_id=actor.person_id, substitute_for=None)


def substitute(reza: Actor, mina: Actor, now: datetime, days: int = 5) -> Holding:
    mina_herself = Person.objects.get(pk=mina.person_id)
    return name_substitute(
        holding=seat(reza),
        person=mina_herself,
        since=now.date(),
        until=now.date() + timedelta(days=days),
        by=reza,
        now=now,
    )


def test_a_substitute_is_named(as_reza: Client, reza: Actor, mina: Actor, omid: Actor) -> None:
    page = as_reza.get("/staff/me/").content.decode()
    assert "مینا رضایی" in page
    assert "امید حسینی" not in page, "another province"
    data = {"post": seat(reza).pk, "person": mina.person_id, "since": "۱۴۰۵/۰۹/۰۳", "until": "1405/09/10"}
    assert as_reza.post("/staff/me/", data).status_code == 302
    named = Holding.objects.get(substitute_for_id=reza.person_id)
    assert (named.person_id, named.since, named.until) == (mina.person_id, date(2026, 11, 24), date(2026, 12, 1))
    assert "مینا رضایی" in as_reza.get("/staff/me/").content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"until": "1405/09/01"},
        {"since": "1405/09/01"},
        {"since": "1404/12/30"},
        {"until": "1407/01/01"},
        {"person": ""},
        {"post": "0"},
    ],
)
def test_wrong_days_or_people_are_named_and_kept(
    wrong: dict[str, str], as_reza: Client, reza: Actor, mina: Actor
) -> None:
    data = {"post": seat(reza).pk, "person": mina.person_id, "since": "1405/09/03", "until": "1405/09/10", **wrong}
    response = as_reza.post("/staff/me/", data)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert not Holding.objects.exclude(substitute_for=None).exists()


def test_a_stranger_is_no_substitute(as_reza: Client, reza: Actor, omid: Actor) -> None:
    data = {"post": seat(reza).pk, "person": omid.person_id, "since": "1405/09/03", "until": "1405/09/10"}
    assert as_reza.post("/staff/me/", data).status_code == 422


def test_who_substitutes_chooses_the_post_and_gets_its_work(
    case: object, as_mina: Client, reza: Actor, mina: Actor, now: datetime
) -> None:
    acting = substitute(reza, mina, now)
    assert as_mina.get("/staff/office/").status_code == 403
    assert as_mina.post("/staff/me/seat/", {"seat": acting.pk}).status_code == 302
    page = as_mina.get("/staff/office/")
    assert page.status_code == 200
    assert "رضا کریمی" in page.content.decode()


@pytest.mark.parametrize("wanted", ["", "0", "x"])
def test_a_post_of_others_is_not_taken(wanted: str, as_mina: Client, nima: Actor) -> None:
    assert as_mina.post("/staff/me/seat/", {"seat": wanted or seat(nima).pk}).status_code == 404


def test_the_chosen_post_decides_what_is_seen(make_case: MakeCase, hire: Hire, sign_in: SignIn) -> None:
    make_case(text="پرونده نظرآباد")
    make_case(text="پرونده کهک", unit="kahak")
    dana = hire("dana", "دانا", "expert", "nazarabad")
    second = hire("dana", "دانا", "expert", "kahak")
    client = sign_in(dana)
    assert "پرونده کهک" not in client.get("/staff/").content.decode()
    there = Holding.objects.get(post__unit__path=second.unit_path)
    client.post("/staff/me/seat/", {"seat": there.pk})
    assert "پرونده کهک" in client.get("/staff/").content.decode()


def test_who_is_back_ends_the_substitution(
    as_reza: Client, as_mina: Client, reza: Actor, mina: Actor, now: datetime
) -> None:
    acting = substitute(reza, mina, now)
    assert as_mina.post(f"/staff/me/substitutes/{acting.pk}/end/").status_code == 404, "not hers to end here"
    assert as_reza.post(f"/staff/me/substitutes/{acting.pk}/end/").status_code == 302
    assert not Holding.objects.exclude(substitute_for=None).exists()


def test_a_closed_day_is_announced_and_withdrawn(as_nima: Client, units: dict[str, Unit]) -> None:
    data = {"unit": units["karaj"].pk, "day": "1405/09/05", "hours": "۰۸:۰۰-۱۱:۳۰", "reason_fa": "برف", "reason_en": ""}
    assert as_nima.post("/staff/closures/", data).status_code == 302
    closure = Closure.objects.get()
    assert (closure.path, closure.day, closure.hours) == ("ir/alborz/karaj/", date(2026, 11, 26), "08:00-11:30")
    assert "برف" in as_nima.get("/staff/closures/").content.decode()
    assert as_nima.post("/staff/closures/", data).status_code == 409
    assert as_nima.post(f"/staff/closures/{closure.pk}/withdraw/").status_code == 302
    assert "برف" not in as_nima.get("/staff/closures/").content.decode()


@pytest.mark.parametrize(
    "wrong", [{"day": "1405/09/01"}, {"hours": "هشت"}, {"reason_fa": ""}, {"day": "1405/13/01"}, {"unit": "0"}]
)
def test_a_wrong_closed_day_is_refused_and_kept(wrong: dict[str, Any], as_nima: Client, units: dict[str, Unit]) -> None:
    data = {
        "unit": units["karaj"].pk,
        "day": "1405/09/05",
        "hours": "",
        "reason_fa": "برف",
        "reason_en": "Snow",
        **wrong,
    }
    response = as_nima.post("/staff/closures/", data)
    assert response.status_code == 422
    assert "Snow" in response.content.decode()


def test_a_day_of_another_province_is_neither_seen_nor_withdrawn(
    as_nima: Client, hire: Hire, units: dict[str, Unit], now: datetime
) -> None:
    there = hire("dana", "دانا", "director_general", "qom")
    closure = announce_closure(
        unit=units["qom"], day=date(2026, 11, 26), hours="", reason=Titles(fa="سیل", en="Flood"), by=there, now=now
    )
    assert "سیل" not in as_nima.get("/staff/closures/").content.decode()
    assert as_nima.post(f"/staff/closures/{closure.pk}/withdraw/").status_code == 404
    data = {"unit": units["qom"].pk, "day": "1405/09/08", "hours": "", "reason_fa": "برف", "reason_en": ""}
    assert as_nima.post("/staff/closures/", data).status_code == 422


def test_a_national_holiday_is_seen_but_not_withdrawn(as_nima: Client, now: datetime) -> None:
    holiday = Closure.objects.create(
        path="ir/", day=date(2026, 11, 26), reason_fa="عید", reason_en="Feast", announced_at=now
    )
    assert "عید" in as_nima.get("/staff/closures/").content.decode()
    assert as_nima.post(f"/staff/closures/{holiday.pk}/withdraw/").status_code == 403


def test_words_are_paired_and_parted(as_nima: Client, nima: Actor, now: datetime) -> None:
    assert as_nima.post("/staff/search-words/", {"word": "مقرری", "same_as": "مستمری"}).status_code == 302
    pair = SearchWord.objects.get()
    assert "مستمری" in as_nima.get("/staff/search-words/").content.decode()
    assert as_nima.post("/staff/search-words/", {"word": "مستمری", "same_as": "مقرری"}).status_code == 409
    assert as_nima.post("/staff/search-words/", {"word": "مقرری", "same_as": "مقرري"}).status_code == 422
    assert as_nima.post("/staff/search-words/", {"word": "", "same_as": "مقرری"}).status_code == 422
    assert as_nima.post(f"/staff/search-words/{pair.pk}/delete/").status_code == 302
    assert not SearchWord.objects.exists()


def test_a_new_pair_is_found_by_the_cartable(make_case: MakeCase, as_mina: Client, nima: Actor, now: datetime) -> None:
    make_case(text="قطع مستمری")
    assert not as_mina.get("/staff/?q=مقرری").context["shown"].rows
    add_search_word(word="مقرری", same_as="مستمری", by=nima, now=now)
    assert as_mina.get("/staff/?q=مقرری").context["shown"].rows
