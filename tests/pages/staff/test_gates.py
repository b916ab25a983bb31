"""Every page of the offices: wrong method, without power, logged out; and a form that outlives its session."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.cases.models import Case, Note
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Post
from takrim.web.gates import KEPT_FORM
from tests.people import Hire, SignIn

READ = [
    "",
    "new/",
    "office/",
    "me/",
    "search-words/",
    "closures/",
    "office/objections/",
    "calendar/",
    "calendar/ir/alborz/",
    "calendar/weeks/",
]
SEND = [
    "views/",
    "views/1/delete/",
    "cases/05000000000/note/",
    "new/person/",
    "me/seat/",
    "me/substitutes/1/end/",
    "search-words/1/delete/",
    "calendar/ir/alborz/day/1405-09-08/close/",
]
POWERS = {
    "new/": "tara",
    "new/person/": "tara",
    "office/": "mina",
    "search-words/": "reza",
    "search-words/1/delete/": "reza",
    "closures/": "reza",
    "office/objections/": "reza",
    "closures/1/withdraw/": "reza",
    "calendar/weeks/": "reza",
    "calendar/ir/alborz/day/1405-09-08/close/": "reza",
    "calendar/weeks/1/withdraw/": "reza",
    "calendar/changes/1/": "reza",
    "calendar/holidays/": "nima",
    "calendar/holidays/1/withdraw/": "nima",
    "views/": "tara",
    "views/1/delete/": "tara",
    "cases/05000000000/": "tara",
    "cases/05000000000/note/": "tara",
}


@pytest.mark.parametrize("path", [*READ, "cases/05000000000/", "new/05000000000/receipt/"])
def test_who_is_not_signed_in_is_asked_to(path: str, client: Client, db: None) -> None:
    response = client.get(f"/staff/{path}")
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", SEND)
def test_what_takes_a_form_is_not_opened_by_its_address(path: str, as_nima: Client) -> None:
    response = as_nima.get(f"/staff/{path}")
    assert response.status_code == 405
    assert "POST" in response["Allow"]


@pytest.mark.parametrize("path", ["", "office/", "cases/05000000000/"])
def test_what_is_only_read_takes_no_form(path: str, as_nima: Client) -> None:
    assert as_nima.post(f"/staff/{path}").status_code == 405


@pytest.mark.parametrize("path", POWERS)
def test_without_the_power_a_page_stays_shut(path: str, request: pytest.FixtureRequest, sign_in: SignIn) -> None:
    client = sign_in(request.getfixturevalue(POWERS[path]))
    response = client.post(f"/staff/{path}") if path in SEND else client.get(f"/staff/{path}")
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("path", "send"),
    [
        ("cases/05000000000/", False),
        ("cases/05000000000/note/", True),
        ("new/05000000000/receipt/", False),
        ("me/substitutes/9/end/", True),
        ("search-words/9/delete/", True),
        ("closures/9/withdraw/", True),
        ("nothing/", False),
    ],
)
def test_what_does_not_exist_is_not_found(path: str, send: bool, as_nima: Client) -> None:
    response = as_nima.post(f"/staff/{path}") if send else as_nima.get(f"/staff/{path}")
    assert response.status_code == 404


def test_who_holds_no_post_is_told_so(units: object, client: Client) -> None:
    client.force_login(Person.objects.create(username="dana", name="دانا"))
    assert client.get("/staff/").status_code == 403


@pytest.mark.parametrize(("actor", "place"), [("tara", "/staff/office/"), ("kian", "/operator/"), ("mina", None)])
def test_everybody_lands_where_their_work_is(
    actor: str, place: str | None, request: pytest.FixtureRequest, sign_in: SignIn
) -> None:
    response = sign_in(request.getfixturevalue(actor)).get("/staff/")
    assert response.status_code == (302 if place else 200)
    assert response.headers.get("Location") == place


def test_a_post_without_any_power_still_has_its_own_page(hire: Hire, sign_in: SignIn) -> None:
    actor = hire("dana", "دانا", "expert", "karaj")
    Post.objects.update(role="a role that is gone")
    assert sign_in(actor).get("/staff/")["Location"] == "/staff/me/"
    assert sign_in(actor).get("/staff/me/").status_code == 200


def test_a_form_sent_after_the_session_ended_is_kept(case: Case, mina: Actor, client: Client) -> None:
    response = client.post(f"/staff/cases/{case.code}/note/", {"text": "تلفنی پیگیری شد."})
    assert response.status_code == 302
    assert client.session[KEPT_FORM]["path"] == f"/staff/cases/{case.code}/note/"
    client.force_login(Person.objects.get(pk=mina.person_id))
    page = client.get("/staff/continue/")
    assert "تلفنی پیگیری شد." in page.content.decode()
    client.post(f"/staff/cases/{case.code}/note/", {"text": "تلفنی پیگیری شد."})
    assert Note.objects.get().text == "تلفنی پیگیری شد."


def test_a_form_without_its_token_is_kept_too(case: Case, mina: Actor) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(Person.objects.get(pk=mina.person_id))
    page = client.post(f"/staff/cases/{case.code}/note/", {"text": "تلفنی پیگیری شد."})
    assert page.status_code == 403
    assert "تلفنی پیگیری شد." in page.content.decode()


def test_the_links_are_those_of_the_post(sign_in: SignIn, mina: Actor, nima: Actor, hire: Hire) -> None:
    expert, director = (sign_in(actor).get("/staff/").content.decode() for actor in (mina, nima))
    for link in ("/staff/office/", "/staff/partners/", "/staff/search-words/"):
        assert link not in expert
        assert link in director
    assert "/staff/new/" in expert
