"""An SMS handed in by the provider: with the key only, counted once, in whatever form the provider has."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.base import clock
from takrim.cases.models import Case
from takrim.journal.follow import catch_up
from takrim.letters.carry import carry_waiting
from takrim.letters.kind import filled
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from takrim.surveys.models import Reply, Response
from tests.domain.letters.fakes import template
from tests.matters import answered
from tests.people import NOW, SignIn

pytestmark = pytest.mark.django_db

ADDRESS, KEY, MOBILE = "/sms/received/", "key-of-the-replies", "09121234567"
LATER = NOW + timedelta(days=2)


@pytest.fixture(autouse=True)
def asked(case: Case, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Case:
    """Zahra was answered and asked how it was; two days later pages are looked at."""
    settings.SMS_REPLY_SECRET = KEY
    monkeypatch.setattr(clock, "now", lambda: LATER)
    answered(case, NOW)
    catch_up("letters")
    carry_waiting(LATER)
    return case


def hand_in(key: str = KEY, **fields: str) -> int:
    sent = {"id": "m1", "from": MOBILE, "text": "۴", **fields}
    return Client(enforce_csrf_checks=True).post(ADDRESS, sent, headers={"X-Takrim-Key": key}).status_code


def test_a_mark_is_taken_once() -> None:
    assert [hand_in() for _ in range(3)] == [204] * 3
    assert Response.objects.get().overall == 4


def test_it_may_be_json_with_the_key_as_a_field() -> None:
    body = json.dumps({"id": 17, "from": "989121234567", "text": 4, "key": KEY})
    assert Client().post(ADDRESS, body, content_type="application/json").status_code == 204
    assert Response.objects.get().overall == 4


def test_the_provider_may_have_names_of_its_own(settings: Any, tmp_path: Path) -> None:
    path = tmp_path / "sms.toml"
    names = '[incoming]\nid = "messageid"\nsender = "mobile"\ntext = "message"\nkey = "token"\n'
    path.write_text(f"{template('http://127.0.0.1:9/')}\n{names}")
    settings.SMS_TEMPLATE = str(path)
    fields = {"messageid": "7", "mobile": MOBILE, "message": "پنج", "token": KEY}
    assert Client().post(ADDRESS, fields).status_code == 204
    assert Response.objects.get().overall == 5


@pytest.mark.parametrize("key", ["", "wrong", KEY[:-1], KEY + "x", "کلید"])
def test_without_the_key_nothing_is_believed(key: str) -> None:
    assert hand_in(key) == 403
    assert (Response.objects.count(), Reply.objects.count()) == (0, 0)


def test_without_a_key_in_the_settings_there_is_no_such_page(settings: Any) -> None:
    settings.SMS_REPLY_SECRET = ""
    assert hand_in("") == 404


@pytest.mark.parametrize("missing", ["id", "from"])
def test_a_message_without_number_or_sender_is_refused(missing: str) -> None:
    assert hand_in(**{missing: " "}) == 422
    assert Reply.objects.count() == 0


def test_only_a_post_hands_a_message_in() -> None:
    assert Client().get(ADDRESS).status_code == 405


@pytest.mark.parametrize("text", ["", "\x00", "۵" * 100_000, "<script>", "\u202e"])
def test_strange_words_break_nothing(text: str) -> None:
    assert hand_in(text=text) == 204
    assert Response.objects.count() == 0


def test_the_link_of_a_bad_mark_opens_the_objection(asked: Case) -> None:
    hand_in(text="1")
    letter = Letter.objects.get(kind="survey_bad")
    link = filled(letter).rsplit("\n", 1)[1]
    page = Client().get("/" + link.split("/", 3)[3])
    assert page.status_code == 200
    assert f'action="{page.request["PATH_INFO"]}object/"' in page.content.decode()
    sent = Client().post(f"{page.request['PATH_INFO']}object/", {"object-text": "سند من را ندیدند."})
    assert sent.status_code == 200
    asked.refresh_from_db()
    assert asked.state == "reopened"
    again = Client().get(page.request["PATH_INFO"])
    assert "object/" not in again.content.decode()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_operator_reads_what_was_not_understood(kian: Actor, sign_in: SignIn, language: str) -> None:
    hand_in(text="کدام پرونده؟")
    hand_in(id="m2", **{"from": "09350000000"})
    browser = sign_in(kian)
    browser.cookies["language"] = language
    page = browser.get("/operator/replies/")
    body = page.content.decode()
    assert "کدام پرونده؟" in body
    assert MOBILE not in body
    assert len(page.context["rows"]) == 2
    number = Reply.objects.get(ref="m1").pk
    assert browser.post(f"/operator/replies/{number}/read/").status_code == 302
    assert len(browser.get("/operator/replies/").context["rows"]) == 1


def test_a_long_list_has_pages(kian: Actor, sign_in: SignIn) -> None:
    for number in range(52):
        hand_in(id=f"n{number}", **{"from": "09350000000"})
    browser = sign_in(kian)
    first = browser.get("/operator/replies/")
    assert len(first.context["rows"]) == 50
    assert len(browser.get(first.context["next_url"]).context["rows"]) == 2
