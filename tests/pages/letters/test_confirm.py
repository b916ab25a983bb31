"""May letters come to this address? Only a press of the button says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from takrim.channels.channel import Sender
from takrim.journal.follow import catch_up
from takrim.letters.carry import carry_waiting
from takrim.letters.kind import filled
from takrim.letters.models import ConfirmedAddress, Letter
from tests.domain.letters.fakes import Relay, relay
from tests.people import NOW, MakeCase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]


@pytest.fixture
def mail(settings: Any) -> Iterator[Relay]:
    with relay() as told:
        settings.SMTP_HOST = settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = told.port
        yield told


@pytest.fixture
def link(mail: Relay, make_case: MakeCase) -> str:
    """The link of the question that was sent to Zahra's address."""
    make_case(sender=Sender(email="zahra@example.ir"))
    catch_up("letters")
    carry_waiting(NOW)
    found = re.search(r"https?://[^/\s]+(/letters/confirm/\S+)", filled(Letter.objects.get(kind="confirm_address")))
    assert found
    return found[1]


def test_looking_at_the_link_changes_nothing(link: str) -> None:
    response = Client().get(link)
    assert response.status_code == 200
    assert "zahra@example.ir" in response.content.decode()
    assert not ConfirmedAddress.objects.exists()
    assert Client().head(link).status_code == 200


def test_the_button_lets_the_letters_come(link: str, mail: Relay) -> None:
    response = Client().post(link)
    assert response.status_code == 200
    assert ConfirmedAddress.objects.get().address == "zahra@example.ir"
    assert carry_waiting(NOW) == 1
    assert len(mail.mails) == 2


def test_pressing_twice_is_pressing_once(link: str) -> None:
    assert [Client().post(link).status_code for _ in range(2)] == [200, 200]
    assert ConfirmedAddress.objects.count() == 1


def test_the_button_needs_its_form(link: str) -> None:
    assert Client(enforce_csrf_checks=True).post(link).status_code == 403


@pytest.mark.parametrize("change", [lambda link: link[:-4] + "xx/", lambda link: "/letters/confirm/abc/"])
def test_a_forged_link_confirms_nothing(link: str, change: Any) -> None:
    for method in ("get", "post"):
        assert getattr(Client(), method)(change(link)).status_code == 410
    assert not ConfirmedAddress.objects.exists()


def test_the_address_does_not_stand_in_the_link(link: str) -> None:
    assert "zahra" not in link


def test_another_letters_number_is_no_question(link: str, make_case: MakeCase) -> None:
    Letter.objects.filter(kind="confirm_address").update(kind="receipt")
    assert Client().get(link).status_code == 410


def test_other_methods_are_refused(link: str) -> None:
    assert Client().put(link).status_code == 405
