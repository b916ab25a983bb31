"""The page of a body outside: what was chosen, nothing else; one answer; one sentence for every link that is over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.base import clock
from takrim.base.workdays import Length
from takrim.cases import inquiry_links
from takrim.cases.actions_inquiry import Shown, add_partner, inquire, revoke_inquiry
from takrim.cases.models import Case
from takrim.cases.models_partners import Inquiry
from takrim.evidence.actions import Upload, attach
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor, holder
from takrim.web.citizen.limits import MOST_FAILURES

OVER = "این پیوند چیزی را باز نمی‌کند"


@pytest.fixture
def files(browser: Client, case: Case, now: datetime) -> list[Evidence]:
    """Two files of the case; only the first is chosen."""
    uploads = [Upload("قرارداد.txt", [b"contract"]), Upload("پنهان.txt", [b"hidden"])]
    return [
        attach(subject=case.code, unit_path=case.unit_path, upload=upload, by=holder(), now=now) for upload in uploads
    ]


@pytest.fixture
def asked(case: Case, files: list[Evidence], nima: Actor, mina: Actor, now: datetime) -> Inquiry:
    partner = add_partner(name="فرمانداری نظرآباد", email="office@example.ir", mobile="", by=nima, now=now)
    shown = Shown(question="آیا کارگاه پروانه دارد؟", excerpt="کارگاه در خیابان بهار است.", files=[files[0].pk])
    length = Length.parse("10 working_days")
    return inquire(case=case, partner=partner, shown=shown, length=length, by=mina, now=now)


@pytest.fixture
def link(asked: Inquiry) -> str:
    return f"/inquiry/{inquiry_links.make(asked.pk)}/"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_only_what_was_chosen_is_shown(browser: Client, link: str, case: Case, language: str) -> None:
    browser.cookies["language"] = language
    page = browser.get(link)
    assert page.status_code == 200
    said = page.content.decode()
    for chosen in ("آیا کارگاه پروانه دارد؟", "کارگاه در خیابان بهار است.", "قرارداد.txt"):
        assert chosen in said
    assert case.party is not None
    for hidden in (case.text, case.code, case.subject, case.party.name, case.party.mobile, "پنهان.txt", "0084575948"):
        assert hidden not in said
    assert page.headers["Cache-Control"].startswith("max-age=0")


def test_only_the_chosen_file_is_handed_out(browser: Client, link: str, files: list[Evidence]) -> None:
    assert browser.get(f"{link}files/{files[0].pk}/").getvalue() == b"contract"
    assert browser.get(f"{link}files/{files[1].pk}/").status_code == 404
    assert browser.post(f"{link}files/{files[0].pk}/").status_code == 405


def test_the_answer_is_taken_once_and_the_link_is_over(browser: Client, link: str, asked: Inquiry) -> None:
    paper = SimpleUploadedFile("پروانه.txt", "دارد".encode())
    page = browser.post(link, {"text": "پروانه دارد.", "name": "ناصر یزدی، کارشناس", "papers": [paper]})
    assert page.status_code == 200
    asked.refresh_from_db()
    assert (asked.how, asked.duty.answer, asked.answered_by) == ("answered", "پروانه دارد.", "ناصر یزدی، کارشناس")
    assert Evidence.objects.filter(subject=asked.case.code, from_party=False).get().name == "پروانه.txt"
    assert browser.get(link).status_code == 404


def test_what_is_missing_is_said_and_the_rest_kept(browser: Client, link: str, asked: Inquiry) -> None:
    page = browser.post(link, {"text": "پروانه دارد.", "name": ""})
    assert page.status_code == 422
    assert "پروانه دارد." in page.content.decode()
    asked.refresh_from_db()
    assert asked.over_at is None


def test_expired_taken_back_and_unknown_links_say_the_same(
    browser: Client, link: str, asked: Inquiry, mina: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = browser.get("/inquiry/forged/")
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: asked.expires_at + timedelta(seconds=1))
        expired = browser.get(link)
    revoke_inquiry(inquiry=asked, by=mina, now=clock.now())
    revoked = browser.post(link, {"text": "دارد", "name": "ناصر"})
    for page in (unknown, expired, revoked):
        assert page.status_code == 404
        assert OVER in page.content.decode()
    assert browser.get(f"{link}files/1/").status_code == 404


def test_guessing_links_is_stopped(browser: Client, link: str) -> None:
    for _try in range(MOST_FAILURES):
        assert browser.get("/inquiry/forged/").status_code == 404
    assert browser.get(link).status_code == 429
