"""The numbers of an office's answers in a year: which were issued, which cancelled, and that none is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from takrim.base.clock import local_date
from takrim.base.jalali import JalaliDate
from takrim.base.persian import persian_digits
from takrim.cases.actions_number import pattern_for
from takrim.cases.kind import KINDS
from takrim.cases.models import Answer, Register
from takrim.orgs.paths import under

# Gaps that a page names; more of them would be a broken database, not a list to read.
MOST_MISSING = 50


@dataclass(frozen=True)
class Sheet:
    """What a register adds up to: every number up to the last stands in it once, or is named as missing."""

    last: int
    issued: int
    cancelled: int
    missing: tuple[int, ...]

    @property
    def is_whole(self) -> bool:
        return self.issued + self.cancelled == self.last and not self.missing


def year_of(now: datetime) -> int:
    """The Jalali year in which a number is drawn."""
    return JalaliDate.from_date(local_date(now)).year


def registers_under(path: str) -> QuerySet[Register]:
    """Registers of an office and those below it, the newest year first. One query."""
    return Register.objects.filter(under(path)).order_by("unit_path", "-year")


def register_of(path: str, year: int) -> Register | None:
    return Register.objects.filter(unit_path=path, year=year).first()


def _rows(register: Register) -> QuerySet[Answer]:
    return Answer.objects.filter(
        register_path=register.unit_path, register_year=register.year, serial__isnull=False
    ).order_by("-serial")


_COUNTED = {
    "all": Count("pk"),
    "distinct": Count("serial", distinct=True),
    "cancelled": Count("pk", filter=Q(sent_back_at__isnull=False)),
}


def sheet(register: Register) -> Sheet:
    """Count it. Two queries, the second only where the first does not add up."""
    counted = _rows(register).aggregate(**_COUNTED)
    missing: tuple[int, ...] = ()
    if counted["distinct"] != register.last:
        known = set(_rows(register).values_list("serial", flat=True))
        gaps = (number for number in range(1, register.last + 1) if number not in known)
        missing = tuple(number for number, _place in zip(gaps, range(MOST_MISSING), strict=False))
    return Sheet(register.last, counted["all"] - counted["cancelled"], counted["cancelled"], missing)


def sheets(registers: Iterable[Register]) -> list[Sheet]:
    """The same for a list, without naming what is missing. One query."""
    rows = list(registers)
    paths, years = {row.unit_path for row in rows}, {row.year for row in rows}
    drawn = Answer.objects.filter(register_path__in=paths, register_year__in=years, serial__isnull=False)
    names = ("register_path", "register_year")
    lines = drawn.order_by().values_list(*names).annotate(all=Count("pk"), gone=_COUNTED["cancelled"])
    counted = {(path, year): (every, gone) for path, year, every, gone in lines}
    found = [(row, *counted.get((row.unit_path, row.year), (0, 0))) for row in rows]
    return [Sheet(row.last, every - gone, gone, ()) for row, every, gone in found]


def cancelled(register: Register) -> QuerySet[Answer]:
    """Numbers that were taken back after they had been drawn, the newest first."""
    return _rows(register).filter(sent_back_at__isnull=False).select_related("case")


def numbers(register: Register, below: int | None, limit: int) -> list[Answer]:
    """The numbers in their order, the newest first, from below one."""
    rows = _rows(register).filter(serial__lt=below) if below else _rows(register)
    return list(rows.select_related("case")[:limit])


def examples(pattern: str, path: str, now: datetime) -> list[str]:
    """How the next numbers of an office would read, by kind of message, in Persian and in English."""
    year = year_of(now)
    register = register_of(path, year)
    serial = (register.last if register else 0) + 1
    found = []
    for place, code in enumerate(("complaint", "request", "suggestion")):
        text = pattern.format(number=serial + place, subject=KINDS[code].mark, year=year)
        found.append(persian_digits(text) if place < 2 else text)
    return found


def pattern_now(path: str, now: datetime) -> str:
    """The pattern that holds for an office today."""
    return pattern_for(path, year_of(now))
