"""Filing a complaint about an official: it never comes to them, and blame by name goes nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.cases.models import Case
from takrim.duties.models import Duty, Shield
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post
from tests.pages.citizen.conftest import DETAILS, Send, Write

NAMING = {"text": "رضا کریمی پروندهٔ مرا بی‌دلیل نگه داشته است."}


@pytest.fixture
def post(reza: Actor) -> Post:
    return Post.objects.get(pk=reza.post_id)


def test_a_complaint_about_the_head_begins_at_the_level_above(send: Send, post: Post, reza: Actor, nima: Actor) -> None:
    send(details={**NAMING, "against": str(post.pk), "official": "آقای کریمی"})
    case = Case.objects.get()
    assert (case.unit_path, case.shielded) == ("ir/alborz/", True)
    assert Duty.objects.get().unit_path == "ir/alborz/"
    shield = Shield.objects.get()
    assert (shield.path, shield.person_id, shield.said) == ("ir/alborz/nazarabad/", reza.person_id, "آقای کریمی")
    assert not Case.objects.all().seen_by(reza).exists()
    assert Case.objects.all().seen_by(nima).exists()


def test_the_review_says_who_answers_and_who_will_not_know(browser: Client, write: Write, post: Post) -> None:
    write(details={**DETAILS, "against": "office"})
    page = browser.get("/file/review/").content.decode()
    assert "اداره کل استان البرز باید" in page
    assert "این شکایت دربارهٔ" in page


def test_blame_by_name_has_to_say_whom_it_is_about(browser: Client, post: Post, write: Write) -> None:
    write()
    page = browser.post("/file/details/", NAMING, follow=True)
    assert page.redirect_chain[-1][0] == "/file/details/?check=1"
    assert "از کسی نام برده‌اید" in page.content.decode()
    assert browser.post("/file/details/", {**NAMING, "against": str(post.pk)}).headers["Location"] == "/file/contact/"


def test_a_name_beside_no_complaint_about_a_person_is_asked_about_and_kept(browser: Client, write: Write) -> None:
    write()
    page = browser.post("/file/details/", {**DETAILS, "official": "خانم امینی"}, follow=True)
    assert page.redirect_chain[-1][0] == "/file/details/?check=1"
    assert set(page.context["form"].errors) == {"against"}
    assert "خانم امینی" in page.content.decode()
    assert browser.post("/file/details/", {**DETAILS, "against": "office", "official": "خانم امینی"}).status_code == 302
    assert browser.get("/file/review/").status_code == 200


def test_praise_names_whom_it_likes(browser: Client, post: Post, write: Write, send: Send) -> None:
    write(what={"kind": "thanks"})
    page = browser.post("/file/details/", {"text": "از رضا کریمی سپاسگزارم."})
    assert page.headers["Location"] == "/file/contact/"
    assert b'name="against"' not in browser.get("/file/details/").content


def test_a_post_of_another_office_means_the_office_that_was_chosen(browser: Client, send: Send, omid: Actor) -> None:
    browser.post("/file/what/", {})
    page = send(details={**DETAILS, "against": str(omid.post_id)})
    assert page.status_code == 302
    assert not Case.objects.filter(unit_path="ir/alborz/nazarabad/").exists()


def test_sent_twice_it_is_kept_from_them_once(browser: Client, send: Send, post: Post) -> None:
    send(details={**DETAILS, "against": "office"})
    assert Case.objects.count() == Shield.objects.count() == 1
