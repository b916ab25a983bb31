"""Letters with nothing set up but the outbox, unless a test sets up a provider or a relay."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from takrim.journal.follow import catch_up
from takrim.letters.carriers import _template
from takrim.letters.models import Letter
from takrim.letters.write import READER
from tests.domain.letters.fakes import Provider, Relay, provider, relay, template


@pytest.fixture(autouse=True)
def _nothing_is_set_up(settings: Any) -> None:
    settings.SMTP_HOST = settings.SMS_TEMPLATE = settings.SMS_SECRET = settings.MAIL_BOUNCES = ""
    settings.ADDRESS = "https://takrim.example.ir"
    _template.read.cache_clear()


@pytest.fixture
def sms(settings: Any, tmp_path: Path) -> Iterator[Provider]:
    """An SMS provider that is set up."""
    with provider() as told:
        path = tmp_path / "sms.toml"
        path.write_text(template(told.url))
        settings.SMS_TEMPLATE = str(path)
        yield told


@pytest.fixture
def mail(settings: Any) -> Iterator[Relay]:
    """A mail relay that is set up."""
    with relay() as told:
        settings.SMTP_HOST = settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = told.port
        yield told


Written = Callable[..., list[Letter]]


@pytest.fixture
def written() -> Written:
    """Let the reader of the journal write what is due; the letters of a kind, oldest first."""

    def go(kind: str = "") -> list[Letter]:
        catch_up(READER)
        letters = Letter.objects.order_by("id")
        return list(letters.filter(kind=kind) if kind else letters)

    return go
