"""What stories of meetings share: a meeting is planned for this evening, its members come, its minutes are written."""

from __future__ import annotations

import re
from datetime import timedelta

from playwright.sync_api import expect

from takrim.base import clock, jalali
from tests.stories.visitor import Visitor

PLACE, SAID = "سالن جلسات اداره کل", "گزارش شد و اعضا آن را شنیدند."


def days_ago(days: int) -> str:
    """A day as people type it."""
    return jalali.numeric(clock.local_date(clock.now() - timedelta(days=days)), "en")


def path_of(who: Visitor) -> str:
    """Where somebody is."""
    return re.sub(r"^https?://[^/]+", "", who.page.url).partition("#")[0]


def plan(secretary: Visitor, *, online: str = "") -> str:
    """A meeting late this evening, so that it lies ahead and yet can be opened; its members are invited."""
    secretary.go("/council/bodies/")
    mine = secretary.page.locator("main tr", has=secretary.page.locator(".pill-accent"))
    mine.locator("a").first.click()
    secretary.press("Plan a meeting")
    secretary.write(day=days_ago(0), at="23:59", minutes="60", place=PLACE, online_url=online)
    secretary.press("Plan")
    secretary.is_told("The meeting was planned. Nobody is told before you invite.")
    secretary.press("Invite the members")
    secretary.is_told("The members were invited: letters and calendars are on their way.")
    return path_of(secretary)


def come_in(secretary: Visitor, names: int) -> None:
    """The secretary ticks so many off who are not there yet."""
    buttons = secretary.page.locator("#people button[name=came][value=present].btn-outline-primary")
    for _each in range(names):
        left = buttons.count()
        buttons.first.click()
        secretary.settle()
        expect(buttons).to_have_count(left - 1)


def sum_up(secretary: Visitor) -> None:
    """Something is written about every item that has nothing yet."""
    for field in secretary.page.locator("textarea[data-live$=summary]").all():
        if not field.input_value():
            field.fill(SAID)


def decide(secretary: Visitor, *, text: str, doer: str, due: str, proof: str) -> None:
    """The decision that was added last is written."""
    decision = secretary.page.locator(".live-decision").last
    decision.locator("[data-live$=':text']").fill(text)
    decision.locator("[data-live$=':due']").fill(due)
    decision.locator("[data-live$=':proof']").fill(proof)
    decision.get_by_role("checkbox", name=doer, exact=True).check()
    expect(secretary.page.locator("[data-live-state]")).to_have_text(secretary.word("All is saved."), timeout=15_000)


def seal(secretary: Visitor, meeting: str, *others: Visitor) -> None:
    """The meeting ends and its minutes are sealed; their number is the office's own, on whatever page."""
    secretary.go(meeting)
    secretary.press("End the meeting")
    secretary.go(f"{meeting}minutes/")
    secretary.press("Seal and ask for signatures")
    number = secretary.page.locator("#minutes_title").inner_text().split()[-1]
    for who in (secretary, *others):
        who.own.add(number)
