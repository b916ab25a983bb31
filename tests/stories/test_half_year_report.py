"""The half-year report of Alborz: the secretary writes it from the figures, the head signs it, and it is frozen."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.stories import reporting
from tests.stories.conftest import Meet
from tests.stories.visitor import WINDOWS, Visitor


@WINDOWS
def test_the_half_year_is_reported_signed_and_frozen(meet: Meet, lang: str, size: tuple[int, int]) -> None:
    leyla = meet("leyla", lang=lang, size=size)
    address = reporting.begin(leyla, reporting.last())
    reporting.write(leyla, address)
    nima = meet("nima", lang=lang, size=size)
    reporting.sign(nima, address)
    _takes_it_along(nima, address)
    _compares(leyla, address)


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
