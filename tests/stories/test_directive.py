"""A directive of the ministry: registered, issued, read in Nazarabad, carried out, proven, and seen in the matrix."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.stories.conftest import Meet
from tests.stories.visitor import WINDOWS, Visitor

HERE = "/council/directives/"
SUBJECT = "نوبت‌دهی بدون معطلی در ادارات شهرستان"
TEXT = "همه ادارات شهرستان نوبت‌دهی اینترنتی را راه می‌اندازند و میانگین انتظار را اعلام می‌کنند."
CLAUSE = "دستگاه نوبت‌دهی نصب و میانگین انتظار روی آن نشان داده شود."
STEP, DOER = "خرید دستگاه", "مینا رضایی"
PLAN = "دستگاه تا پایان هفته خریده می‌شود."
DONE = "دستگاه نصب شد و میانگین انتظار شش دقیقه است."
WHY = "عکس دستگاه را هم بفرستید."
NUMBERS = {("fa", 1366): "۷۱۱", ("fa", 390): "۷۱۲", ("en", 1366): "۷۱۳", ("en", 390): "۷۱۴"}


@WINDOWS
def test_a_directive_of_the_ministry_is_followed_until_it_is_proven(
    meet: Meet, tmp_path: Path, lang: str, size: tuple[int, int]
) -> None:
    def arrive(username: str) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {SUBJECT, TEXT, CLAUSE, STEP, DOER, PLAN, DONE, WHY}
        return who

    tara, reza, nima = map(arrive, ("tara", "reza", "nima"))
    place = _issues(tara, NUMBERS[lang, size[0]])
    owed = _reads_and_plans(reza, place)
    photo = tmp_path / "photo.txt"
    photo.write_text("the machine in the hall", encoding="utf-8")
    _reports(reza, owed, photo)
    _returns(nima, owed)
    _reports(reza, owed, photo)
    _confirms(nima, owed)
    _finds_it_proven(tara, place)


def _issues(tara: Visitor, number: str) -> str:
    """The address of the directive."""
    tara.go(HERE)
    tara.look("directives")
    tara.press("Register a directive")
    tara.choose("source", "internal")
    tara.write(number=number, dated="1405/08/20", subject=SUBJECT, text=TEXT)
    tara.look("directive-new")
    tara.press("Register and go on to the clauses")
    tara.press("New clause")
    tara.write(text=CLAUSE, length="10 working days")
    tara.choose("kind", "once")
    tara.look("directive-clause")
    tara.press("Keep the clause")
    tara.sees(CLAUSE)
    place = re.sub(r"clauses/$", "", tara.page.url.removeprefix(tara.product.address))
    tara.press("Issue the directive")
    tara.look("directive-matrix")
    return place


def _reads_and_plans(reza: Visitor, place: str) -> str:
    """The address of what Nazarabad owes."""
    reza.go("/council/")
    reza.sees(SUBJECT)
    reza.go(place)
    reza.look("directive")
    reza.press("I have read it")
    reza.look("directive-mine")
    reza.page.locator("main a", has_text=CLAUSE).first.click()
    owed = reza.page.url.removeprefix(reza.product.address)
    reza.page.locator("#plan_text").fill(PLAN)
    reza.write(step_1=STEP, day_1="1405/10/01", who_1=DOER)
    reza.press("Keep the plan")
    reza.look("directive-planned")
    reza.press("Mark as done")
    return owed


def _reports(reza: Visitor, owed: str, photo: Path) -> None:
    reza.go(owed)
    reza.page.locator("#report_text").fill(DONE)
    reza.page.locator("#report_files").set_input_files(photo)
    reza.own.add(photo.name)
    reza.press("Send to the secretary")
    reza.is_told("Your report was sent to the secretary.")


def _returns(nima: Visitor, owed: str) -> None:
    nima.go(f"{HERE}judge/")
    nima.look("directive-judge")
    nima.go(owed)
    nima.write(why=WHY)
    nima.look("directive-judged")
    nima.press("Return")
    expect(nima.page).to_have_url(re.compile("/judge/$"))


def _confirms(nima: Visitor, owed: str) -> None:
    nima.go(owed)
    nima.press("Confirm")
    nima.go(owed)
    nima.is_told("Proven")


def _finds_it_proven(tara: Visitor, place: str) -> None:
    tara.go(f"{place}matrix/")
    row = tara.page.locator("tbody tr", has=tara.page.locator("th", has_text=re.compile("نظرآباد|Nazarabad")))
    expect(row).to_contain_text(tara.word("Proven"))
    status, text = tara.reads(f"{place}matrix.csv")
    assert status == 200
    assert tara.word("Proven") in text
    for part in ("readers/", "versions/", "history/"):
        tara.go(place + part)
        tara.look(f"directive-{part.strip('/')}")
