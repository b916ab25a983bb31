"""An officer has forgotten the password: a letter lets them choose another, also where no mail relay is set up."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from takrim.letters.kind import filled
from takrim.letters.models import Letter
from takrim.orgs.models import Person

PASSWORD = "another-long-word"
PAGE = "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def _address(mina: object) -> None:
    cache.clear()
    Person.objects.filter(username="mina").update(email="mina@takrim.example", password="!")


def test_a_letter_of_the_house_carries_the_link(client: Client) -> None:
    assert client.post(PAGE, {"email": "Mina@takrim.example"}).status_code == 302
    letter = Letter.objects.get(kind="new_password")
    assert (letter.to, letter.lang, letter.trusted) == ("mina@takrim.example", "fa", True)
    assert "/accounts/" not in letter.body
    assert mail.outbox == []
    found = re.search(r"/accounts/password/reset/key/\S+", filled(letter))
    assert found
    form = client.get(found[0], follow=True)
    address = form.redirect_chain[-1][0]
    client.post(address, {"password1": PASSWORD, "password2": PASSWORD})
    assert Person.objects.get(username="mina").check_password(PASSWORD)
    cache.clear()
    assert "password1" not in Client().get(found[0], follow=True).content.decode()


def test_asked_twice_within_a_minute_it_is_one_letter(
    client: Client, monkeypatch: pytest.MonkeyPatch, now: object
) -> None:
    monkeypatch.setattr("takrim.base.clock.now", lambda: now)
    for _ in range(2):
        client.post(PAGE, {"email": "mina@takrim.example"})
    assert Letter.objects.filter(kind="new_password").count() == 1


def test_an_unknown_address_gets_nothing_and_the_page_does_not_say_so(client: Client) -> None:
    known = client.post(PAGE, {"email": "mina@takrim.example"})
    unknown = client.post(PAGE, {"email": "nobody@takrim.example"})
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert Letter.objects.count() == 1
    assert mail.outbox == []


def test_nobody_changes_the_address_to_which_a_password_goes(client: Client) -> None:
    client.force_login(Person.objects.get(username="mina"))
    assert client.get("/accounts/email/").status_code == 404
    assert client.post("/accounts/email/", {"action_add": "", "email": "other@takrim.example"}).status_code == 404
