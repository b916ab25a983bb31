"""Writing down a complaint about an official: kept from them from the first, and its receipt never in their hands."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from takrim.cases.models import Case
from takrim.duties.models import Duty, Shield
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Post
from tests.pages.staff.test_new_case import FIELDS, send


@pytest.fixture
def post(reza: Actor) -> Post:
    return Post.objects.get(pk=reza.post_id)


def test_the_question_comes_with_the_kind_and_the_office(as_sara: Client, post: Post) -> None:
    def asked(**fields: str) -> str:
        return as_sara.post("/staff/new/whom/", {**FIELDS, **fields}).content.decode()

    assert "against" not in asked(kind="request")
    assert "against" not in asked(kind="thanks")
    assert "against" not in asked(unit="ناکجا")
    assert f'value="{post.pk}"' in asked(kind="complaint")
    assert f'value="{post.pk}"' not in asked(kind="complaint", unit="کرج")


def test_a_complaint_about_the_head_begins_at_the_level_above(
    as_sara: Client, post: Post, reza: Actor, sara: Actor
) -> None:
    page = send(as_sara, against=str(post.pk), official="آقای کریمی")
    case = Case.objects.get()
    assert (case.unit_path, case.shielded, case.received_by) == ("ir/alborz/", True, sara.code)
    assert Duty.objects.get().unit_path == "ir/alborz/"
    shield = Shield.objects.get()
    assert (shield.path, shield.person_id, shield.said) == ("ir/alborz/nazarabad/", reza.person_id, "آقای کریمی")
    assert not Case.objects.all().seen_by(reza).exists()
    # The desk above may give the receipt: the case is not kept from it.
    assert as_sara.get(page["Location"]).status_code == 200


def test_sent_twice_it_is_kept_from_them_once(as_sara: Client, post: Post) -> None:
    for _ in range(2):
        send(as_sara, against=str(post.pk))
    assert Case.objects.count() == Shield.objects.count() == 1


def test_whoever_it_is_kept_from_never_holds_its_receipt(as_reza: Client, reza: Actor) -> None:
    page = send(as_reza, against="office")
    case = Case.objects.get()
    assert (case.shielded, page["Location"]) == (True, "/staff/new/")
    assert "برای متقاضی فرستاده شد" in as_reza.get("/staff/new/").content.decode()
    assert as_reza.get(f"/staff/new/{case.code}/receipt/").status_code == 404
    assert as_reza.get(f"/staff/cases/{case.code}/").status_code == 404
    assert send(as_reza, against="office")["Location"] == "/staff/new/"
    assert Case.objects.count() == Shield.objects.count() == 1


def test_without_a_way_to_the_person_it_is_not_taken_by_those_it_is_about(as_reza: Client, as_sara: Client) -> None:
    page = send(as_reza, against="office", mobile="", email="")
    assert page.status_code == 422
    assert "تلفن همراه" in str(page.context["form"].errors["__all__"])
    assert not Case.objects.exists()
    assert send(as_sara, against="office", mobile="", email="").status_code == 302


def test_a_name_in_the_text_has_to_be_chosen(as_sara: Client, post: Post, reza: Actor) -> None:
    named = Person.objects.get(pk=reza.person_id).name
    page = send(as_sara, text=f"{named} پروندهٔ مرا بی‌دلیل نگه داشته است.")
    assert set(page.context["form"].errors) == {"against"}
    assert "از کسی نام برده‌اید" in page.content.decode()
    assert f'value="{post.pk}"' in page.content.decode()


def test_without_a_script_the_question_comes_when_it_is_sent(as_sara: Client, units: object) -> None:
    fields: dict[str, Any] = {name: value for name, value in FIELDS.items() if name != "against"}
    page = as_sara.post("/staff/new/", fields)
    assert (page.status_code, set(page.context["form"].errors)) == (422, {"against"})
    assert 'name="against"' in page.content.decode()
    assert as_sara.post("/staff/new/", {**fields, "kind": "question"}).status_code == 302


def test_a_post_of_another_office_is_asked_again(as_sara: Client, omid: Actor) -> None:
    page = send(as_sara, against=str(omid.post_id))
    assert set(page.context["form"].errors) == {"against"}
    assert not Case.objects.exists()


def test_what_is_praised_is_not_kept_from_anybody(as_sara: Client, post: Post) -> None:
    send(as_sara, kind="thanks", against=str(post.pk), text="از رضا کریمی سپاسگزارم.")
    assert not Case.objects.get().shielded
    assert not Entry.objects.filter(verb="case.kept_from").exists()
