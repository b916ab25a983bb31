"""Tracking a case by number and secret, and what its holder may do about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.base import clock
from takrim.base.codes import new_code, pretty, pretty_secret
from takrim.cases import actions_answer as answers
from takrim.cases import actions_end, actions_intake
from takrim.cases.actions_intake import secret_of
from takrim.cases.actions_transfer import transfer
from takrim.cases.models import Case, State
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.web.citizen.limits import MOST_FAILURES
from tests.pages.citizen.conftest import pair
from tests.people import NOW, MakeCase

pytestmark = pytest.mark.django_db

WORDS = answers.Words(
    outcome="upheld",
    text="حق بیمه شما واریز می‌شود.",
    reason="بازرسی آن را تأیید کرد.",
    legal_ground="ماده ۱۴۸",
    next_step="واریز تا یک هفته.",
)
# A number of the right form that no case has.
UNKNOWN = new_code(1405, lambda n: 4)


def wrong(secret: str) -> str:
    return ("A" if secret[0] != "A" else "B") + secret[1:]


@pytest.fixture
def answered(case: Case, reza: Actor) -> Case:
    """Zahra's case, answered this morning."""
    answers.answer_at_once(case=case, words=WORDS, how="in_person", by=reza, now=NOW)
    case.refresh_from_db()
    return case


def test_number_and_secret_open_the_case_however_they_are_typed(browser: Client, case: Case) -> None:
    typed = {"code": f" {pretty(case.code)} ", "secret": pretty_secret(secret_of(case)).lower()}
    page = browser.post("/track/", typed, follow=True)
    assert page.status_code == 200
    assert case.text in page.content.decode()
    assert "اداره شهرستان نظرآباد" in page.content.decode()


def test_an_unknown_number_and_a_wrong_secret_get_one_answer(
    browser: Client, case: Case, django_assert_num_queries: Any
) -> None:
    pages = []
    for code, secret in ((UNKNOWN, "AAAAAAAA"), (case.code, wrong(secret_of(case)))):
        page = Client().post("/track/", {"code": code, "secret": secret})
        assert page.status_code == 422
        text = page.content.decode().replace(code, "").replace(secret, "")
        pages.append("\n".join(line for line in text.splitlines() if "csrf" not in line))
    assert pages[0] == pages[1]


def test_a_mistyped_number_is_told_before_anything_is_looked_up(
    browser: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    mistyped = case.code[:-1] + str((int(case.code[-1]) + 1) % 10)
    # Only the count of failures is read, not a case.
    with django_assert_max_num_queries(1):
        page = browser.post("/track/", {"code": mistyped, "secret": "AAAAAAAA"})
    assert page.status_code == 422
    assert "کد رهگیری" in page.content.decode()
    assert mistyped in page.content.decode()


def test_guessing_is_stopped_for_a_quarter_of_an_hour(
    browser: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _n in range(MOST_FAILURES):
        assert browser.post("/track/", {"code": case.code, "secret": wrong(secret_of(case))}).status_code == 422
    # Now not even the right secret helps, and a fresh session does not either.
    page = Client().post("/track/", pair(case))
    assert page.status_code == 429
    assert "۱۵ دقیقه" in page.content.decode()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=16))
    assert Client().post("/track/", pair(case)).status_code == 302


def test_another_address_is_not_stopped(browser: Client, case: Case) -> None:
    for _n in range(MOST_FAILURES):
        browser.post("/track/", {"code": UNKNOWN, "secret": "AAAAAAAA"})
    assert Client(REMOTE_ADDR="192.0.2.7").post("/track/", pair(case)).status_code == 302


def test_the_picture_on_the_receipt_fills_in_the_number_only(browser: Client, case: Case) -> None:
    page = browser.get(f"/track/?code={case.code}").content.decode()
    assert f'value="{case.code}"' in page
    assert secret_of(case) not in page


@pytest.mark.parametrize("part", ["", "count/"])
def test_anothers_case_is_not_there(holding: Client, make_case: MakeCase, part: str) -> None:
    other = make_case()
    assert holding.get(f"/track/{other.code}/{part}").status_code == 404
    assert holding.get(f"/track/{UNKNOWN}/{part}").status_code == 404
    assert holding.get(f"/receipt/{other.code}/").status_code == 404


