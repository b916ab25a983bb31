"""Anonymous reports: nothing leads back to the person, and the receipt alone opens what was written."""

from __future__ import annotations

import hashlib
import io
import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image

from takrim.cases.actions_answer import answer_at_once
from takrim.cases.actions_intake import ask_completion, secret_of
from takrim.cases.models import Case, State
from takrim.cases.models_anonymous import Box, Message
from takrim.evidence.models import Evidence
from takrim.evidence.shelf import shelf
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor
from tests.matters import WORDS
from tests.people import NOW, SignIn

ADDRESS, AGENT, REFERRER = "203.0.113.77", "Unmistakable/7.1", "https://intranet.example.ir/where-i-work"
TRACES: dict[str, Any] = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_USER_AGENT": AGENT,
    "HTTP_REFERER": REFERRER,
}
REPORT = {"office": "ir/alborz/nazarabad/", "text": "برای امضای پرونده پول خواستند."}


def filed(browser: Client, **more: Any) -> tuple[Any, str]:
    """Send a report; the page that answers and the receipt on it."""
    seed = browser.get("/report/").context["seed"]
    page = browser.post("/report/", {**REPORT, "seed": seed, **more})
    found = re.search(r'id="receipt">([0-9A-Z-]+)<', page.content.decode())
    return page, found[1] if found else ""


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    kept, root = io.StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(kept), root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield kept
    root.setLevel(level)
    root.removeHandler(handler)


def everything() -> str:
    """All that the database holds, row by row."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # our own tables
            rows += [repr(row) for row in cursor.fetchall()]
    return "\n".join(rows)


def test_nothing_kept_leads_back_to_the_person(browser: Client, log: io.StringIO) -> None:
    cache.clear()
    browser = Client(**TRACES)
    page, receipt = filed(browser)
    browser.post("/report/box/", {"receipt": "AAAA-AAAA-AAAA-AAAA"})
    browser.post("/report/box/", {"receipt": receipt, "step": "write", "back-text": "باز هم خواستند."})
    kept = everything() + log.getvalue() + str(getattr(cache, "_cache", ""))
    assert REPORT["text"] in kept
    bare = receipt.replace("-", "")
    digests = [hashlib.sha256(ADDRESS.encode()).hexdigest()[:32], hashlib.sha256(AGENT.encode()).hexdigest()[:32]]
    for trace in (ADDRESS, AGENT, REFERRER, "intranet", receipt, bare, page.wsgi_request.POST["seed"], *digests):
        assert trace not in kept, trace
    assert "sessionid" not in browser.cookies
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone()[0] == 0


def test_sent_twice_it_is_one_report_with_the_same_receipt(browser: Client) -> None:
    page, receipt = filed(browser)
    again = browser.post("/report/", {**REPORT, "seed": page.wsgi_request.POST["seed"]})
    assert receipt in again.content.decode()
    assert Case.objects.count() == Box.objects.count() == 1


def test_an_unknown_receipt_and_what_is_none_are_told_alike(browser: Client) -> None:
    filed(browser)
    told = []
    for typed in ("AAAA-AAAA-AAAA-AAAA", "nonsense", "ی" * 16):
        page = browser.post("/report/box/", {"receipt": typed})
        told.append((page.status_code, re.sub(r'value="[^"]*"', "", page.content.decode())))
    assert told[0][0] == 422
    assert told[0] == told[1] == told[2]


def test_the_two_write_to_and_fro(browser: Client, sign_in: SignIn, mina: Actor) -> None:
    _page, receipt = filed(browser)
    case, officer = Case.objects.get(), sign_in(mina)
    officer.post(f"/staff/cases/{case.code}/messages/", {"text": "کدام روز بود؟"})
    page = browser.post("/report/box/", {"receipt": receipt.lower()})
    assert "کدام روز بود؟" in page.content.decode()
    browser.post("/report/box/", {"receipt": receipt, "step": "write", "back-text": "سه‌شنبهٔ گذشته."})
    assert "سه‌شنبهٔ گذشته." in officer.get(f"/staff/cases/{case.code}/messages/").content.decode()
    assert [message.from_office for message in Message.objects.order_by("id")] == [True, False]


def test_what_the_office_asked_for_is_given_by_writing_back(browser: Client, mina: Actor) -> None:
    _page, receipt = filed(browser)
    case = Case.objects.get()
    ask_completion(case=case, what="نام شعبه را بنویسید.", by=mina, now=NOW)
    assert "نام شعبه را بنویسید." in browser.post("/report/box/", {"receipt": receipt}).content.decode()
    browser.post("/report/box/", {"receipt": receipt, "step": "write", "back-text": "شعبهٔ دو."})
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW


def test_the_answer_is_read_and_objected_to_by_receipt(browser: Client, reza: Actor) -> None:
    _page, receipt = filed(browser)
    case = Case.objects.get()
    answer_at_once(case=case, words=WORDS, how="receipt", by=reza, now=NOW - timedelta(days=1))
    assert WORDS.text in browser.post("/report/box/", {"receipt": receipt}).content.decode()
    browser.post("/report/box/", {"receipt": receipt, "step": "object", "back-text": "هنوز می‌خواهند."})
    case.refresh_from_db()
    assert (case.state, case.reopened) == (State.REOPENED, 1)


def test_nobody_is_written_to(browser: Client, mina: Actor) -> None:
    filed(browser)
    ask_completion(case=Case.objects.get(), what="کجا؟", by=mina, now=NOW)
    for reader in FOLLOWERS:
        catch_up(reader)
    assert not Letter.objects.exists()


def test_a_report_is_not_tracked_by_number_and_secret(browser: Client) -> None:
    filed(browser)
    case = Case.objects.get()
    assert browser.post("/track/", {"code": case.code, "secret": secret_of(case)}).status_code == 422


def test_a_report_about_somebody_there_goes_to_the_level_above(browser: Client, reza: Actor) -> None:
    filed(browser, official="رئیس اداره")
    case = Case.objects.get()
    assert (case.unit_path, case.shielded) == ("ir/alborz/", True)
    assert not Case.objects.all().seen_by(reza).exists()


def photo() -> SimpleUploadedFile:
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F], exif[0x9003] = "SecretCamera", "2026:11:24 10:00:00"
    Image.new("RGB", (40, 30), "red").save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("zohre-desk.jpg", made.getvalue())


def test_a_picture_keeps_nothing_of_who_took_it(browser: Client) -> None:
    assert b"SecretCamera" in photo().read()
    filed(browser, papers=photo())
    evidence = Evidence.objects.select_related("file").get()
    assert "zohre" not in evidence.name
    with shelf().open(evidence.file.hash) as file:
        raw = file.read()
    assert b"SecretCamera" not in raw
    assert not Image.open(io.BytesIO(raw)).getexif()


def test_a_file_that_would_tell_is_refused_and_the_text_stays(browser: Client) -> None:
    page, receipt = filed(browser, papers=SimpleUploadedFile("a.pdf", b"%PDF-1.4 /Author (Zohre)"))
    assert page.status_code == 422
    assert not receipt
    assert REPORT["text"] in page.content.decode()
    assert "عکس و متن ساده" in page.content.decode()
    assert not Case.objects.exists()
