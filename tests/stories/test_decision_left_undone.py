"""A decision left undone: it opens the next meeting by itself, is done at last, and opens no meeting after that."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.stories import rooms
from tests.stories.conftest import Meet
from tests.stories.visitor import WINDOWS, Visitor

TEXTS = {
    ("fa", 1366): "دفترچه راهنمای مراجعان در همه باجه‌ها گذاشته شود.",
    ("fa", 390): "برای سالمندان یک باجه جداگانه باز شود.",
    ("en", 1366): "ساعت پاسخ‌گویی تلفنی بر در اداره نصب شود.",
    ("en", 390): "صندلی کافی در سالن انتظار گذاشته شود.",
}
PROOF, DONE = "عکس با تاریخ", "انجام شد و عکس آن پیوست است."


@WINDOWS
def test_what_is_left_undone_opens_the_next_meeting(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    text = TEXTS[lang, size[0]]

    def arrive(username: str) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {text, text.rstrip("."), PROOF, DONE, rooms.PLACE}
        return who

    leyla, reza = arrive("leyla"), arrive("reza")
    decision = _is_written_down(leyla, text)
    _is_late(reza, text)
    agenda = _opens_the_meeting(leyla, text, decision)
    _is_done_at_last(reza, decision)
    _is_confirmed(leyla, decision, agenda)
    _opens_no_other(leyla, text)


def _is_written_down(leyla: Visitor, text: str) -> str:
    """From minutes on paper, a year ago; nobody has done it since."""
    leyla.go("/council/decisions/new/")
    leyla.look("decision-new")
    leyla.write(text=text, decided_on=rooms.days_ago(400), due=rooms.days_ago(370), proof=PROOF)
    leyla.page.locator("main [name=units][value='ir/alborz/nazarabad/']").check()
    leyla.press("Issue the decision")
    leyla.is_told("The decision was issued. Each office has its part in its cartable now.")
    leyla.look("decision-issued")
    return rooms.path_of(leyla)


def _is_late(reza: Visitor, text: str) -> None:
    reza.go("/council/decisions/mine/")
    reza.look("decisions-of-my-office")
    expect(reza.page.locator("tr.due-late", has_text=text)).to_have_count(1)


def _opens_the_meeting(leyla: Visitor, text: str, decision: str) -> str:
    """As soon as its members are invited it stands on the agenda, before what they bring; nobody has put it there."""
    rooms.plan(leyla)
    leyla.look("meeting-invited")
    leyla.press("Agenda and papers")
    items = leyla.page.locator(".agenda-item")
    expect(items.filter(has=leyla.page.locator(f"a[href='{decision}']"))).to_have_count(1)
    leyla.look("agenda-with-overdue")
    risen = items.filter(has_text=text).first
    risen.get_by_role("link").first.click()
    leyla.page.wait_for_load_state("load")
    leyla.look("agenda-item-overdue")
    leyla.go(decision)
    leyla.is_told("On agendas")
    leyla.look("decision-on-agendas")
    return leyla.page.locator("main a[href*='/agenda/']").first.get_attribute("href") or ""


def _is_done_at_last(reza: Visitor, decision: str) -> None:
    reza.go(decision)
    reza.write(text=DONE)
    reza.press("Report what was done", nth=-1)
    reza.is_told("The report was sent to the secretary of the body, who confirms it.")
    reza.look("decision-reported")


def _is_confirmed(leyla: Visitor, decision: str, agenda: str) -> None:
    leyla.go(decision)
    leyla.press("Confirm: fulfilled")
    leyla.is_told("It was confirmed.")
    leyla.look("decision-fulfilled")
    leyla.go(agenda)
    leyla.look("agenda-item-fulfilled")


def _opens_no_other(leyla: Visitor, text: str) -> None:
    rooms.plan(leyla)
    leyla.press("Agenda and papers")
    expect(leyla.page.locator(".agenda-item", has_text=text)).to_have_count(0)