@pytest.mark.parametrize("deed", ["complete", "object", "withdraw"])
def test_nothing_can_be_done_to_anothers_case(holding: Client, make_case: MakeCase, deed: str) -> None:
    other = make_case()
    assert holding.post(f"/track/{other.code}/{deed}/", {f"{deed}-text": "سلام"}).status_code == 404
    assert holding.get(f"/track/{other.code}/{deed}/").status_code == (404 if deed == "withdraw" else 405)


def test_a_tracked_case_does_not_show_its_secret(holding: Client, case: Case) -> None:
    assert holding.get(f"/receipt/{case.code}/")["Location"] == f"/track/{case.code}/"
    assert pretty_secret(secret_of(case)) not in holding.get(f"/track/{case.code}/").content.decode()


def test_the_page_of_a_case_asks_little_of_the_database(
    holding: Client, answered: Case, django_assert_max_num_queries: Any
) -> None:
    holding.get(f"/track/{answered.code}/")
    # Session, case with its card, duty, answer, files, journal.
    with django_assert_max_num_queries(6):
        holding.get(f"/track/{answered.code}/")


def test_the_date_is_explained_day_by_day(holding: Client, case: Case) -> None:
    page = holding.get(f"/track/{case.code}/count/").content.decode()
    assert "مهلت قانونی سه‌ماهه" in page, "the time of the law is never hidden"
    assert "جمعه ۶ آذر ۱۴۰۵" in page
    assert "day-skipped_closed" in page


def test_a_date_that_came_from_elsewhere_is_not_explained(holding: Client, case: Case) -> None:
    from takrim.duties.models import Duty

    Duty.objects.update(length="")
    assert holding.get(f"/track/{case.code}/count/").status_code == 200
    assert holding.get(f"/track/{case.code}/").status_code == 200


def test_what_happened_is_told_without_the_offices_own_notes(holding: Client, case: Case, mina: Actor) -> None:
    from takrim.cases.actions_work import note

    note(case=case, text="یادداشت درونی", by=mina, now=NOW)
    page = holding.get(f"/track/{case.code}/").content.decode()
    assert "یادداشت" not in page


def test_the_answer_is_shown_with_reason_ground_and_the_way_on(holding: Client, answered: Case) -> None:
    page = holding.get(f"/track/{answered.code}/").content.decode()
    for said in (WORDS.text, WORDS.reason, WORDS.legal_ground, "خواسته شما احراز شد", "/survey/"):
        assert said in page


def test_a_draft_of_the_answer_is_not_shown(holding: Client, case: Case, mina: Actor) -> None:
    answers.draft(case=case, words=WORDS, by=mina, now=NOW)
    assert WORDS.text not in holding.get(f"/track/{case.code}/").content.decode()


def test_an_objection_opens_the_case_again(holding: Client, answered: Case) -> None:
    page = holding.post(f"/track/{answered.code}/object/", {"object-text": "پرداخت نشده است."}, follow=True)
    assert Case.objects.get().state == State.REOPENED
    assert "اعتراض شما ثبت شد" in page.content.decode()
    assert WORDS.text in page.content.decode()


def test_an_objection_without_words_is_refused_beside_its_form(holding: Client, answered: Case) -> None:
    page = holding.post(f"/track/{answered.code}/object/", {"object-text": "  "})
    assert page.status_code == 422
    assert 'id="object" open' in page.content.decode()
    assert Case.objects.get().state == State.ANSWERED


