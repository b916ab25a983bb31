"""What waits for one's signature, what was issued, and the Word template of an office."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from takrim.councils import word
from takrim.councils.actions_sealing import issue, seal, show_minutes, sign
from takrim.councils.adoption import Adopted
from takrim.councils.models_minutes import Minutes, MinutesTemplate
from takrim.orgs.actor import Actor
from tests.people import NOW, SignIn

pytestmark = pytest.mark.usefixtures("pages_at_now")


@pytest.fixture
def sealed(closed: Minutes, laleh: Actor) -> Minutes:
    return seal(minutes=closed, by=laleh, now=NOW)


def test_what_waits_stands_first_and_goes_when_it_is_done(
    sign_in: SignIn, closed: Minutes, laleh: Actor, reza: Actor, nima: Actor, hadi: Actor, handed: list[Adopted]
) -> None:
    browser = sign_in(reza)
    show_minutes(minutes=closed, by=laleh, now=NOW)
    assert len(browser.get("/council/minutes/").context["to_comment"]) == 1
    seal(minutes=closed, by=laleh, now=NOW)
    page = browser.get("/council/minutes/")
    assert [one.pk for one in page.context["to_sign"]] == [closed.pk]
    assert browser.get("/council/").status_code == 200
    assert sign_in(hadi).get("/council/minutes/").context["to_sign"] == []
    for actor in (reza, nima, laleh):
        sign(minutes=closed, seen=closed.hash, by=actor, now=NOW)
    assert browser.get("/council/minutes/").context["to_sign"] == []
    issue(minutes=closed, anyway="", by=laleh, now=NOW)
    assert closed.number in browser.get("/council/minutes/").text


def test_strangers_see_no_minutes_of_others(
    sign_in: SignIn, sealed: Minutes, omid: Actor, django_assert_max_num_queries: object
) -> None:
    browser = sign_in(omid)
    browser.get("/council/minutes/")
    with django_assert_max_num_queries(12):  # type: ignore[operator]  # the fixture is a function
        assert browser.get("/council/minutes/").context["issued"] == []


def _changed(words: str) -> SimpleUploadedFile:
    document = Document(str(word.OURS))
    document.add_paragraph(words)
    file = io.BytesIO()
    document.save(file)
    return SimpleUploadedFile("قالب.docx", file.getvalue())


def test_an_office_writes_its_minutes_from_its_own_template(sign_in: SignIn, sealed: Minutes, laleh: Actor) -> None:
    browser = sign_in(laleh)
    assert browser.get("/council/minutes/template/").status_code == 200
    assert browser.get("/council/minutes/template/file/").content == word.OURS.read_bytes()
    browser.post("/council/minutes/template/", {"file": _changed("رونوشت: دفتر امور استان‌ها، {{ number }}")})
    address = f"/council/meetings/{sealed.meeting.code}/minutes/minutes.docx"
    words = [paragraph.text for paragraph in Document(io.BytesIO(browser.get(address).content)).paragraphs]
    assert f"رونوشت: دفتر امور استان‌ها، {sealed.number}" in words
    browser.post("/council/minutes/template/", {"back": "1"})
    assert not MinutesTemplate.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("x.docx", b"no Word file at all"),
        _changed("{% for one in items %} بی‌پایان"),
        _changed("{{ number.__class__.__mro__ }}"),
        None,
    ],
)
def test_a_template_that_cannot_be_filled_is_refused(
    sign_in: SignIn, laleh: Actor, committee: object, file: SimpleUploadedFile | None
) -> None:
    page = sign_in(laleh).post("/council/minutes/template/", {"file": file} if file else {})
    assert page.status_code == 422
    assert page.context["said"]
    assert not MinutesTemplate.objects.exists()
