"""Papers that officers print."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from PIL import ImageFile

from takrim.base import press as pressing
from takrim.cases.actions_answer import Words, answer_at_once, send_back
from takrim.cases.models import Case
from takrim.journal.models import Look
from takrim.orgs.actor import Actor
from takrim.web import papers

WORDS = Words(
    outcome="upheld", text="حق بیمه وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)


@pytest.fixture(autouse=True)
def drawn(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> list[str]:
    """The words of the papers, without drawing them."""
    settings.DATA, found = tmp_path, list[str]()

    def draw(html: str, **_options: str) -> bytes:
        found.append(html)
        return b"%PDF-1.7"

    monkeypatch.setattr(papers, "pressed", draw)
    return found


def test_half_a_picture_stays_refused_when_papers_can_be_drawn() -> None:
    pressing.press.cache_clear()
    pressing.press()
    assert not ImageFile.LOAD_TRUNCATED_IMAGES


def test_a_signed_answer_is_printed_to_be_handed_over(
    case: Case, reza: Actor, as_sara: Client, as_omid: Client, now: datetime, drawn: list[str]
) -> None:
    answer_at_once(case=case, words=WORDS, how="", by=reza, now=now)
    address = f"/staff/cases/{case.code}/answers/1.pdf"
    assert address in as_sara.get(f"/staff/cases/{case.code}/").content.decode()
    assert as_sara.get(address).status_code == 200
    assert WORDS.text in drawn[0]
    assert Look.objects.filter(subject=case.code, page="answer_pdf").exists()
    assert as_omid.get(address).status_code == 404
    assert as_sara.get(f"/staff/cases/{case.code}/answers/2.pdf").status_code == 404


def test_what_was_taken_back_is_not_printed(case: Case, reza: Actor, as_sara: Client, now: datetime) -> None:
    answer = answer_at_once(case=case, words=WORDS, how="", by=reza, now=now)
    send_back(answer=answer, why="غلط", by=reza, now=now)
    assert as_sara.get(f"/staff/cases/{case.code}/answers/1.pdf").status_code == 404


def test_the_receipt_is_printed_by_who_has_just_registered(case: Case, as_sara: Client) -> None:
    assert as_sara.get(f"/staff/new/{case.code}/receipt.pdf").status_code == 404
