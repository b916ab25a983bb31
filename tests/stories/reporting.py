"""What stories of reports share: a report is begun, written, reviewed and signed."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from takrim.base import clock
from takrim.base.period import Period, PeriodKind
from tests.stories.visitor import Visitor


def last() -> Period:
    """The half-year that is over."""
    return running(PeriodKind.HALF).previous()


def running(kind: PeriodKind) -> Period:
    return Period.containing(clock.local_date(clock.now()), kind)


def begin(leyla: Visitor, period: Period) -> str:
    """The figures are there some seconds later."""
    leyla.go("/council/reports/")
    leyla.look("reports")
    leyla.choose("unit", "ir/alborz/")
    leyla.choose("period", period.code)
    leyla.press("Begin")
    address = re.sub(r"^https?://[^/]+", "", leyla.page.url)
    # The fragment beside looks every two seconds by itself; the chapters come with the page.
    expect(leyla.page.locator("#made .bar")).to_have_count(0)
    expect(leyla.page.locator("#made form").first).to_be_visible(timeout=30_000)
    leyla.go(address)
    expect(leyla.page.locator("main table").first).to_be_attached()
    leyla.look("report-with-figures")
    return address


def write(leyla: Visitor, address: str) -> None:
    """A sentence that follows from the figures is taken over and kept."""
    leyla.go(f"{address}chapters/messages/")
    leyla.press("Take over")
    leyla.look("report-chapter")
    leyla.press("Keep the chapter")
    expect(leyla.page).to_have_url(re.compile(f"{address}$"))
    leyla.is_told("The chapter was kept.")


def sign(nima: Visitor, address: str) -> None:
    """The head did not write in it: he reviews it, and signs the seal that he sees."""
    nima.go(address)
    nima.press("I have reviewed it")
    nima.is_told("The report was reviewed. It can be signed now.")
    nima.look("report-reviewed")
    nima.press("Sign and freeze")
    nima.is_told("The report is signed and does not change any more.")
    nima.look("report-signed")
    expect(nima.page.locator(f"a[href='{address}chapters/messages/']")).to_have_count(0)
