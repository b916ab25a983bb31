"""The Coordination Council of Qom and a bank from outside: it is invited, answers, comes, proposes, owes and reports.

The bank's man sees his council and nothing else; what he reports the secretary confirms.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.stories import rooms
from tests.stories.conftest import Meet
from tests.stories.visitor import DESK, PHONE, Visitor

BANK = "مدیریت شعب بانک نمونه استان قم"
TEXTS = {
    "fa": ("تسهیلات کارگاه‌های کوچک", "بانک هر ماه فهرست تسهیلات کارگاه‌های کوچک را به دبیرخانه شورا بدهد."),
    "en": ("وام صندوق‌های خرد زنان", "بانک در هر شهرستان یک شعبه را برای صندوق‌های خرد زنان معرفی کند."),
}
PROOF, DONE, WHY = "فهرست با مهر شعبه", "فهرست این ماه پیوست است.", "اعضای دیگر نسخه کاغذی را امضا کردند."
FILE, ONLINE = "فهرست.txt", "https://meet.takrim.example/qom"


@pytest.mark.parametrize(
    ("lang", "size", "other"),
    [("fa", DESK, PHONE), ("en", PHONE, DESK)],
    ids=["fa", "en"],
)
def test_a_bank_takes_part(
    meet: Meet, lang: str, size: tuple[int, int], other: tuple[int, int], tmp_path: Path
) -> None:
    topic, text = TEXTS[lang]

    def arrive(username: str, size: tuple[int, int]) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {topic, text, PROOF, DONE, WHY, FILE, BANK, "txt", rooms.PLACE, rooms.SAID, "meet.takrim.example"}
        return who

    maryam, hamid, omid = arrive("maryam", size), arrive("hamid", other), arrive("omid", size)
    meeting = rooms.plan(maryam, online=ONLINE)
    _answers(hamid, meeting)
    _proposes(hamid, meeting, topic)
    _takes_on(maryam, meeting, topic)
    _come(maryam, hamid, meeting)
    _decide(maryam, meeting, topic, text)
    rooms.seal(maryam, meeting, omid, hamid)
    maryam.look("council-sealed")
    _sign_and_issue(maryam, {"maryam": maryam, "omid": omid, "hamid": hamid}, meeting)
    decision = _reports(hamid, text, tmp_path)
    _confirms(maryam, decision)
    _sees_nothing_else(hamid)


def _answers(hamid: Visitor, meeting: str) -> None:
    """He comes to his council from where everybody arrives, and takes the meeting along in his calendar."""
    hamid.go("/staff/")
    hamid.look("bank-arrives")
    hamid.page.locator("main table a[href*='/council/bodies/']").first.click()
    hamid.look("bank-council")
    hamid.go(meeting)
    hamid.look("bank-invited")
    status, calendar = hamid.reads(f"{meeting}meeting.ics")
    assert status == 200
    assert calendar.startswith("BEGIN:VCALENDAR")
    hamid.press("Reply")
    hamid.look("bank-reply")
    hamid.choose("reply", "accepted")
    hamid.press("Send the reply")
    hamid.is_told("Your reply was noted. Thank you.")


def _proposes(hamid: Visitor, meeting: str, topic: str) -> None:
    hamid.go(f"{meeting}agenda/")
    hamid.look("bank-agenda")
    hamid.write(title=topic, length="10")
    hamid.press("Propose")
    hamid.is_told("The item was proposed. The secretary decides whether it comes before the body.")
    hamid.look("bank-proposed")


def _takes_on(maryam: Visitor, meeting: str, topic: str) -> None:
    maryam.go(f"{meeting}agenda/")
    maryam.look("council-agenda")
    maryam.page.locator(".agenda-item", has_text=topic).get_by_role("button").first.click()
    expect(maryam.page.locator(".agenda .agenda-item", has_text=topic)).to_have_count(1)


def _come(maryam: Visitor, hamid: Visitor, meeting: str) -> None:
    """He by the code at the door, the others by the secretary's list; then they are enough."""
    maryam.go(f"{meeting}door/")
    maryam.look("council-door")
    hamid.go(hamid.product.door_of(meeting.strip("/").split("/")[-1]))
    hamid.look("bank-at-the-door")
    hamid.press("I am here")
    hamid.is_told("Your attendance was noted.")
    maryam.go(meeting)
    rooms.come_in(maryam, 8)
    maryam.look("council-is-there")
    maryam.press("Open the meeting")
    maryam.is_told("The meeting is open, with its quorum.")


def _decide(maryam: Visitor, meeting: str, topic: str, text: str) -> None:
    maryam.go(f"{meeting}minutes/")
    maryam.press("Begin the minutes")
    rooms.sum_up(maryam)
    maryam.page.locator(".live-item", has_text=topic).locator("button[value^='add:']").click()
    maryam.page.wait_for_load_state("load")
    rooms.decide(maryam, text=text, doer=BANK, due=rooms.days_ago(-20), proof=PROOF)
    for choice in maryam.page.locator(".live-votes input[value='for']").all():
        choice.check()
    maryam.press("Note the votes")
    maryam.look("council-minutes")


def _sign_and_issue(maryam: Visitor, signers: dict[str, Visitor], meeting: str) -> None:
    """The chair and the bank sign in the system, the others on paper."""
    for name, who in signers.items():
        who.go(f"{meeting}minutes/")
        who.look(f"council-to-sign-{name}")
        who.press("Sign", within="form[action$='/sign/']")
        who.is_told("You have signed the minutes.")
    maryam.go(f"{meeting}minutes/")
    maryam.write(anyway=WHY)
    maryam.press("Issue the minutes")
    maryam.look("council-issued")


def _reports(hamid: Visitor, text: str, folder: Path) -> str:
    """It stands among what his bank owes; he says what was done, with a file."""
    hamid.go("/council/decisions/mine/")
    hamid.look("bank-owes")
    hamid.page.locator("main tr", has_text=text).get_by_role("link").first.click()
    hamid.page.wait_for_load_state("load")
    hamid.look("bank-decision")
    paper = folder / FILE
    paper.write_text("فهرست تسهیلات", "utf-8")
    hamid.write(text=DONE)
    hamid.page.locator("[name=papers]").set_input_files(paper)
    hamid.press("Report what was done", nth=-1)
    hamid.is_told("The report was sent to the secretary of the body, who confirms it.")
    hamid.look("bank-reported")
    return rooms.path_of(hamid)


def _confirms(maryam: Visitor, decision: str) -> None:
    maryam.go("/council/decisions/confirm/")
    maryam.look("council-to-confirm")
    maryam.go(decision)
    maryam.look("council-decision-reported")
    maryam.press("Confirm: fulfilled")
    maryam.is_told("It was confirmed.")
    maryam.look("council-decision-fulfilled")


def _sees_nothing_else(hamid: Visitor) -> None:
    hamid.go("/council/decisions/")
    hamid.look("bank-register")
    for address in ("/staff/search/", "/council/directives/", "/council/proofs/", "/council/decisions/matrix/"):
        assert hamid.reads(address)[0] in {403, 404}
