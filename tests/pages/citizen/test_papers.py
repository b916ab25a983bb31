"""The answer and the receipt as papers: whose they are, what stands on them, what is said where none can be drawn."""

from __future__ import annotations

import os
import re
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from takrim.base import press as pressing
from takrim.base.codes import pretty_secret
from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.actions_delivery import read_by_holder
from takrim.cases.actions_intake import secret_of
from takrim.cases.actions_paper import set_letterhead
from takrim.cases.models import Answer, Case
from takrim.orgs.actor import Actor, holder
from takrim.web import paper_kinds, papers
from tests.pages.citizen.conftest import pair
from tests.people import NOW

WORDS = Words(
    outcome="upheld",
    text="حق بیمه شما واریز می‌شود.",
    reason="بازرسی آن را تأیید کرد.",
    next_step="واریز تا یک هفته.",
)


@pytest.fixture(autouse=True)
def _data(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def press() -> None:
    """Pango is there. In CI it must be."""
    if pressing.press() is None:
        if os.environ.get("CI"):
            pytest.fail("Pango is missing: tools/verify.py installs it.")
        pytest.skip("Pango is missing, so no PDF is drawn.")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of the papers, without drawing them."""
    found: list[str] = []

    def draw(html: str, **_options: str) -> bytes:
        found.append(html)
        return b"%PDF-1.7 " + str(len(found)).encode()

    monkeypatch.setattr(papers, "pressed", draw)
    return found


@pytest.fixture
def answer(case: Case, reza: Actor) -> Answer:
    return answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=NOW)


def plain(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_answer_is_drawn_with_its_font_inside(answer: Answer, holding: Client, case: Case, press: None) -> None:
    page = holding.get(f"/track/{case.code}/answer.pdf")
    assert (page.status_code, page.headers["Content-Type"]) == (200, "application/pdf")
    pdf = page.content
    assert pdf.startswith(b"%PDF-")
    streams = b"".join(_inflated(pdf))
    assert b"Vazirmatn" in pdf + streams
    assert b"DejaVu" not in pdf + streams


def _inflated(pdf: bytes) -> list[bytes]:
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            continue
    return found


def test_it_carries_letterhead_number_date_signature_and_proof(
    answer: Answer, holding: Client, case: Case, reza: Actor, drawn: list[str]
) -> None:
    set_letterhead(
        unit_path=case.unit_path, address="نظرآباد، بلوار آزادی، پلاک ۱۲", telephone="026-45330000", by=reza, now=NOW
    )
    holding.get(f"/track/{case.code}/answer.pdf")
    text = plain(drawn[0])
    for said in (
        "وزارت تعاون، کار و رفاه اجتماعی", "اداره کل استان البرز", "اداره شهرستان نظرآباد", "بلوار آزادی، پلاک ۱۲",
        "۰۲۶-۴۵۳۳۰۰۰۰", "۱/ش/۱۴۰۵", "۱۴۰۵/۰۹/۰۳", "زهرا اکبری", WORDS.text, WORDS.reason, WORDS.next_step, "رضا کریمی",
        "رئیس اداره", "۱۰ روز", answer.fingerprint[:4], "/verify/",
    ):  # fmt: skip
        assert said in text, said
    assert 'dir="rtl"' in drawn[0]
    assert "data:image/svg+xml" in drawn[0]


def test_the_picture_leads_to_the_page_that_confirms_it(answer: Answer, browser: Client) -> None:
    address = paper_kinds.verify_address(answer)
    page = browser.get("/verify/" + address.partition("/verify/")[2])
    assert page.status_code == 200
    assert page.context["issued"].standing == "in_force"


def test_the_same_words_are_drawn_once(answer: Answer, holding: Client, case: Case, drawn: list[str]) -> None:
    pages = [holding.get(f"/track/{case.code}/answer.pdf").content for _turn in range(3)]
    assert len(drawn) == 1
    assert len(set(pages)) == 1
    assert papers.forget(NOW) == 0
    assert papers.forget(NOW + timedelta(days=3650)) == 1


def test_anothers_paper_and_an_answer_not_delivered_are_not_there(
    case: Case, reza: Actor, holding: Client, drawn: list[str]
) -> None:
    answer_at_once(case=case, words=WORDS, how="", by=reza, now=NOW)
    assert holding.get(f"/track/{case.code}/answer.pdf").status_code == 404
    read_by_holder(case=Case.objects.get(), by=holder(), now=NOW)
    assert holding.get(f"/track/{case.code}/answer.pdf").status_code == 200
    assert Client().get(f"/track/{case.code}/answer.pdf").status_code == 404


def test_without_pango_a_sentence_says_what_to_do(
    answer: Answer, holding: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressing, "press", lambda: None)
    page = holding.get(f"/track/{case.code}/answer.pdf")
    assert page.status_code == 503
    assert "Pango" in page.content.decode()


def test_the_receipt_is_for_who_has_just_filed(send: Any, browser: Client, drawn: list[str]) -> None:
    send()
    case = Case.objects.get()
    page = browser.get(f"/receipt/{case.code}/receipt.pdf")
    assert page.status_code == 200
    assert pretty_secret(secret_of(case)) in plain(drawn[0])
    other = Client()
    other.post("/track/", pair(case))
    assert other.get(f"/receipt/{case.code}/receipt.pdf").status_code == 404


def test_nothing_is_fetched_from_elsewhere(press: None) -> None:
    module = pressing.press()
    assert module is not None
    fetcher = pressing._fetcher(module)
    for address in ("https://example.ir/a.png", "file:///etc/passwd"):
        with pytest.raises(ValueError, match="elsewhere"):
            fetcher.fetch(address)
