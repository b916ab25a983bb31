"""Tables of figures: what they cannot be, and how large."""

from __future__ import annotations

from dataclasses import replace

import pytest

from takrim.base.period import Period
from takrim.indicators import tables
from takrim.indicators.actions_tables import NotYourOffice, save_table
from takrim.indicators.tables import By, NothingAsked, NotTogether, OneIndicator, SameTwice, TooLarge, Wanted, grid
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import NOW

USUAL = Wanted(path="ir/", period=Period.parse("1405-h2"), codes=("received", "overdue"))


@pytest.mark.parametrize(
    ("wanted", "refusal"),
    [
        (replace(USUAL, codes=()), NothingAsked),
        (replace(USUAL, columns=By.OFFICES), SameTwice),
        (replace(USUAL, rows=By.COUNTIES, columns=By.OFFICES, codes=("open",)), SameTwice),
        (replace(USUAL, columns=By.MONTHS), OneIndicator),
        (replace(USUAL, rows=By.KINDS, columns=By.CARDS, codes=("received",)), NotTogether),
    ],
)
def test_a_table_that_cannot_be_is_refused(wanted: Wanted, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        wanted.check()


def test_a_table_that_is_too_large_is_refused(units: dict[str, Unit], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_CELLS", 3)
    with pytest.raises(TooLarge):
        grid(USUAL, NOW)


def test_months_that_have_not_begun_are_no_rows(units: dict[str, Unit]) -> None:
    found = grid(replace(USUAL, rows=By.MONTHS), NOW)
    assert found.rows == ["1405-07", "1405-08", "1405-09"]


def test_nobody_keeps_a_table_about_an_office_they_do_not_see(mina: Actor) -> None:
    with pytest.raises(NotYourOffice):
        save_table(name="ت", path="ir/qom/", query="", shared=True, reach="ir/alborz/nazarabad/", by=mina, now=NOW)
