"""The checklist on the page of the case: ticked with and without a script, and asked for before handing in."""

from __future__ import annotations

import pytest

from takrim.cases.checking import ticks_of
from takrim.cases.models import Case
from takrim.orgs.actor import Actor
from tests.domain.cases.test_checklist import OPTIONAL, REQUIRED, inspection
from tests.people import SignIn

__all__ = ["inspection"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]

ANSWER = {
    "outcome": "upheld",
    "text": "بازرس کارگاه را در روز سه‌شنبه دید و نقص‌ها را ابلاغ کرد.",
    "reason": "گزارش بازرسی نقص حفاظ دستگاه را نشان می‌دهد.",
    "next_step": "بازدید پیگیری ده روز دیگر است.",
    "version": "0",
}


def test_an_item_is_ticked_by_pressing_it(inspection: Case, mina: Actor, sign_in: SignIn) -> None:
    browser, page = sign_in(mina), f"/staff/cases/{inspection.code}/"
    assert 'name="tick" value="report-read"' in browser.get(page).content.decode()
    sent = browser.post(f"{page}checklist/", {"tick": "report-read"})
    assert sent.headers["Location"] == f"{page}#checklist"
    body = browser.get(page).content.decode()
    assert 'name="untick" value="report-read"' in body
    assert "در چک‌لیست علامت خورد: گزارش بازدید یا پاسخ کارفرما خوانده شد." in body
    browser.post(f"{page}checklist/", {"untick": "report-read"})
    assert ticks_of(inspection) == {}


@pytest.mark.parametrize(("language", "says"), [("fa", "۳ مورد لازم مانده"), ("en", "3 required items are left")])
def test_htmx_gets_the_list_alone(inspection: Case, mina: Actor, sign_in: SignIn, language: str, says: str) -> None:
    browser = sign_in(mina)
    browser.cookies["language"] = language
    page = browser.post(
        f"/staff/cases/{inspection.code}/checklist/", {"tick": "report-read"}, headers={"HX-Request": "true"}
    )
    assert says in page.content.decode()
    assert "<html" not in page.content.decode()


def test_handing_in_too_early_says_what_is_left_and_loses_nothing(
    inspection: Case, mina: Actor, sign_in: SignIn
) -> None:
    browser, page = sign_in(mina), f"/staff/cases/{inspection.code}/"
    for item in REQUIRED[1:]:
        browser.post(f"{page}checklist/", {"tick": item})
    refused = browser.post(f"{page}draft/", {**ANSWER, "hand_in": "1"})
    assert refused.status_code == 422
    body = refused.content.decode()
    assert "باید این موارد چک‌لیست علامت بخورد: «خطر جانی" in body
    assert ANSWER["text"] in body
    browser.post(f"{page}checklist/", {"tick": REQUIRED[0]})
    assert "همه موارد لازم علامت خورده است" in browser.get(page).content.decode()
    assert browser.post(f"{page}draft/", {**ANSWER, "hand_in": "1"}).status_code == 302
    after = browser.get(page).content.decode()
    assert f'value="{OPTIONAL}"' not in after


def test_who_does_not_answer_sees_it_without_buttons(inspection: Case, sara: Actor, sign_in: SignIn) -> None:
    browser, page = sign_in(sara), f"/staff/cases/{inspection.code}/"
    assert 'name="tick"' not in browser.get(page).content.decode()
    assert browser.post(f"{page}checklist/", {"tick": "report-read"}).status_code == 403


def test_an_unknown_item_is_refused(inspection: Case, mina: Actor, sign_in: SignIn) -> None:
    assert sign_in(mina).post(f"/staff/cases/{inspection.code}/checklist/", {"tick": "x"}).status_code == 422


def test_a_case_without_a_list_shows_none(case: Case, mina: Actor, sign_in: SignIn) -> None:
    assert 'id="checklist"' not in sign_in(mina).get(f"/staff/cases/{case.code}/").content.decode()
