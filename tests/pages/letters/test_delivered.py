"""The SMS provider's report: with the key only, true once, in whatever form the provider has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.cases.models import Case
from takrim.journal.follow import catch_up
from takrim.letters.carry import carry_waiting
from takrim.letters.models import Letter
from tests.domain.letters.fakes import provider, template
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]

ADDRESS, KEY = "/sms/delivered/", "key-of-the-reports"


@pytest.fixture(autouse=True)
def sms(settings: Any, tmp_path: Path) -> Iterator[None]:
    with provider() as told:
        path = tmp_path / "sms.toml"
        path.write_text(template(told.url))
        settings.SMS_TEMPLATE, settings.SMS_SECRET = str(path), KEY
        yield


@pytest.fixture
def letter(case: Case) -> Letter:
    """A receipt that the provider took and calls A1."""
    catch_up("letters")
    carry_waiting(NOW - timedelta(minutes=0))
    return Letter.objects.get()


def report(key: str = KEY, **fields: str) -> int:
    return Client(enforce_csrf_checks=True).post(ADDRESS, fields, headers={"X-Takrim-Key": key}).status_code


def test_a_delivery_is_noted(letter: Letter) -> None:
    assert report(ref="A1", status="delivered") == 204
    letter.refresh_from_db()
    assert letter.delivered_at == NOW


def test_a_report_said_twice_is_true_once(letter: Letter) -> None:
    assert [report(ref="A1", status="delivered") for _ in range(3)] == [204] * 3
    letter.refresh_from_db()
    assert letter.delivered_at == NOW


def test_a_loss_is_noted_where_people_see_it(letter: Letter) -> None:
    assert report(ref="A1", status="failed") == 204
    letter.refresh_from_db()
    assert (letter.gave_up_at, letter.last_error) == (NOW, "not delivered")


def test_what_is_still_on_its_way_changes_nothing(letter: Letter) -> None:
    assert report(ref="A1", status="queued") == 204
    letter.refresh_from_db()
    assert (letter.delivered_at, letter.gave_up_at) == (None, None)


@pytest.mark.parametrize("key", ["", "wrong", KEY[:-1], KEY + "x", "کلید"])
def test_without_the_key_nothing_is_believed(letter: Letter, key: str) -> None:
    response = Client().post(ADDRESS, {"ref": "A1", "status": "delivered", "key": key})
    assert response.status_code == 403
    letter.refresh_from_db()
    assert letter.delivered_at is None


def test_the_key_may_come_as_a_field(letter: Letter) -> None:
    assert Client().post(ADDRESS, {"ref": "A1", "status": "delivered", "key": KEY}).status_code == 204


def test_a_report_may_be_json(letter: Letter) -> None:
    body = json.dumps({"ref": "A1", "status": "delivered", "key": KEY})
    assert Client().post(ADDRESS, body, content_type="application/json").status_code == 204
    letter.refresh_from_db()
    assert letter.delivered_at == NOW


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', "null"])
def test_a_report_that_cannot_be_read_is_refused(letter: Letter, body: str) -> None:
    assert Client().post(ADDRESS, body, content_type="application/json").status_code == 403


def test_an_unknown_reference_is_asked_for_again(letter: Letter) -> None:
    assert report(ref="A9", status="delivered") == 404
    assert report(status="delivered") == 404


def test_without_a_key_in_the_settings_there_is_no_such_page(letter: Letter, settings: Any) -> None:
    settings.SMS_SECRET = ""
    assert report(key="", ref="A1", status="delivered") == 404


def test_only_a_post_is_a_report(letter: Letter) -> None:
    assert Client().get(ADDRESS).status_code == 405
