"""A programme: the same days of each year, as its TOML file or its province says; and which hold in a year."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from takrim.base.bilingual import Text
from takrim.base.jalali import JalaliDate, month_days
from takrim.orgs.units import house_of
from takrim.programmes.models import OwnProgramme

CATALOGUE: Final = Path(__file__).parent / "catalogue"


@dataclass(frozen=True, order=True)
class DayOfYear:
    """A day of every Jalali year; the thirtieth of Esfand is the last day where there is none."""

    month: int
    day: int

    def of(self, year: int) -> date:
        return JalaliDate(year, self.month, min(self.day, month_days(year, self.month))).to_date()


@dataclass(frozen=True)
class Programme:
    """`until` is the last day; where it comes before `first` in the year, it lies in the year after."""

    code: str
    title: Text
    about: Text
    first: DayOfYear
    until: DayOfYear

    def days(self, year: int) -> tuple[date, date]:
        """Its first and its last day, when it begins in a year."""
        return self.first.of(year), self.until.of(year + (self.until < self.first))


def _day(raw: Mapping[str, int]) -> DayOfYear:
    return DayOfYear(raw["month"], raw["day"])


def read(code: str, raw: Mapping[str, Any]) -> Programme:
    """A programme from the content of its file. Raises KeyError where something is missing."""
    return Programme(code, Text.read(raw["title"]), Text.read(raw["about"]), _day(raw["from"]), _day(raw["until"]))


@cache
def catalogue() -> dict[str, Programme]:
    """Those that every province has, by their code, which is the name of their file."""
    files = sorted(CATALOGUE.glob("*.toml"))
    return {file.stem: read(file.stem, tomllib.loads(file.read_text(encoding="utf-8"))) for file in files}


def own(row: OwnProgramme) -> Programme:
    """A province's own."""
    first, until = DayOfYear(row.from_month, row.from_day), DayOfYear(row.until_month, row.until_day)
    about = Text(row.about, row.about)
    return Programme(row.code, Text(row.title_fa, row.title_en), about, first, until)


def programmes_of(path: str) -> dict[str, Programme]:
    """All that hold at a place, its own instead of those of the same code, in the order of the year. One query."""
    rows = OwnProgramme.objects.filter(path=house_of(path), ended_at=None)
    found = {**catalogue(), **{row.code: own(row) for row in rows}}
    return dict(sorted(found.items(), key=lambda item: (item[1].first, item[0])))


def title_of(code: str, known: Mapping[str, Programme], lang: str) -> str:
    """Its title, or its code where it is known no longer."""
    programme = known.get(code) or catalogue().get(code)
    return programme.title.in_(lang) if programme else code
