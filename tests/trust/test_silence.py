"""A matter from the wizard to its answer, with every log line kept: nothing of it says who the person is."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_intake import secret_of
from takrim.cases.models import Case
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.journal.models import Entry
from takrim.letters.carry import carry_waiting
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.web.logs import Formatter, WithoutAddress
from tests.people import NOW, SignIn

WHAT = {"kind": "complaint", "card": "", "province": "ir/alborz/", "office": "ir/alborz/nazarabad/", "subject": ""}
NAME, MOBILE, CODE, EMAIL = "زهره پنهان‌دل", "09127654321", "0084575948", "zohre@example.ir"
TEXT = "رازی که تنها دفتر می‌داند"


def story(browser: Client, officer: Client, reza: Actor) -> tuple[Case, list[str]]:
    """File, track, look, answer, write the letters; the addresses that were shown in the address bar."""
    browser.post("/file/what/", WHAT)
    browser.post("/file/details/", {"text": TEXT})
    browser.post("/file/contact/", {"name": NAME, "mobile": MOBILE, "national_code": CODE, "email": EMAIL})
    sent = browser.post("/file/review/", {"key": browser.get("/file/review/").context["draft"].key})
    case = Case.objects.get()
    tracked = Client().post("/track/", {"code": case.code, "secret": secret_of(case)})
    Client().post("/track/", {"code": case.code, "secret": "AAAAAAAA"})
    browser.get(sent.headers["Location"])
    officer.get(f"/staff/cases/{case.code}/")
    noted = officer.post(f"/staff/cases/{case.code}/note/", {"text": TEXT})
    answer_at_once(
        case=case,
        words=Words(outcome="upheld", text=TEXT, reason=TEXT, next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."),
        how="phone",
        by=reza,
        now=NOW,
    )
    for reader in FOLLOWERS:
        catch_up(reader)
    carry_waiting(NOW)
    return case, [page.headers.get("Location", "") for page in (sent, tracked, noted)]


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """The log as the product writes it, opened as far as TAKRIM_LOG_LEVEL can."""
    kept, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(kept), root.level
    handler.setFormatter(Formatter("{asctime} {levelname} {name} {message}", style="{"))
    handler.addFilter(WithoutAddress())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(level)
    root.removeHandler(handler)


def break_down(browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page of the case breaks, and the error quotes what was in its hands."""

    def fail(*args: object, **kwargs: object) -> None:
        raise ValueError(f"{NAME} {MOBILE} {CODE} {EMAIL} {TEXT} {secret_of(case)}")

    browser.raise_request_exception = False
    monkeypatch.setattr("takrim.web.citizen.tracking.timeline", fail)
    assert browser.get(f"/track/{case.code}/?name={NAME}").status_code == 500


def test_logs_addresses_and_the_journal_know_nobody(
    units: dict[str, Unit],
    reza: Actor,
    mina: Actor,
    sign_in: SignIn,
    pages_at_now: None,
    log: io.StringIO,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = Client()
    case, addresses = story(browser, sign_in(mina), reza)
    break_down(browser, case, monkeypatch)
    assert "error: citizen:case" in log.getvalue()
    assert case.code not in log.getvalue()
    events = [json.dumps([entry.verb, entry.facts], ensure_ascii=False) for entry in Entry.objects.all()]
    assert len(events) > 2
    secret = secret_of(case)
    for place, told in {
        "logs": log.getvalue(),
        "addresses": "\n".join(addresses),
        "journal": "\n".join(events),
    }.items():
        for what in (NAME, MOBILE, MOBILE[1:], CODE, EMAIL, TEXT, secret):
            assert what not in told, f"{place}: {what}"