def test_an_objection_that_comes_too_late_says_so_and_keeps_the_words(
    holding: Client, answered: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = NOW + actions_end.OBJECTION_TIME + timedelta(minutes=1)
    monkeypatch.setattr(clock, "now", lambda: late)
    holding.post("/track/", pair(answered))
    page = holding.post(f"/track/{answered.code}/object/", {"object-text": "دیر رسیدم"})
    assert page.status_code == 422
    assert "دیر رسیدم" in page.content.decode()
    assert "notice-error" in page.content.decode()
    assert "object-text" not in holding.get(f"/track/{answered.code}/").content.decode()


def test_what_was_asked_for_is_added_with_its_files(holding: Client, case: Case, mina: Actor) -> None:
    actions_intake.ask_completion(case=case, what="فیش واریزی را بفرستید.", by=mina, now=NOW)
    assert "فیش واریزی را بفرستید." in holding.get(f"/track/{case.code}/").content.decode()
    paper = SimpleUploadedFile("فیش.txt", "واریز شد".encode())
    sent = holding.post(f"/track/{case.code}/complete/", {"complete-text": "", "complete-papers": [paper]})
    assert sent.status_code == 302
    assert Case.objects.get().state == State.UNDER_REVIEW
    assert Evidence.objects.get().from_party


def test_a_bad_file_leaves_the_case_as_it_was(holding: Client, case: Case, mina: Actor) -> None:
    actions_intake.ask_completion(case=case, what="فیش را بفرستید.", by=mina, now=NOW)
    bad = SimpleUploadedFile("فیش.pdf", b"MZ\x90\x00" * 10)
    page = holding.post(f"/track/{case.code}/complete/", {"complete-text": "این فیش", "complete-papers": [bad]})
    assert page.status_code == 422
    assert "این فیش" in page.content.decode()
    assert Case.objects.get().state == State.AWAITING_COMPLETION


def test_a_case_that_has_moved_on_meanwhile_says_so(holding: Client, case: Case) -> None:
    page = holding.post(f"/track/{case.code}/complete/", {"complete-text": "سلام"})
    assert page.status_code == 422
    assert "notice-error" in page.content.decode()
    assert Case.objects.get().text == case.text


def test_a_case_can_be_withdrawn_without_saying_why(holding: Client, case: Case) -> None:
    assert "withdraw-text" in holding.get(f"/track/{case.code}/withdraw/").content.decode()
    page = holding.post(f"/track/{case.code}/withdraw/", {"withdraw-text": ""}, follow=True)
    assert Case.objects.get().state == State.WITHDRAWN
    assert "انصراف" in page.content.decode()


def test_a_refused_case_shows_its_reason(holding: Client, case: Case, reza: Actor) -> None:
    actions_end.refuse(case=case, reason="این دعوا در صلاحیت دادگاه است.", by=reza, now=NOW)
    assert "این دعوا در صلاحیت دادگاه است." in holding.get(f"/track/{case.code}/").content.decode()


def test_the_signed_answer_is_read_by_a_press_and_then_counts_as_delivered(
    holding: Client, case: Case, reza: Actor
) -> None:
    answers.answer_at_once(case=case, words=WORDS, how="", by=reza, now=NOW)
    page = holding.get(f"/track/{case.code}/").content.decode()
    assert "پاسخ شما آماده است" in page
    assert WORDS.text not in page
    assert Case.objects.get().state == State.APPROVED, "looking at the page changes nothing"
    page = holding.post(f"/track/{case.code}/read/", follow=True).content.decode()
    assert WORDS.text in page
    assert Case.objects.get().state == State.ANSWERED
    assert Client().post(f"/track/{case.code}/read/").status_code == 404


def test_what_is_not_signed_is_not_read(holding: Client, case: Case) -> None:
    assert "پاسخ شما آماده است" not in holding.get(f"/track/{case.code}/").content.decode()
    page = holding.post(f"/track/{case.code}/read/", follow=True).content.decode()
    assert "هنوز پاسخ امضاشده‌ای برای خواندن نیست" in page


def test_the_count_says_whose_calendar_it_is_when_another_office_answers(
    case: Case, holding: Client, units: dict[str, Unit], mina: Actor
) -> None:
    said = "با تقویم کاری اداره شهرستان نظرآباد"
    assert said not in holding.get(f"/track/{case.code}/count/").content.decode()
    transfer(case=case, to=units["kahak"], reason="در کهک است", by=mina, now=NOW)
    assert said in holding.get(f"/track/{case.code}/count/").content.decode()
