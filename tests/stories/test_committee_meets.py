"""The committee of Alborz from the plan of a meeting to the signed report of six months.

It is planned and invited, its members answer, one sends a substitute; they come by the code at the door and by the
secretary's list; the agenda is ordered by keyboard, the minutes are written live, signed and issued; the half-year is
reported.
"""

from __future__ import annotations

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from takrim.base.period import PeriodKind
from tests.stories import reporting, rooms
from tests.stories.conftest import Meet
from tests.stories.visitor import DESK, PHONE, Visitor

TEXTS = {
    "fa": ("نوبت‌دهی اینترنتی در شهرستان‌ها", "نوبت‌دهی اینترنتی در همه اداره‌های شهرستان راه‌اندازی شود."),
    "en": ("تابلوی راهنمای طبقات", "تابلوی راهنمای طبقات در ورودی هر ساختمان نصب شود."),
}
SUBSTITUTE, PROOF, WHY = "سارا امینی", "عکس با تاریخ", "جانشین روی نسخه کاغذی امضا کرد."


@pytest.mark.parametrize(
    ("lang", "size", "other"),
    [("fa", DESK, PHONE), ("en", PHONE, DESK)],
    ids=["fa", "en"],
)
def test_from_the_invitation_to_the_report(
    meet: Meet, lang: str, size: tuple[int, int], other: tuple[int, int]
) -> None:
    topic, text = TEXTS[lang]

    def arrive(username: str, size: tuple[int, int]) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {topic, text, SUBSTITUTE, PROOF, WHY, rooms.PLACE, rooms.SAID}
        return who

    leyla, nima = arrive("leyla", size), arrive("nima", size)
    reza, hadi = arrive("reza", other), arrive("hadi", other)
    meeting = rooms.plan(leyla)
    leyla.look("committee-invited")
    _answer(nima, reza, hadi, meeting)
    _propose_and_order(reza, leyla, meeting, topic)
    _come(leyla, reza, meeting)
    _decide(leyla, meeting, topic, text)
    rooms.seal(leyla, meeting, nima, reza)
    _sign_and_issue(leyla, {"leyla": leyla, "nima": nima, "reza": reza}, meeting)
    _is_owed(reza, leyla, meeting, topic, text)
    _is_counted(leyla)
    _is_reported(leyla, nima)


def _answer(nima: Visitor, reza: Visitor, hadi: Visitor, meeting: str) -> None:
    status, text = nima.reads(f"{meeting}meeting.ics")
    assert status == 200
    [event] = Calendar.from_ical(text).events
    assert event["LOCATION"] == rooms.PLACE
    for who in (nima, reza):
        who.go(f"{meeting}reply/")
        who.choose("reply", "accepted")
        who.press("Send the reply")
        who.is_told("Your reply was noted. Thank you.")
    hadi.go(meeting)
    hadi.look("committee-asked")
    hadi.press("Reply")
    hadi.choose("reply", "substitute")
    hadi.write(substitute_name=SUBSTITUTE)
    hadi.look("committee-substitute")
    hadi.press("Send the reply")
    hadi.is_told("Your reply was noted. Thank you.")
    hadi.sees(SUBSTITUTE)


def _propose_and_order(reza: Visitor, leyla: Visitor, meeting: str, topic: str) -> None:
    """A member raises a topic; the secretary takes it on and moves it up without a mouse."""
    reza.go(f"{meeting}agenda/")
    reza.write(title=topic, length="20")
    reza.press("Propose")
    reza.look("committee-proposed")
    leyla.go(f"{meeting}agenda/")
    leyla.page.locator(".agenda-item", has_text=topic).get_by_role("button").first.click()
    titles = leyla.page.locator(".agenda .rows-title")
    expect(titles.last).to_contain_text(topic)
    before = titles.count()
    up = leyla.page.locator(".agenda .agenda-item", has_text=topic).locator("[name=up]")
    up.focus()
    leyla.page.keyboard.press("Enter")
    leyla.page.wait_for_load_state("load")
    expect(titles.nth(before - 2)).to_contain_text(topic)
    leyla.look("committee-agenda")


def _come(leyla: Visitor, reza: Visitor, meeting: str) -> None:
    leyla.go(f"{meeting}door/")
    leyla.look("committee-door")
    reza.go(reza.product.door_of(meeting.strip("/").split("/")[-1]))
    reza.look("committee-at-the-door")
    reza.press("I am here")
    reza.is_told("Your attendance was noted.")
    leyla.go(meeting)
    leyla.press("Open the meeting")
    leyla.look("committee-too-few")
    leyla.press("The substitute is there")
    rooms.come_in(leyla, 2)
    leyla.look("committee-is-there")
    leyla.press("Open the meeting")
    leyla.is_told("The meeting is open, with its quorum.")


def _decide(leyla: Visitor, meeting: str, topic: str, text: str) -> None:
    leyla.go(f"{meeting}minutes/")
    leyla.look("committee-no-minutes")
    leyla.press("Begin the minutes")
    rooms.sum_up(leyla)
    leyla.page.locator(".live-item", has_text=topic).locator("button[value^='add:']").click()
    leyla.page.wait_for_load_state("load")
    doer = {"fa": "اداره تعاون، کار و رفاه اجتماعی شهرستان نظرآباد"}
    name = doer.get(leyla.lang, "Office of Cooperatives, Labour and Social Welfare, Nazarabad County")
    rooms.decide(leyla, text=text, doer=name, due=rooms.days_ago(-30), proof=PROOF)
    leyla.look("committee-minutes")


def _sign_and_issue(leyla: Visitor, signers: dict[str, Visitor], meeting: str) -> None:
    for name, who in signers.items():
        who.go(f"{meeting}minutes/")
        who.look(f"committee-to-sign-{name}")
        who.press("Sign", within="form[action$='/sign/']")
        who.is_told("You have signed the minutes.")
    leyla.go(f"{meeting}minutes/")
    leyla.write(anyway=WHY)
    leyla.press("Issue the minutes")
    leyla.look("committee-issued")


def _is_owed(reza: Visitor, leyla: Visitor, meeting: str, topic: str, text: str) -> None:
    """The head finds it among what he owes; the item of the agenda shows what was decided under it."""
    reza.go("/council/decisions/mine/")
    reza.sees(text.rstrip("."))
    leyla.go(f"{meeting}agenda/")
    item = leyla.page.locator(".agenda-item", has_text=topic)
    expect(item.locator("a[href^='/council/decisions/']")).to_have_count(1)
    leyla.look("committee-agenda-decided")


def _is_counted(leyla: Visitor) -> None:
    """A report of the period that is running counts the meeting; it is signed when the period is over."""
    # That of the half-year is being written in the demonstration already; each language begins one of its own.
    kind = PeriodKind.SEASON if leyla.lang == "fa" else PeriodKind.YEAR
    leyla.go(reporting.begin(leyla, reporting.running(kind)))
    leyla.page.locator("section[aria-labelledby=chapter_bodies] summary").first.click()
    leyla.look("committee-report-running")


def _is_reported(leyla: Visitor, nima: Visitor) -> None:
    address = reporting.begin(leyla, reporting.last())
    reporting.write(leyla, address)
    reporting.sign(nima, address)
