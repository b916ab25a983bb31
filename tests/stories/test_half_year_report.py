"""The half-year report of Alborz: the secretary writes it from the figures, the head signs it, and it is frozen."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from takrim.base import clock
from takrim.base.period import Period, PeriodKind
from tests.stories.conftest import Meet
from tests.stories.visitor import WINDOWS, Visitor


@WINDOWS
def test_the_half_year_is_reported_signed_and_frozen(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    leyla = meet("leyla", lang=lang, size=size)
    address = _begins(leyla)
    _writes(leyla, address)
    nima = meet("nima", lang=lang, size=size)
    _signs(nima, address)
    _takes_it_along(nima, address)
    _compares(leyla, address)


def _begins(leyla: Visitor) -> str:
    """The figures are there some seconds later."""
    last = Period.containing(clock.local_date(clock.now()), PeriodKind.HALF).previous()
    leyla.go("/council/reports/")
    leyla.look("reports")
    leyla.choose("unit", "ir/alborz/")
    leyla.choose("period", last.code)
    leyla.press("Begin")
    address = re.sub(r"^https?://[^/]+", "", leyla.page.url)
    # The fragment beside looks every two seconds by itself; the chapters come with the page.
    expect(leyla.page.locator("#made .bar")).to_have_count(0)
    expect(leyla.page.locator("#made form").first).to_be_visible(timeout=30_000)
    leyla.go(address)
    expect(leyla.page.locator("main table").first).to_be_attached()
    leyla.look("report-with-figures")
    return address


def _writes(leyla: Visitor, address: str) -> None:
    """A sentence that follows from the figures is taken over and kept."""
    leyla.go(f"{address}chapters/messages/")
    leyla.press("Take over")
    leyla.look("report-chapter")
    leyla.press("Keep the chapter")
    expect(leyla.page).to_have_url(re.compile(f"{address}$"))
    leyla.is_told("The chapter was kept.")


def _signs(nima: Visitor, address: str) -> None:
    """The head did not write in it: he reviews it, and signs the seal that he sees."""
    nima.go(address)
    nima.press("I have reviewed it")
    nima.is_told("The report was reviewed. It can be signed now.")
    nima.look("report-reviewed")
    nima.press("Sign and freeze")
    nima.is_told("The report is signed and does not change any more.")
    nima.look("report-signed")
    expect(nima.page.locator(f"a[href='{address}chapters/messages/']")).to_have_count(0)


def _takes_it_along(nima: Visitor, address: str) -> None:
    """The worker draws the Word file while he looks on."""
    nima.page.locator(f"#made form:has([value={nima.lang}]) button[value=docx]").click()
    link = nima.page.locator("#made a[href*='/files/']:has(.icon)").first
    expect(link).to_be_visible(timeout=30_000)
    status, _text = nima.reads(link.get_attribute("href") or "")
    assert status == 200


def _compares(leyla: Visitor, address: str) -> None:
    """Computed again, the same period gives the same figures."""
    leyla.go(address)
    leyla.press("Compute again and compare")
    expect(leyla.page.locator("#made .notice-ok")).to_be_visible(timeout=30_000)
    leyla.look("report-compared")
