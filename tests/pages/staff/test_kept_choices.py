"""What pages offer leaves out whom a case is about, and what a view counts is what its owner sees now."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_work import refer
from takrim.cases.conflict import Subject
from takrim.cases.models import Case, SavedView
from takrim.cases.models_together import Notice
from takrim.duties.models import Duty, Shield
from takrim.jobs.catalogue.watch_views import run
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Person, Post, Unit
from tests.people import NOW, Hire, MakeCase, SignIn


@pytest.fixture
def about_reza(case: Case, reza: Actor, nima: Actor, hire: Hire) -> Case:
    """A complaint about Reza; later he is an expert of the directorate as well, which answers it."""
    post = Post.objects.get(pk=reza.post_id)
    keep_from(case=case, subject=Subject(path=reza.unit_path, post=post), by=nima, now=NOW)
    hire("reza", "رضا کریمی", "expert", "alborz")
    hire("lida", "لیدا صفایی", "expert", "alborz")
    return case


def test_forms_offer_neither_their_office_nor_themselves(
    about_reza: Case, nima: Actor, sign_in: SignIn, pages_at_now: object
) -> None:
    client, address = sign_in(nima), f"/staff/cases/{about_reza.code}/"
    for step in ("refer", "transfer"):
        page = client.get(f"{address}?do={step}", headers={"HX-Target": "work"}).content.decode()
        assert "اداره شهرستان کرج" in page
        assert "اداره شهرستان نظرآباد" not in page
    for step in ("assign", "note"):
        page = client.get(f"{address}?do={step}", headers={"HX-Target": "work"}).content.decode()
        assert "لیدا صفایی" in page
        assert "رضا کریمی" not in page


def test_an_open_case_offers_all(case: Case, reza: Actor, mina: Actor, sign_in: SignIn, pages_at_now: object) -> None:
    client, address = sign_in(reza), f"/staff/cases/{case.code}/"
    assert "اداره شهرستان کهک" in client.get(f"{address}?do=refer").content.decode()
    assert "مینا رضایی" in client.get(f"{address}?do=assign").content.decode()


def test_a_chosen_seat_of_theirs_is_refused_in_words_that_do_not_tell(
    about_reza: Case, nima: Actor, sign_in: SignIn, pages_at_now: object
) -> None:
    theirs = Holding.objects.get(person__username="reza", post__unit__path="ir/alborz/").post_id
    sent = {"post": theirs, "difficulty": "normal"}
    page = sign_in(nima).post(f"/staff/cases/{about_reza.code}/assign/", sent)
    assert page.status_code == 422
    assert Duty.objects.get(about=about_reza.code).assignee_id is None


@pytest.fixture
def view(reza: Actor, sign_in: SignIn, pages_at_now: object) -> SavedView:
    """Reza's complaints; he wants to be told of two."""
    client: Client = sign_in(reza)
    client.post("/staff/views/?kind=complaint", {"name": "شکایت‌ها"})
    found = SavedView.objects.get()
    client.post(f"/staff/views/{found.pk}/warn/", {"number": "2"})
    return found


def test_a_view_does_not_count_what_has_become_about_its_owner(
    view: SavedView, make_case: MakeCase, reza: Actor, nima: Actor
) -> None:
    kept, _open = make_case(), make_case()
    keep_from(case=kept, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=NOW)
    # As if it were owed by his office all the same: he alone must not know of it.
    Shield.objects.update(path="ir/qom/", past="ir/qom0", person_id=reza.person_id)
    Duty.objects.filter(about=kept.code).update(unit_id=_open.unit_id, unit_path=_open.unit_path)
    assert run(NOW) == 0
    make_case()
    assert run(NOW) == 1


def test_a_view_counts_cases_and_not_the_duties_about_them(
    view: SavedView, make_case: MakeCase, units: dict[str, Unit], nima: Actor, reza: Actor, sign_in: SignIn
) -> None:
    client = sign_in(reza)
    client.post("/staff/views/?tab=asked", {"name": "خواسته‌ها"})
    asked = SavedView.objects.get(name="خواسته‌ها")
    client.post(f"/staff/views/{asked.pk}/warn/", {"number": "2"})
    first, second = make_case(kind="request"), make_case(kind="request")
    for to in ("karaj", "qom", "kahak"):
        refer(case=first, to=units[to], task="بررسی", length=None, by=reza, now=NOW)
    assert run(NOW) == 0
    refer(case=second, to=units["qom"], task="بررسی", length=None, by=reza, now=NOW)
    assert run(NOW + timedelta(minutes=15)) == 1


def test_who_may_no_longer_sign_in_is_told_nothing(view: SavedView, make_case: MakeCase, reza: Actor) -> None:
    make_case(), make_case()
    Person.objects.filter(pk=reza.person_id).update(is_active=False)
    assert run(NOW) == 0
    assert not Notice.objects.exists()
