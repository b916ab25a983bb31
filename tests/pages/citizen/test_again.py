"""Before a matter is sent, its own earlier cases are shown to the person, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from takrim.cases.models import Case
from tests.pages.citizen.conftest import Send, Write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cards")]
WAGE = {"text": "سه ماه است کارفرما حقوق من را نداده و بیمه هم رد نکرده است. خواهش می‌کنم رسیدگی کنید."}


def test_what_was_filed_in_this_browser_is_found_again(browser: Client, send: Send, write: Write) -> None:
    send(details=WAGE)
    write(details=WAGE)
    assert "/file/again/" in browser.get("/file/review/").content.decode()
    page = browser.get("/file/again/", headers={"HX-Request": "true"}).content.decode()
    assert Case.objects.get().code in page
    assert "<html" not in page
    write(details={"text": "برای تأسیس تعاونی مسکن چه مدارکی لازم است؟"})
    assert "هیچ" in browser.get("/file/again/").content.decode()


def test_the_same_words_and_telephone_of_another_browser_find_nothing(send: Send, browser: Client) -> None:
    send(details=WAGE)
    stranger = Client()
    for address, typed in (("what", {"kind": "complaint", "province": "ir/alborz/", "office": ""}), ("details", WAGE)):
        stranger.post(f"/file/{address}/", typed)
    assert Case.objects.get().code not in stranger.get("/file/again/").content.decode()


def test_without_a_session_nothing_more_is_asked(browser: Client, write: Write) -> None:
    write(details=WAGE)
    assert "/file/again/" not in browser.get("/file/review/").content.decode()
    assert browser.post("/file/again/").status_code == 405
