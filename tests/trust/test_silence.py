"""A matter from the wizard to its answer, with every log line kept: nothing of it says who the person is."""

from __future__ import annotations

import json
import logging

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
    answer_at_once(case=case, words=Words(outcome="upheld", text=TEXT, reason=TEXT), how="sms", by=reza, now=NOW)
    for reader in FOLLOWERS:
        catch_up(reader)
    carry_waiting(NOW)
    return case, [page.headers.get("Location", "") for page in (sent, tracked, noted)]


def test_logs_addresses_and_the_journal_know_nobody(
    units: dict[str, Unit],
    reza: Actor,
    mina: Actor,
    sign_in: SignIn,
    pages_at_now: None,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # As far as TAKRIM_LOG_LEVEL can open the log.
    with caplog.at_level(logging.DEBUG):
        case, addresses = story(Client(), sign_in(mina), reza)
    events = [json.dumps([entry.verb, entry.facts], ensure_ascii=False) for entry in Entry.objects.all()]
    assert len(events) > 2
    secret = secret_of(case)
    for place, told in {"logs": caplog.text, "addresses": "\n".join(addresses), "journal": "\n".join(events)}.items():
        for what in (NAME, MOBILE, MOBILE[1:], CODE, EMAIL, TEXT, secret):
            assert what not in told, f"{place}: {what}"
