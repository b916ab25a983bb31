"""Pages are Persian until somebody chooses otherwise."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_browser_that_prefers_english_sees_persian_first(client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en-GB,en;q=0.9"})
    assert 'lang="fa" dir="rtl"' in page.content.decode()


@pytest.mark.django_db
def test_the_switch_is_remembered(client: Client) -> None:
    client.post("/i18n/setlang/", {"language": "en", "next": "/"})
    page = client.get("/")
    assert 'lang="en" dir="ltr"' in page.content.decode()
    assert page.headers["Content-Language"] == "en"


@pytest.mark.django_db
def test_a_language_that_we_do_not_speak_is_persian(client: Client) -> None:
    client.cookies["language"] = "xx"
    assert 'lang="fa"' in client.get("/").content.decode()
