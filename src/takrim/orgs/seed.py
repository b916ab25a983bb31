"""What a new house starts with: the tree of units, the weeks, the official holidays."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from takrim.base.persian import persian_digits
from takrim.orgs.models import Closure, Unit, Week
from takrim.orgs.paths import ROOT
from takrim.orgs.stamps import bump

DATA = Path(__file__).parent / "data"
# The `holidays` package confirms lunar dates from this Gregorian year on; earlier ones are of no use to anyone.
FIRST_YEAR = 2011
# Years ahead that are filled in, with lunar dates estimated; the office corrects them when they are announced.
YEARS_AHEAD = 2
_DAYS = ("sat", "sun", "mon", "tue", "wed", "thu", "fri")


@transaction.atomic
def seed(now: datetime) -> int:
    """Add what is missing of units, weeks and holidays; says how many rows were added. Run again it adds nothing."""
    return _seed_units() + _seed_weeks() + _seed_holidays(now)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _seed_units() -> int:
    known = set(Unit.objects.values_list("path", flat=True))
    new = [
        Unit(
            path=row["path"],
            kind=row["kind"],
            name_fa=row["fa"],
            name_en=row["en"],
            short_fa=row["short_fa"],
            short_en=row["short_en"],
        )
        for row in _read("units.toml")["unit"]
        if row["path"] not in known
    ]
    Unit.objects.bulk_create(new)
    if new:
        bump("units")
    return len(new)


def _seed_weeks() -> int:
    known = set(Week.objects.values_list("path", "since"))
    rows = [
        Week(
            path=row["under"],
            since=date.fromisoformat(row["from"]),
            hours=_hours(row),
            note_fa=row["note"]["fa"],
            note_en=row["note"]["en"],
        )
        for row in _read("calendar.toml")["week"]
    ]
    new = [row for row in rows if (row.path, row.since) not in known]
    Week.objects.bulk_create(new)
    if new:
        bump("calendar")
    return len(new)


def _hours(row: dict[str, list[str]]) -> str:
    return " ".join(f"{day}={','.join(row[day])}" for day in _DAYS)


def _seed_holidays(now: datetime) -> int:
    wanted = range(FIRST_YEAR, now.year + YEARS_AHEAD + 1)
    known = set(Closure.objects.filter(path=ROOT).dates("day", "year"))
    missing = [year for year in wanted if date(year, 1, 1) not in known]
    if not missing:
        return 0
    new = [
        Closure(path=ROOT, day=day, reason_fa=fa, reason_en=en, announced_at=now) for day, fa, en in _official(missing)
    ]
    Closure.objects.bulk_create(new)
    bump("calendar")
    return len(new)


def _official(years: list[int]) -> Iterator[tuple[date, str, str]]:
    # Imported here: it takes a quarter of a second, and only the first start of a year needs it.
    import holidays  # noqa: PLC0415

    persian = holidays.country_holidays("IR", years=years, language="fa_IR")
    english = holidays.country_holidays("IR", years=years, language="en_US")
    for day in sorted(persian):
        yield day, _tidied(persian[day]), english[day]


def _tidied(name: str) -> str:
    """Two holidays of one day are parted, and numbers written, as in Persian."""
    return persian_digits(re.sub(r"\s*[;؛]\s*", "؛ ", name))
