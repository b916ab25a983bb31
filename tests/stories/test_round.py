"""A round of the provinces from its definition to the public bundle; an objection changes a rank in it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Locator, expect

from takrim.base import clock, jalali
from takrim.evaluation.actions_rounds import DAYS
from tests.stories import verifying
from tests.stories.conftest import Meet
from tests.stories.visitor import DESK, PHONE, WINDOWS, Visitor

TITLES = {
    ("fa", DESK[0]): "رقابت خدمت، دور یکم",
    ("fa", PHONE[0]): "رقابت خدمت، دور دوم",
    ("en", DESK[0]): "رقابت خدمت، دور سوم",
    ("en", PHONE[0]): "رقابت خدمت، دور چهارم",
}
WHY, REASON, REMARK = "مستند سه نوآوری پیدا نشد", "مستندها در پیوست دوم است", "چهار نوآوری به کار گرفته شد"
# Before the demonstration began: next to nothing was counted, and the ranks follow from what is declared here.
PERIOD = "1404-h2"
ALBORZ, QOM = {"fa": "البرز", "en": "Alborz"}, {"fa": "قم", "en": "Qom"}


@WINDOWS
def test_an_objection_changes_a_rank_among_the_provinces(
    meet: Meet, lang: str, size: tuple[int, int], tmp_path: Path
) -> None:
    title = TITLES[lang, size[0]]

    def arrive(username: str) -> Visitor:
        who = meet(username, lang=lang, size=size)
        who.own |= {title, WHY, REASON, REMARK, "کیان نوری", "تارا صادقی"}
        return who

    tara, nima = arrive("tara"), arrive("nima")
    # In one of the four windows all thirty-one; the way is the same with three. Hormozgan, which runs alone, has handed
    # nothing over: nobody assesses it.
    address = _defines(tara, title, everybody=(lang, size) == ("fa", DESK))
    _declares(nima, address, "4")
    _declares(arrive("omid"), address, "2")
    _freezes(tara, address)
    _assesses(arrive("operator"), address, lang)
    _computes(tara, "Compute the preliminary result", "Preliminary result")
    tara.look("round-preliminary")
    _stands(tara, ALBORZ[lang], 2)
    _answers(tara, _objects(nima, address))
    _sets(tara, address, object_until=-1)
    _computes(tara, "Compute the final result", "Final result")
    tara.look("round-final")
    _stands(tara, ALBORZ[lang], 1)
    _stands(tara, QOM[lang], 2)
    nima.go(address)
    _stands(nima, ALBORZ[lang], 1)
    nima.press(ALBORZ[lang], nth=0)
    nima.sees(REASON)
    nima.look("round-office")
    _is_public(meet(lang=lang, size=size), address, title, tmp_path, "30" if (lang, size) == ("fa", DESK) else "3")


def _is_public(anybody: Visitor, address: str, title: str, folder: Path, units: str) -> None:
    """Nobody signs in: the table, and the file that computes it again."""
    anybody.own.add(title)
    anybody.go(f"/figures{address}")
    _stands(anybody, ALBORZ[anybody.lang], 1)
    anybody.look("round-public")
    verifying.verifies(verifying.downloads(anybody, folder), units)


def _day(days: int) -> str:
    return jalali.numeric(clock.local_date(clock.now() + timedelta(days=days)), "en")


def _defines(tara: Visitor, title: str, *, everybody: bool) -> str:
    tara.go("/rounds/new/")
    tara.look("round-plans")
    tara.page.locator("main .rows a", has_text="1404" if tara.lang == "en" else "۱۴۰۴").first.click()
    tara.write(title_fa=title, second_percent="0", **dict.fromkeys(DAYS, _day(0)))
    tara.choose("period", PERIOD)
    if not everybody:
        tara.page.evaluate(_ONLY_THREE, ["البرز", "استان قم", "تهران", "Alborz", "Qom", "Tehran"])
    for name, who in (("assessors", "کیان نوری"), ("referees", "تارا صادقی")):
        tara.page.locator("label", has_text=who).locator(f"xpath=preceding-sibling::input[@name='{name}']").check()
    tara.look("round-define")
    tara.press("Define the round")
    tara.press("Begin self-assessment")
    tara.look("round-declaring")
    return re.sub(r"^https?://[^/]+", "", tara.page.url)


_ONLY_THREE = """(names) => document.querySelectorAll('main [name=units]').forEach(one => {
    const label = one.labels[0].textContent;
    one.checked = names.some(name => label.includes(name));
})"""


def _declares(head: Visitor, address: str, innovations: str) -> None:
    head.go("/rounds/")
    head.look("rounds-waiting")
    head.go(f"{address}declare/")
    head.write(v_innovations=innovations, w_innovations=REMARK)
    head.press("Keep")
    head.is_told("Kept. The assessor sees it once it is handed in.")
    head.look("round-declare")


def _sets(tara: Visitor, address: str, **days: int) -> None:
    """Another calendar: what must be over lies behind."""
    tara.go(address)
    tara.page.locator("main details.fold summary", has_text=tara.word("Change the calendar")).click()
    past = dict.fromkeys(DAYS[: DAYS.index(next(iter(days))) + 1], _day(-1))
    tara.write(**{**dict.fromkeys(DAYS, _day(0)), **past})
    tara.press("Keep the days")


def _freezes(tara: Visitor, address: str) -> None:
    _sets(tara, address, declare_until=-1)
    _computes(tara, "Freeze the values", "Assessment")


def _computes(tara: Visitor, button: str, stage: str) -> None:
    """The worker does it; the page shows it by itself."""
    tara.press(button)
    expect(tara.page.locator("main .page-head .pill")).to_contain_text(tara.word(stage), timeout=40_000)


def _assesses(kian: Visitor, address: str, lang: str) -> None:
    """Of Alborz one of four innovations is proven; all else is as it was declared."""
    number = 0
    while True:
        kian.go("/rounds/")
        ours = kian.page.locator(f"main a[href^='{address}assess/']")
        if not ours.count():
            break
        office = ours.first.inner_text()
        ours.first.click()
        if ALBORZ[lang] in office:
            kian.write(v_innovations="1", w_innovations=WHY)
            kian.look("round-assess")
        elif _is_of(office, QOM[lang]):
            kian.write(v_innovations="2")
        kian.press("Finish the assessment")
        number += 1
    assert number in {3, 30}


def _is_of(office: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", office) is not None


def _row(who: Visitor, office: str) -> Locator:
    table = who.page.locator("main table").first
    return table.locator("tbody tr").filter(has=who.page.locator("th", has_text=office))


def _stands(who: Visitor, office: str, rank: int) -> None:
    shown = str(rank) if who.lang == "en" else "۰۱۲۳۴۵۶۷۸۹"[rank]
    expect(_row(who, office).locator(".rank")).to_contain_text(shown)


def _objects(nima: Visitor, address: str) -> str:
    nima.go(address)
    nima.press("Object to a value")
    nima.choose("indicator", "innovations")
    nima.write(asked="4", text=REASON)
    nima.look("round-object")
    nima.press("Send the objection")
    nima.is_told("The objection was sent to the committee. You see here what becomes of it.")
    return re.sub(r"^https?://[^/]+", "", nima.page.url)


def _answers(tara: Visitor, address: str) -> None:
    tara.go(address)
    tara.choose("outcome", "uphold")
    tara.write(reason=REASON)
    tara.look("round-objection")
    tara.press("Write the answer down")
    tara.is_told("The answer was written down; the office sees it.")
