"""Zahra at her browser: the steps of filing as she sends them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.cards.seed import seed
from takrim.cases.actions_intake import secret_of
from takrim.cases.models import Case
from takrim.channels.models import Draft
from takrim.evidence.shelf import shelf
from takrim.orgs.models import Unit

WHAT = {"kind": "complaint", "card": "", "province": "ir/alborz/", "office": "ir/alborz/nazarabad/", "subject": ""}
DETAILS = {"text": "دو ماه است که پاسخ نگرفته‌ام."}
CONTACT = {"name": "زهرا اکبری", "mobile": "۰۹۱۲۱۲۳۴۵۶۷", "national_code": "0084575948", "email": ""}


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Any) -> Iterator[None]:
    settings.FILES_ROOT = tmp_path
    shelf.cache_clear()
    yield
    shelf.cache_clear()


@pytest.fixture
def cards(db: None, now: datetime) -> None:
    """The service cards of the catalogue."""
    seed(now)


@pytest.fixture
def browser(units: dict[str, Unit], pages_at_now: datetime) -> Client:
    """A browser that has been nowhere yet, at ten o'clock of our Tuesday."""
    return Client()


Write = Callable[..., None]


@pytest.fixture
def write(browser: Client) -> Write:
    """Go through the steps up to the review: `write(details={"text": …})` to say something else in one of them."""

    def go(*, what: dict[str, str] | None = None, details: Any = None, contact: dict[str, str] | None = None) -> None:
        browser.post("/file/what/", {**WHAT, **(what or {})})
        browser.post("/file/details/", {**DETAILS, **(details or {})})
        browser.post("/file/contact/", {**CONTACT, **(contact or {})})

    return go


Send = Callable[..., Any]


@pytest.fixture
def send(browser: Client, write: Write) -> Send:
    """Write and send a matter."""

    def go(**steps: Any) -> Any:
        write(**steps)
        return browser.post("/file/review/", {"key": Draft.objects.latest("id").key})

    return go


def pair(case: Case) -> dict[str, str]:
    """What opens a case: its number and its secret."""
    return {"code": case.code, "secret": secret_of(case)}


@pytest.fixture
def holding(browser: Client, case: Case) -> Client:
    """A browser in which Zahra has opened her case with number and secret."""
    assert browser.post("/track/", pair(case)).status_code == 302
    return browser
