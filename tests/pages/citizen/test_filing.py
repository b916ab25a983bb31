"""Filing a matter on the web: nothing that was typed is ever lost, and it is registered once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.cases.delivery import ways_for
from takrim.cases.models import Case
from takrim.channels.models import Draft
from takrim.duties.models import Duty
from takrim.evidence.models import Evidence
from takrim.web.citizen.forms import TEXT_LENGTH
from tests.pages.citizen.conftest import CONTACT, DETAILS, WHAT, Send, Write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cards")]

PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde"
    b"\x00\x00\x00\x0cIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\x0d\xefF\xb8\x00\x00\x00\x00IEND\xaeB`\x82"
)


def note(name: str = "نامه.txt", text: str = "سلام") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def follow(browser: Client, answer: Any) -> str:
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return browser.get(answer["Location"]).content.decode()


def test_a_matter_is_filed_with_its_papers_and_owed_by_its_office(browser: Client, send: Send) -> None:
    receipt = follow(browser, send(what={"card": "office-conduct"}, details={"papers": [note()]}))
    case = Case.objects.get()
    assert (case.kind, case.channel, case.unit_path) == ("complaint", "web", "ir/alborz/nazarabad/")
    assert (case.party.name, case.party.mobile) == ("زهرا اکبری", "09121234567")  # she said who she is
    assert Duty.objects.get(about=case.code).length == "15 working days"
    assert Evidence.objects.get(subject=case.code).name == "نامه.txt"
    assert "نامه.txt" in receipt
    assert "۲۴ آذر ۱۴۰۵" in receipt


def test_the_receipt_has_the_number_the_secret_and_a_picture_without_the_secret(browser: Client, send: Send) -> None:
    receipt = follow(browser, send())
    case = Case.objects.get()
    assert 'src="data:image/svg' in receipt
    assert "receipt-code" in receipt
    assert browser.get(f"/receipt/{case.code}/")["Cache-Control"].startswith("max-age=0")


def test_the_receipt_is_shown_again_only_in_the_same_session(browser: Client, send: Send) -> None:
    send()
    code = Case.objects.get().code
    assert browser.get(f"/receipt/{code}/").status_code == 200
    assert Client().get(f"/receipt/{code}/").status_code == 404


def test_pressing_twice_is_one_case_and_the_same_receipt(browser: Client, write: Write) -> None:
    write(details={"papers": [note()]})
    key = Draft.objects.get().key
    first, second = (browser.post("/file/review/", {"key": key}) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert (Case.objects.count(), Evidence.objects.count()) == (1, 1)


def test_whose_first_answer_was_lost_gets_the_receipt_again(browser: Client, write: Write) -> None:
    write()
    key = Draft.objects.get().key
    first = browser.post("/file/review/", {"key": key})
    del browser.cookies["sessionid"]
    assert browser.post("/file/review/", {"key": key})["Location"] == first["Location"]


def test_the_form_of_a_filed_matter_leads_to_its_receipt_while_the_next_is_written(browser: Client, send: Send) -> None:
    first = send()
    key = Draft.objects.get().key
    browser.post("/file/what/", WHAT)
    assert browser.post("/file/review/", {"key": key})["Location"] == first["Location"]
    assert Draft.objects.count() == 2


def test_another_browser_gets_nothing_with_the_key_alone(send: Send) -> None:
    send()
    key = Draft.objects.get().key
    assert Client().post("/file/review/", {"key": key})["Location"] == "/file/"


def test_going_back_shows_what_was_typed(browser: Client, write: Write) -> None:
    write(what={"subject": "پاسخ ندادن اداره"})
    assert "پاسخ ندادن اداره" in browser.get("/file/what/").content.decode()
    assert DETAILS["text"] in browser.get("/file/details/").content.decode()
    assert CONTACT["name"] in browser.get("/file/contact/").content.decode()


def test_an_ended_session_loses_nothing(browser: Client, write: Write, send: Send) -> None:
    write()
    browser.cookies.pop("sessionid", None)
    assert DETAILS["text"] in browser.get("/file/review/").content.decode()
    browser.post("/file/review/", {"key": Draft.objects.get().key})
    assert Case.objects.count() == 1


def sent_back(browser: Client, address: str, typed: dict[str, str]) -> str:
    """The page of a step that was refused; it has an address, so that going back to it sends nothing anew."""
    answer = browser.post(address, typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{address}?check=1")
    return browser.get(answer["Location"]).content.decode()


def test_a_refused_field_keeps_the_others(browser: Client, write: Write) -> None:
    write()
    page = sent_back(browser, "/file/contact/", {**CONTACT, "mobile": "0912", "name": "زهرا رضایی"})
    assert "زهرا رضایی" in page
    assert "زهرا رضایی" in browser.get("/file/contact/").content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("mobile", "0912", "mobile number"),
        ("mobile", "", "Write a mobile number"),
        ("name", " ", "Write your name"),
        ("national_code", "1234567890", "national code"),
        ("national_code", "1111111111", "national code"),
        ("email", "zahra@", "e-mail address"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    browser: Client, write: Write, field: str, typed: str, said: str
) -> None:
    write()
    browser.cookies["language"] = "en"
    assert said in sent_back(browser, "/file/contact/", {**CONTACT, field: typed})
    # Leaving by the side door does not help: the review sends back to where the fault is.
    assert browser.get("/file/review/")["Location"] == "/file/contact/?check=1"


def test_a_complaint_needs_a_name_but_a_report_does_not(browser: Client, send: Send) -> None:
    assert "nameless" not in str(browser.post("/file/what/", WHAT) and browser.get("/file/contact/").content)
    send(what={"kind": "report"}, contact={"nameless": "on", "name": "زهرا", "mobile": "0912", "national_code": "1"})
    assert Case.objects.get().party is None
    assert Draft.objects.get().fields == {}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("سلام\x00دنیا", "سلامدنیا"),
        ("abc\u202egnp.exe", "abcgnp.exe"),
        ("سپاس 😀👨‍👩‍👧", "سپاس 😀👨‍👩‍👧"),
        ("خط یک\r\nخط دو", "خط یک\nخط دو"),
        ("می‌خواهم\x07", "می‌خواهم"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
)
def test_strange_characters_are_cleaned_and_the_words_kept(browser: Client, send: Send, typed: str, kept: str) -> None:
    page = follow(browser, send(details={"text": typed}))
    assert Case.objects.get().text == kept
    assert "<script>alert" not in page


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "\u202e\u200b"])
def test_an_empty_matter_is_asked_for_again(browser: Client, write: Write, typed: str) -> None:
    write(details={"text": typed})
    assert browser.get("/file/review/")["Location"] == "/file/details/?check=1"
    assert "در چند کلمه بنویسید" in browser.get("/file/details/?check=1").content.decode()


def test_a_megabyte_of_text_is_refused_kindly_and_kept(browser: Client, write: Write) -> None:
    write()
    browser.cookies["language"] = "en"
    long = "سلام دنیا " * (1_000_000 // 18)
    assert f"at most {TEXT_LENGTH:,}" in sent_back(browser, "/file/details/", {"text": long})
    assert long.strip() in browser.get("/file/details/").content.decode()


@pytest.mark.parametrize("address", ["/file/details/", "/file/what/", "/track/"])
def test_more_than_a_form_may_hold_is_refused_in_a_sentence(browser: Client, write: Write, address: str) -> None:
    write()
    browser.cookies["language"] = "en"
    page = browser.post(address, {"text": "x" * 3_000_000})
    assert page.status_code == 413
    assert "more than can be sent at once" in page.content.decode()


def test_two_hundred_files_are_refused_in_one_sentence(browser: Client, write: Write) -> None:
    write()
    page = browser.post("/file/details/", {**DETAILS, "papers": [note(f"{n}.txt", str(n)) for n in range(200)]})
    assert page.status_code == 422
    assert "۱۰" in page.content.decode()
    assert DETAILS["text"] in page.content.decode()
    assert len(Draft.objects.get().typed("files")) == 10


def test_one_file_too_many_is_refused_beside_those_there_are(browser: Client, write: Write) -> None:
    write()
    browser.post("/file/details/", {**DETAILS, "papers": [note(f"{n}.txt", str(n)) for n in range(8)]})
    page = browser.post("/file/details/", {**DETAILS, "papers": [note(f"{n}.txt", str(n)) for n in range(8, 11)]})
    assert page.status_code == 422
    assert "این‌ها ۱۱ فایل است" in page.content.decode()
    assert len(Draft.objects.get().typed("files")) == 8


def test_a_program_in_disguise_is_refused_and_the_good_file_stays(browser: Client, write: Write) -> None:
    write()
    browser.cookies["language"] = "en"
    bad = SimpleUploadedFile("عکس.png", b"MZ\x90\x00" + b"\x00" * 100, content_type="image/png")
    page = browser.post("/file/details/", {**DETAILS, "papers": [bad, SimpleUploadedFile("خوب.png", PICTURE)]})
    assert page.status_code == 422
    assert "عکس.png” cannot be taken" in page.content.decode()
    assert [file["name"] for file in Draft.objects.get().typed("files")] == ["خوب.png"]


def test_too_large_a_file_is_refused_in_a_sentence(browser: Client, write: Write, settings: Any) -> None:
    settings.UPLOAD_BYTES = 1024 * 1024
    write()
    browser.cookies["language"] = "en"
    page = browser.post("/file/details/", {**DETAILS, "papers": [note(text="x" * (1024 * 1024 + 1))]})
    assert page.status_code == 422
    assert "up to 1 megabytes" in page.content.decode()


def test_a_file_can_be_added_and_taken_away_before_sending(browser: Client, write: Write) -> None:
    write()
    page = browser.post("/file/details/", {"text": "", "papers": [note()], "stay": "1"})
    assert page.status_code == 200
    kept = Draft.objects.get().typed("files")
    assert kept[0]["name"] in page.content.decode()
    browser.post("/file/details/", {"text": "باز", "remove": kept[0]["hash"]})
    assert (Draft.objects.get().typed("files"), Draft.objects.get().typed("text")) == ([], "باز")


def test_without_a_script_the_offices_come_with_a_second_look(browser: Client) -> None:
    page = browser.post("/file/what/", {**WHAT, "office": "", "offices": "1"})
    assert page.status_code == 200
    assert 'value="ir/alborz/nazarabad/"' in page.content.decode()
    assert "ir/qom/kahak/" not in page.content.decode()


def test_with_htmx_the_offices_come_by_themselves(browser: Client) -> None:
    page = browser.get("/file/offices/", {"province": "ir/qom/"}).content.decode()
    assert 'value="ir/qom/kahak/"' in page
    assert "<html" not in page
    assert browser.get("/file/offices/", {"province": "ir/nowhere/"}).content.decode().strip() == ""


def test_an_office_of_another_province_is_not_taken(browser: Client) -> None:
    assert 'aria-invalid="true"' in sent_back(browser, "/file/what/", {**WHAT, "office": "ir/qom/kahak/"})


def test_without_a_county_office_the_directorate_answers(browser: Client, send: Send) -> None:
    send(what={"office": ""})
    assert Case.objects.get().unit_path == "ir/alborz/"


def test_the_way_here_has_already_said_something(browser: Client) -> None:
    page = browser.get("/file/what/?about=decile&office=ir/qom/").content.decode()
    assert '<option value="decile-objection" selected>' in page
    assert '<option value="ir/qom/" selected>' in page


@pytest.mark.parametrize("step", ["details", "contact", "review"])
def test_who_has_begun_nothing_is_led_to_the_beginning(browser: Client, step: str) -> None:
    assert browser.get(f"/file/{step}/")["Location"] == "/file/"
    assert browser.post(f"/file/{step}/")["Location"] == "/file/"


def test_a_draft_can_be_thrown_away_and_is_offered_before(browser: Client, write: Write) -> None:
    write()
    assert "نیمه‌کاره" in browser.get("/file/").content.decode()
    browser.post("/file/drop/")
    assert Draft.objects.count() == 0
    assert browser.get("/file/drop/").status_code == 405


def test_leaving_a_shared_computer_forgets_everything(browser: Client, send: Send) -> None:
    send()
    code = Case.objects.get().code
    browser.post("/file/what/", WHAT)
    assert browser.get("/file/leave/").status_code == 200
    browser.post("/file/leave/")
    assert browser.get(f"/receipt/{code}/").status_code == 404
    assert browser.get("/file/details/")["Location"] == "/file/"
    assert Draft.objects.filter(code="").count() == 0


def test_the_way_that_was_asked_for_is_kept_and_offered_first(send: Send, settings: Any) -> None:
    settings.SMS_TEMPLATE = "sms.toml"
    send(contact={"answer_way": "phone"})
    case = Case.objects.get()
    assert (case.answer_way, ways_for(case)[0]) == ("phone", "phone")
    case.answer_way = ""
    assert ways_for(case)[0] == "sms"


def test_an_answer_by_mail_needs_an_address(browser: Client, write: Write) -> None:
    write()
    page = browser.post("/file/contact/", {**CONTACT, "answer_way": "email"}, follow=True)
    assert "رایانامه‌ای را که پاسخ باید به آن برسد" in page.content.decode()
    assert '<option value="email" selected' in page.content.decode()
