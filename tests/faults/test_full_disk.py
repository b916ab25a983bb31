"""A full disk and a database that is away: a sentence, 503, and what was typed, to be sent again with one press."""

from __future__ import annotations

import errno
import html
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from takrim.cases.models import Case
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.web.sessions import SessionStore
from tests.pages.citizen.conftest import Write
from tests.people import SignIn

TEXT = "سه ماه است که <حق بیمه> مرا واریز نکرده‌اند و کسی پاسخ نمی‌دهد."
SENTENCE = {"fa": "فضای ذخیره‌سازی سامانه پر شده است", "en": "Our disk is full"}


def full() -> OperationalError:
    """What Django raises when SQLite finds no room."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    error = OperationalError("database or disk is full")
    error.__cause__ = cause
    return error


class DiskFull(Exception):
    """As psycopg's errors have it."""

    sqlstate = "53100"


def full_elsewhere() -> OperationalError:
    """The same from PostgreSQL: its driver names the reason by SQLSTATE."""
    error = OperationalError("could not extend file")
    error.__cause__ = DiskFull("could not extend file")
    return error


def failing(error: Exception) -> Callable[..., Any]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


@pytest.fixture
def browser(browser: Client) -> Client:
    """A browser that shows the page of an error, as real ones do."""
    browser.raise_request_exception = False
    return browser


@pytest.mark.parametrize("error", [full(), full_elsewhere(), OSError(errno.ENOSPC, "No space left on device")])
@pytest.mark.parametrize("lang", ["fa", "en"])
def test_a_full_disk_is_said_and_keeps_the_text(
    error: Exception, lang: str, browser: Client, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    browser.cookies["language"] = lang
    monkeypatch.setattr("takrim.channels.actions_draft.keep", failing(error))
    page = browser.post("/file/details/", {"text": TEXT})
    text = page.content.decode()
    assert (page.status_code, page.headers["Retry-After"]) == (503, "120")
    assert SENTENCE[lang] in text
    assert f'<input type="hidden" name="text" value="{html.escape(TEXT)}">' in text
    assert 'action="/file/details/"' in text


def test_filing_on_a_full_disk_leaves_nothing_half_written_and_can_be_sent_again(
    browser: Client, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    key = browser.get("/file/review/").context["draft"].key
    with monkeypatch.context() as broken:
        broken.setattr("takrim.cases.actions_web.finish", failing(full()))
        page = browser.post("/file/review/", {"key": key})
    assert page.status_code == 503
    assert f'name="key" value="{key}"' in page.content.decode()
    assert (Case.objects.count(), Entry.objects.count()) == (0, 0)
    again = browser.post("/file/review/", {"key": key})
    assert "/receipt/" in again.headers["Location"]
    assert Case.objects.count() == 1


def test_an_officers_words_are_kept_as_well(
    case: Case, mina: Actor, sign_in: SignIn, pages_at_now: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = sign_in(mina)
    client.raise_request_exception = False
    monkeypatch.setattr("takrim.cases.actions_work.record", failing(full()))
    page = client.post(f"/staff/cases/{case.code}/note/", {"text": TEXT})
    assert page.status_code == 503
    assert html.escape(TEXT) in page.content.decode()
    assert not case.notes.exists()


def test_a_session_that_cannot_be_saved_is_said_too(
    case: Case, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from takrim.cases.actions_intake import secret_of

    monkeypatch.setattr(SessionStore, "save", failing(full()))
    page = browser.post("/track/", {"code": case.code, "secret": secret_of(case)})
    assert page.status_code == 503
    assert f'value="{case.code}"' in page.content.decode()


def test_a_database_that_is_away_is_said_in_other_words(
    browser: Client, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write()
    monkeypatch.setattr("takrim.channels.actions_draft.keep", failing(OperationalError("connection refused")))
    page = browser.post("/file/details/", {"text": TEXT})
    assert page.status_code == 503
    assert "پایگاه دادهٔ سامانه پاسخ نمی‌دهد" in page.content.decode()
    assert "connection refused" not in page.content.decode()
    assert html.escape(TEXT) in page.content.decode()


def test_a_page_that_was_only_looked_at_has_nothing_to_send(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takrim.web.citizen.drafts.any_draft", failing(full()))
    page = browser.get("/file/what/")
    assert page.status_code == 503
    assert '<form method="post" action="/file/what/"' not in page.content.decode()


def test_a_password_is_never_kept_in_a_page(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allauth.account.views.LoginView.form_valid", failing(full()))
    monkeypatch.setattr("allauth.account.forms.LoginForm.clean", failing(full()))
    page = browser.post("/accounts/login/", {"login": "mina", "password": "گذرواژهٔ-مینا"})
    assert page.status_code == 503
    assert "mina" in page.content.decode()
    assert "گذرواژهٔ-مینا" not in page.content.decode()


def test_any_other_fault_is_ours_and_shows_nothing(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("takrim.web.citizen.drafts.any_draft", failing(ValueError("0912")))
    page = browser.get("/file/what/")
    assert page.status_code == 500
    assert "0912" not in page.content.decode()
