"""The committee of Alborz: from a draft that two write at once to signed minutes that anybody can check.

Four people, four windows: the secretary and the chair at desks, the members on telephones, in both languages.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from playwright.sync_api import expect

from tests.stories.conftest import Meet
from tests.stories.visitor import DESK, PHONE, Visitor

TOLD = tomllib.loads(Path("src/takrim/site/demonstration/committee.toml").read_text("utf-8"))
ADDED = "مقرر شد گزارش هر هفته به دبیر برسد."
DURING, TYPED_ON = "دستگاه نوبت‌دهی هم بررسی شد.", "نتیجه تا پایان هفته گفته می‌شود."
MEANWHILE = "جلسه بعد سه‌شنبه است."
OFFLINE = "جلسه بعد اول ماه است."
FROM_CHAIR = "رئیس: بازدید بعدی با حضور همه اعضا باشد."
FROM_SECRETARY = "دبیر: بازدید بعدی در کرج باشد."
REPLY = "افزوده شد."
CLOSING = "[data-live=closing]"
DOWN = "No connection: what you write is kept in this browser and sent again by itself."
WAITS = "A colleague changed the same words: both texts are kept. Choose below."


def _words() -> set[str]:
    """What people wrote: Persian on whatever page."""
    found = {
        ADDED,
        OFFLINE,
        DURING,
        TYPED_ON,
        MEANWHILE,
        FROM_CHAIR,
        FROM_SECRETARY,
        REPLY,
        TOLD["place"],
        TOLD["name_fa"],
    }
    for meeting in TOLD["meeting"]:
        found.add(meeting.get("closing", ""))
        for item in meeting["item"]:
            found |= {str(item.get(name, "")) for name in ("title", "text", "summary", "decision", "proof", "carried")}
            found.add(item.get("dissent", ""))
    found |= {"در بند یک، علت دوم (نبود متصدی) نیز گفته شد؛ لطفاً افزوده شود.", "گزارش شد و اعضا آن را شنیدند."}
    return found - {""}


def test_from_a_draft_to_minutes_that_anybody_can_check(meet: Meet) -> None:
    def arrive(username: str, lang: str, size: tuple[int, int]) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= _words()
        return who

    leyla, nima = arrive("leyla", "fa", DESK), arrive("nima", "en", DESK)
    reza, hadi = arrive("reza", "fa", PHONE), arrive("hadi", "en", PHONE)
    page = _finds_the_draft(leyla)
    _writes_while_the_line_is_down(leyla)
    _loads_the_page_again_while_the_server_is_down(leyla, nima, page)
    _two_write_at_once(leyla, nima, page)
    _reads_the_comment_and_replies(leyla, reza, page)
    _orders_the_agenda(leyla, page)
    number = _seals(leyla, page)
    for who in (leyla, nima, reza, hadi):
        who.own.add(number)
        _signs(who, page)
    _issues(leyla, page)
    for who in (nima, reza, hadi):
        who.go("/council/minutes/")
        who.look("minutes-register")
    _checks(meet(lang="en", size=PHONE), leyla, number)


def _finds_the_draft(leyla: Visitor) -> str:
    leyla.go("/council/minutes/")
    leyla.look("minutes-waiting")
    leyla.page.locator("main a[href*='/council/meetings/']").first.click()
    leyla.page.wait_for_load_state("load")
    leyla.look("minutes-live")
    return leyla.page.url.removeprefix(leyla.product.address)


def _is_saved(who: Visitor) -> None:
    expect(who.page.locator("[data-live-state]")).to_have_text(who.word("All is saved."), timeout=15000)


def _writes_while_the_line_is_down(leyla: Visitor) -> None:
    field = leyla.page.locator("textarea[data-live$=summary]").last
    field.fill(f"{field.input_value()} {ADDED}")
    _is_saved(leyla)
    leyla.context.set_offline(True)
    leyla.page.locator(CLOSING).fill(OFFLINE)
    expect(leyla.page.locator("[data-live-state]")).to_contain_text(leyla.word(DOWN), timeout=15000)
    leyla.context.set_offline(False)
    _is_saved(leyla)
    leyla.page.reload()
    expect(leyla.page.locator(CLOSING)).to_have_value(OFFLINE)


def _loads_the_page_again_while_the_server_is_down(leyla: Visitor, nima: Visitor, page: str) -> None:
    """A proxy answers for it; what was typed on outlives the page and is saved at last, by whoever typed it."""
    whole = leyla.page.locator("textarea[data-live$=summary]").first
    before = whole.input_value()
    leyla.context.route("**/keep/", lambda route: route.fulfill(status=502, content_type="text/html", body="Bad"))
    whole.fill(f"{before} {DURING}")
    expect(leyla.page.locator("[data-live-state]")).to_contain_text(leyla.word(DOWN), timeout=15000)
    # The browser says of each try that it had no line, or what was answered.
    leyla.noise.clear()
    leyla.look("minutes-server-down")
    whole.fill(f"{before} {DURING} {TYPED_ON}")
    leyla.go(page)
    expect(whole).to_have_value(f"{before} {DURING} {TYPED_ON}")
    expect(leyla.page.locator("[data-live-state]")).to_contain_text(leyla.word(DOWN), timeout=15000)
    nima.go(page)
    expect(nima.page.locator("textarea[data-live$=summary]").first).to_have_value(before)
    nima.page.locator(CLOSING).fill(MEANWHILE)
    _is_saved(nima)
    leyla.context.unroute("**/keep/")
    _is_saved(leyla)
    leyla.noise.clear()
    nima.page.reload()
    expect(nima.page.locator("textarea[data-live$=summary]").first).to_have_value(f"{before} {DURING} {TYPED_ON}")
    leyla.page.reload()
    expect(leyla.page.locator(CLOSING)).to_have_value(MEANWHILE)


def _two_write_at_once(leyla: Visitor, nima: Visitor, page: str) -> None:
    nima.go(page)
    nima.look("minutes-live-chair")
    nima.page.locator(CLOSING).fill(FROM_CHAIR)
    leyla.page.locator(CLOSING).fill(FROM_SECRETARY)
    _is_saved_or_waits(nima)
    _is_saved_or_waits(leyla)
    leyla.page.reload()
    leyla.sees(FROM_CHAIR)
    leyla.sees(FROM_SECRETARY)
    leyla.look("minutes-two-texts")
    leyla.press("Keep both")
    value = leyla.page.locator(CLOSING).input_value()
    assert FROM_CHAIR in value
    assert FROM_SECRETARY in value


def _is_saved_or_waits(who: Visitor) -> None:
    ends = re.compile("|".join(map(re.escape, (who.word("All is saved."), who.word(WAITS)))))
    expect(who.page.locator("[data-live-state]")).to_have_text(ends, timeout=15000)


def _reads_the_comment_and_replies(leyla: Visitor, reza: Visitor, page: str) -> None:
    reza.go(page)
    reza.look("minutes-draft")
    leyla.go(page)
    leyla.write(reply=REPLY)
    leyla.press("Reply", within="#comments")
    leyla.sees(REPLY)


def _orders_the_agenda(leyla: Visitor, page: str) -> None:
    leyla.go(page.replace("/minutes/", "/agenda/"))
    leyla.look("agenda")
    titles = leyla.page.locator(".agenda .rows-title")
    before = titles.all_inner_texts()
    leyla.page.locator(".agenda [name=down]").first.click()
    leyla.page.wait_for_load_state("load")
    assert titles.all_inner_texts()[:2] == [before[1], before[0]]


def _seals(leyla: Visitor, page: str) -> str:
    leyla.go(page)
    leyla.press("Seal and ask for signatures")
    leyla.look("minutes-sealed")
    title = leyla.page.locator("#minutes_title").inner_text()
    return title.split()[-1]


def _signs(who: Visitor, page: str) -> None:
    who.go(page)
    who.look("minutes-to-sign")
    who.press("Sign", within="form[action$='/sign/']")
    who.is_told("You have signed the minutes.")


def _issues(leyla: Visitor, page: str) -> None:
    leyla.go(page)
    leyla.press("Issue the minutes")
    leyla.look("minutes-issued")
    for paper in ("minutes.pdf", "minutes.docx", "minutes.json"):
        assert leyla.context.request.get(leyla.product.address + page + paper).status == 200


def _checks(anybody: Visitor, leyla: Visitor, number: str) -> None:
    fingerprint = leyla.page.locator(".hash").first.inner_text().strip()
    anybody.own.add(number)
    anybody.go(f"/verify/?number={number}&fingerprint={fingerprint}")
    anybody.look("minutes-verified")
    anybody.is_told("These minutes are genuine")
