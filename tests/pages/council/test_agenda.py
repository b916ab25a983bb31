"""The pages of the agenda: seen by members, ordered by the secretary with buttons alone, strange to others."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from takrim.councils.actions_agenda import carry_over, item_subject
from takrim.councils.actions_sealing import issue, seal, sign
from takrim.councils.models import Body
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.models_minutes import Minutes
from takrim.decisions.actions_write import Owner, Wording, write_down
from takrim.decisions.models import Decision
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import NOW, SignIn

pytestmark = pytest.mark.usefixtures("pages_at_now")


@pytest.fixture
def address(meeting: Meeting) -> str:
    return f"/council/meetings/{meeting.code}/agenda/"


def _titles(meeting: Meeting) -> list[str]:
    return list(AgendaItem.objects.filter(meeting=meeting).accepted().values_list("title", flat=True))


def _propose(browser: Client, address: str, title: str, **more: object) -> int:
    return browser.post(address, {"title": title, "text": "", "length": "15", **more}).status_code


def test_a_member_proposes_with_papers(sign_in: SignIn, reza: Actor, address: str, meeting: Meeting) -> None:
    paper = SimpleUploadedFile("آمار.txt", "آمار".encode())
    assert _propose(sign_in(reza), address, "نوبت‌دهی", papers=paper) == 302
    item = AgendaItem.objects.get(title="نوبت‌دهی")
    assert item.accepted_at is None
    file = Evidence.objects.get(subject=item_subject(item))
    page = sign_in(reza).get(address)
    assert "نوبت‌دهی" in page.text
    answer = sign_in(reza).get(f"{address}{item.pk}/papers/{file.pk}/")
    assert answer.getvalue().decode() == "آمار"


def test_what_the_secretary_proposes_stands_at_once(
    sign_in: SignIn, laleh: Actor, address: str, meeting: Meeting
) -> None:
    assert _propose(sign_in(laleh), address, "گزارش نیمسال") == 302
    assert _titles(meeting) == ["گزارش نیمسال"]


def test_a_form_that_is_not_whole_keeps_what_was_typed(sign_in: SignIn, reza: Actor, address: str) -> None:
    page = sign_in(reza).post(address, {"title": "", "text": "توضیح بلند", "length": "900"})
    assert page.status_code == 422
    assert "توضیح بلند" in page.text


def test_buttons_move_an_item(sign_in: SignIn, laleh: Actor, address: str, meeting: Meeting) -> None:
    browser = sign_in(laleh)
    for title in ("الف", "ب", "پ"):
        _propose(browser, address, title)
    last = AgendaItem.objects.get(title="پ")
    assert browser.post(f"{address}order/", {"up": last.pk, "item": [1, 2]}).status_code == 302
    assert _titles(meeting) == ["الف", "پ", "ب"]
    order = list(AgendaItem.objects.order_by("-title").values_list("pk", flat=True))
    answer = browser.post(f"{address}order/", {"item": order}, headers={"X-Requested-With": "drag"})
    assert (answer.status_code, _titles(meeting)) == (204, ["پ", "ب", "الف"])


def test_the_total_says_when_it_is_too_long(sign_in: SignIn, laleh: Actor, address: str) -> None:
    browser = sign_in(laleh)
    assert browser.get(address).context["over"] == 0
    for title in ("الف", "ب"):
        browser.post(address, {"title": title, "text": "", "length": "70"})
    page = browser.get(address)
    assert (page.context["total"], page.context["over"]) == (140, 20)


def test_the_secretary_takes_on_declines_changes_and_carries_over(
    sign_in: SignIn, laleh: Actor, reza: Actor, address: str, meeting: Meeting
) -> None:
    _propose(sign_in(reza), address, "نوبت‌دهی")
    item, browser = AgendaItem.objects.get(), sign_in(laleh)
    page = f"{address}{item.pk}/"
    assert browser.get(page).status_code == 200
    browser.post(page, {"do": "accept"})
    assert _titles(meeting) == ["نوبت‌دهی"]
    browser.post(page, {"do": "change", "title": "نوبت‌دهی در کرج", "text": "", "length": "5"})
    assert browser.post(page, {"do": "carry", "why": ""}).status_code == 422
    browser.post(page, {"do": "carry", "why": "وقت نبود."})
    assert AgendaItem.objects.get(carried_from=item).title == "نوبت‌دهی در کرج"
    browser.post(page, {"do": "decline", "why": "تکراری است."})
    assert _titles(meeting) == []
    assert browser.post(page, {"do": "nothing"}).status_code == 404


def test_a_member_does_not_decide(sign_in: SignIn, reza: Actor, item: AgendaItem, address: str) -> None:
    answer = sign_in(reza).post(f"{address}{item.pk}/", {"do": "decline", "why": "نه"})
    assert answer.status_code == 403
    assert sign_in(reza).post(f"{address}gather/").status_code == 403


def test_strangers_find_nothing(sign_in: SignIn, omid: Actor, item: AgendaItem, address: str) -> None:
    browser = sign_in(omid)
    assert browser.get(address).status_code == 404
    assert browser.get(f"{address}{item.pk}/").status_code == 404


def test_the_history_of_an_item_is_shown(
    sign_in: SignIn, laleh: Actor, item: AgendaItem, meeting: Meeting, address: str
) -> None:
    carried = carry_over(item=item, why="وقت تمام شد.", by=laleh, now=NOW)
    page = sign_in(laleh).get(f"{address}{carried.pk}/")
    assert page.status_code == 200
    assert "وقت تمام شد." in page.text


def test_an_item_shows_its_decision_and_the_decision_its_item(
    sign_in: SignIn, closed: Minutes, item: AgendaItem, nima: Actor, laleh: Actor, reza: Actor, address: str
) -> None:
    sealed = seal(minutes=closed, by=laleh, now=NOW)
    for who in (nima, laleh, reza):
        sign(minutes=sealed, seen=sealed.hash, by=who, now=NOW)
    issue(minutes=sealed, anyway="", by=laleh, now=NOW)
    decision = Decision.objects.get(item=item)
    browser = sign_in(laleh)
    for page in (address, f"{address}{item.pk}/"):
        assert f"/council/decisions/{decision.code}/" in browser.get(page).text
    shown = browser.get(f"/council/decisions/{decision.code}/").text
    assert f"{address}{item.pk}/" in shown and item.title in shown


def test_an_item_about_an_earlier_decision_leads_there(
    sign_in: SignIn, laleh: Actor, committee: Body, item: AgendaItem, address: str, units: dict[str, Unit]
) -> None:
    wording = Wording(text="تابلو نصب شود.", decided_on=NOW.date(), owners=[Owner(unit=units["karaj"])])
    decision = write_down(body=committee, wording=wording, by=laleh, now=NOW)
    AgendaItem.objects.filter(pk=item.pk).update(about=decision.subject, source="overdue_decisions")
    assert f"/council/decisions/{decision.code}/" in sign_in(laleh).get(f"{address}{item.pk}/").text


def test_what_rises_by_itself_is_added_by_a_button(
    sign_in: SignIn, laleh: Actor, address: str, pages_at_now: datetime
) -> None:
    assert sign_in(laleh).post(f"{address}gather/").status_code == 302


def test_many_items_need_no_more_queries(
    sign_in: SignIn, laleh: Actor, address: str, meeting: Meeting, django_assert_max_num_queries: object
) -> None:
    browser = sign_in(laleh)
    rows = [
        AgendaItem(
            body=meeting.body,
            meeting=meeting,
            place=place,
            title=f"دستور {place}",
            length=5,
            proposed_by="x",
            proposed_at=NOW,
            accepted_at=NOW,
        )
        for place in range(1, 60)
    ]
    browser.get(address)
    AgendaItem.objects.bulk_create(rows)
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # the fixture is a function
        assert browser.get(address).status_code == 200
