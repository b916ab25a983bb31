"""The pages of who does what: the head's choice, my work, giving and taking, being away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from takrim.cases.models import Case
from takrim.duties.actions_assign import assign
from takrim.duties.models import Capacity, Duty, Sharing
from takrim.orgs.actor import Actor
from takrim.orgs.models import Absence, Holding, Post
from tests.people import MakeCase

PAGE = "/staff/office/sharing/"


def fields(mina: Actor, **changes: Any) -> dict[str, Any]:
    kinds = ("complaint", "criticism", "objection", "question", "report", "request", "suggestion", "thanks")
    weights = {f"weight_{kind}": "۳" for kind in kinds}
    posts = Post.objects.filter(unit__path="ir/alborz/nazarabad/").values_list("pk", flat=True)
    shares = {f"share_{post}": "0" for post in posts} | {f"share_{mina.post_id}": "50"}
    return {"way": "by_load", **weights, **shares, **changes}


def given(case: Case) -> int | None:
    return Duty.objects.get(about=case.code, settled_at=None).assignee_id


def test_the_head_chooses_how_work_is_shared_out(as_reza: Client, reza: Actor, mina: Actor) -> None:
    assert PAGE in as_reza.get("/staff/office/").content.decode()
    assert mina.name in as_reza.get(PAGE).content.decode()
    assert as_reza.post(PAGE, fields(mina)).status_code == 302
    chosen = Sharing.objects.get()
    assert (chosen.way, chosen.weights["complaint"]) == ("by_load", 3)
    assert Capacity.objects.get(post_id=mina.post_id).share == 50
    assert 'value="۵۰"' in as_reza.get(PAGE).content.decode()


@pytest.mark.parametrize("wrong", [{"way": "by_lot"}, {"weight_complaint": "12"}, {"weight_thanks": ""}])
def test_a_choice_that_cannot_be_is_refused_and_kept_on_the_page(
    wrong: dict[str, str], as_reza: Client, mina: Actor
) -> None:
    page = as_reza.post(PAGE, fields(mina, **wrong))
    assert page.status_code == 422
    assert 'value="۵۰"' in page.content.decode()
    assert not Sharing.objects.exists()


def test_only_who_gives_work_sees_the_page(
    as_mina: Client, as_sara: Client, as_tara: Client, as_omid: Client, mina: Actor
) -> None:
    for browser in (as_mina, as_sara, as_tara):
        assert browser.get(PAGE).status_code == 403
        assert browser.post(PAGE, fields(mina)).status_code == 403
    assert mina.name not in as_omid.get(PAGE).content.decode()
    assert Client().get(PAGE).headers["Location"].startswith("/accounts/login/")
    assert as_omid.delete(PAGE).status_code == 405


def test_my_work_shows_what_was_given_to_my_post(
    as_mina: Client, as_reza: Client, reza: Actor, mina: Actor, make_case: MakeCase, now: datetime
) -> None:
    mine, other = make_case(subject="کار من"), make_case(subject="کار دیگر")
    duty = Duty.objects.get(about=mine.code)
    post = Post.objects.get(pk=mina.post_id)
    assign(duty=duty, post=post, difficulty="normal", kind=mine.kind, by=reza, now=now)
    page = as_mina.get("/staff/?scope=me").content.decode()
    assert mine.code in page and other.code not in page
    free = as_mina.get("/staff/?scope=free").content.decode()
    assert other.code in free and mine.code not in free
    whole = as_mina.get("/staff/").content.decode()
    assert mine.code in whole and other.code in whole
    # The head sees in the office's list with whom it lies; on her own list it goes without saying.
    assert f"نزد <bdi>{mina.name}</bdi>" in as_reza.get("/staff/").content.decode()
    assert f"نزد <bdi>{mina.name}</bdi>" not in page


def test_an_officer_takes_and_the_head_gives_on_the_page_of_the_case(
    as_mina: Client, as_reza: Client, mina: Actor, reza: Actor, case: Case
) -> None:
    address = f"/staff/cases/{case.code}/"
    assert "خودم برمی‌دارم" in as_mina.get(address).content.decode()
    assert as_mina.post(f"{address}take/").status_code == 302
    assert given(case) == mina.post_id
    page = as_reza.get(f"{address}?do=assign").content.decode()
    assert mina.name in page
    assert as_reza.post(f"{address}assign/", {"post": reza.post_id, "difficulty": "hard"}).status_code == 302
    assert given(case) == reza.post_id
    told = as_reza.get(address).content.decode()
    assert all(f"به \u2068{who.name}\u2069 از" in told for who in (mina, reza))
    assert "دشوار" in told


def test_what_cannot_be_given_is_refused(
    as_reza: Client, as_mina: Client, as_hadi: Client, reza: Actor, mina: Actor, hadi: Actor, case: Case
) -> None:
    address = f"/staff/cases/{case.code}/assign/"
    assert as_reza.post(address, {"post": hadi.post_id, "difficulty": "normal"}).status_code == 422
    assert as_reza.post(address, {"post": mina.post_id, "difficulty": "awful"}).status_code == 422
    assert as_mina.post(address, {"post": mina.post_id, "difficulty": "normal"}).status_code == 403
    assert as_hadi.post(address, {"post": hadi.post_id, "difficulty": "normal"}).status_code == 404
    assert given(case) is None


def test_i_say_when_i_am_away_and_come_back(as_mina: Client, mina: Actor, as_reza: Client) -> None:
    days = {"away_since": "۱۴۰۵/۰۹/۰۳", "away_until": "1405/09/10"}
    assert as_mina.post("/staff/me/away/", days).status_code == 302
    absence = Absence.objects.get()
    assert (absence.person_id, absence.since, absence.until) == (mina.person_id, date(2026, 11, 24), date(2026, 12, 1))
    assert as_mina.post("/staff/me/away/", days).status_code == 409
    assert as_mina.post("/staff/me/away/", {**days, "away_until": "فردا"}).status_code == 422
    assert "نیست" in as_reza.get(PAGE).content.decode()
    assert as_reza.post(f"/staff/me/away/{absence.pk}/end/").status_code == 404
    assert as_mina.post(f"/staff/me/away/{absence.pk}/end/").status_code == 302
    assert as_mina.get("/staff/me/away/").status_code == 405
    absence.refresh_from_db()
    assert absence.ended_at is not None


def test_the_page_of_a_case_says_that_a_substitute_acted(
    as_reza: Client, as_mina: Client, reza: Actor, mina: Actor, case: Case, now: datetime
) -> None:
    own = Holding.objects.get(person_id=reza.person_id)
    named = {"post": own.pk, "person": mina.person_id, "since": "1405/09/03", "until": "1405/09/10"}
    assert as_reza.post("/staff/me/", named).status_code == 302
    other = Holding.objects.get(substitute_for_id=reza.person_id)
    duty = Duty.objects.get(about=case.code)
    assign(duty=duty, post=other.post, difficulty="normal", kind=case.kind, by=reza, now=now)
    # What lies with her as a substitute is told on the list of her own work, with the way there.
    assert f'name="seat" value="{other.pk}"' in as_mina.get("/staff/?scope=me").content.decode()
    as_mina.post("/staff/me/seat/", {"seat": other.pk})
    assert case.code in as_mina.get("/staff/?scope=me").content.decode()
    as_mina.post(f"/staff/cases/{case.code}/note/", {"text": "نگاه شد."})
    told = as_mina.get(f"/staff/cases/{case.code}/").content.decode()
    assert f"{mina.name} به جانشینی {reza.name}" in told


def test_a_share_may_be_written_in_persian_digits(as_reza: Client, mina: Actor) -> None:
    typed = {**fields(mina), f"share_{mina.post_id}": "۷۵"}
    assert as_reza.post(PAGE, typed).status_code == 302
    assert Capacity.objects.get(post_id=mina.post_id).share == 75
