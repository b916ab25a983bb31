"""A proof is accepted, then found wanting: what it supported falls at once, and its office owes it again."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import expect

from takrim.base import clock, jalali
from tests.proving import drawn
from tests.stories.conftest import Meet
from tests.stories.visitor import WINDOWS, Visitor

TITLES = {
    ("fa", 1366): "گشت راهنمایی در سالن انتظار",
    ("fa", 390): "نصب صندوق پیشنهاد",
    ("en", 1366): "توزیع دفترچه راهنما",
    ("en", 390): "آموزش کارکنان تازه",
}
TEXT = "دو هفته هر روز دو کارشناس مراجعان را راهنمایی کردند."
PLACE, AUDIENCE = "سالن انتظار اداره", "ارباب رجوع"
REASON = "عکس از جای دیگری است؛ عکس همان سالن را پیوست کنید."


@WINDOWS
def test_a_returned_proof_lowers_what_it_supported(
    meet: Meet, lang: str, size: tuple[int, int], tmp_path: Path
) -> None:
    title = TITLES[lang, size[0]]

    def arrive(username: str) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {title, TEXT, PLACE, AUDIENCE, REASON, "https", "jpg", "عکس"}
        return who

    reza, leyla = arrive("reza"), arrive("leyla")
    picture = tmp_path / "عکس.jpg"
    picture.write_bytes(drawn(list(TITLES.values()).index(title) + 50))
    address = _gives(reza, title, picture)
    _judges(leyla, address, "accept")
    before = _score(reza)
    _judges(leyla, address, "return", REASON)
    _sees_it_fall(reza, title, before)


def _gives(reza: Visitor, title: str, picture: Path) -> str:
    reza.go("/council/proofs/new/")
    day = jalali.numeric(clock.local_date(clock.now() - timedelta(days=1)), "en")
    reza.write(title=title, text=TEXT, done_on=day, place=PLACE, audience=AUDIENCE, people="30")
    reza.page.locator("main details.fold summary").first.click()
    reza.page.locator("[name=all_indicator], [name=all_right]").first.check()
    reza.page.locator("[name=papers]").set_input_files(picture)
    reza.look("proof-new")
    reza.press("Send to the secretary")
    reza.is_told("The proof was sent to the secretary. You see here what becomes of it.")
    reza.look("proof-sent")
    return re.sub(r"^https?://[^/]+", "", reza.page.url)


def _judges(leyla: Visitor, address: str, verdict: str, reason: str = "") -> None:
    leyla.go("/council/proofs/queue/")
    leyla.look("proofs-queue")
    leyla.go(address)
    leyla.look(f"proof-to-{verdict}")
    leyla.choose("verdict", verdict)
    leyla.write(reason=reason)
    leyla.press("Write the verdict down")
    leyla.is_told("Your verdict is written down, and the office is told.")


def _score(reza: Visitor) -> str:
    """What the page says of the share that was accepted, once the figures have caught up with the acceptance."""
    reza.page.wait_for_timeout(3000)
    reza.go("/council/proofs/")
    return reza.page.locator("#score").inner_text()


def _sees_it_fall(reza: Visitor, title: str, before: str) -> None:
    reza.page.wait_for_timeout(3000)
    reza.go("/council/proofs/")
    after = reza.page.locator("#score").inner_text()
    assert _share(after) < _share(before), f"{before} → {after}"
    expect(reza.page.locator("main .rows")).to_contain_text(title)
    reza.look("proofs-mine")
    reza.go("/council/")
    reza.sees(title)
    reza.go("/council/proofs/")
    reza.page.get_by_role("link", name=title).click()
    reza.sees(REASON)
    reza.press("Complete it")
    reza.look("proof-returned")


def _share(text: str) -> float:
    digits = text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹٫", "0123456789."))
    found = re.search(r"(\d+(?:\.\d+)?)\s*[%٪]", digits)
    assert found, text
    return float(found[1])
