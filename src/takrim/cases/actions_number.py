"""The office's register of answers: the next number is drawn here, and the pattern of its numbers is set here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from string import Formatter
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.base.persian import clean_text, persian_digits
from takrim.cases.events import PatternSet
from takrim.cases.kind import KINDS
from takrim.cases.models import Case, Register
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under, lineage
from takrim.orgs.powers import Power
from takrim.orgs.prepared import cursor_of

DEFAULT = "{number}/{subject}/{year}"
FIELDS = ("number", "subject", "year")
LONGEST = 40


class PatternUnclear(Refusal):
    code = "pattern_unclear"
    status = 422
    message = _(
        "The pattern must hold {{number}} and {{year}}, may hold {{subject}}, and be short: for example {example}."
    )


class NotYourRegister(Refusal):
    code = "not_your_register"
    status = 403
    message = _("You can only set the numbers of your own office and of those below it.")


@dataclass(frozen=True)
class Drawn:
    """A number that was drawn: its place in the register, and as it stands on the letter."""

    unit_path: str
    year: int
    serial: int
    text: str


def check_pattern(pattern: str) -> str:
    """The pattern, cleaned. Raises PatternUnclear."""
    clean = " ".join(clean_text(pattern).split())
    try:
        parts = list(Formatter().parse(clean))
    except ValueError:
        parts = []
    names = [name for _text, name, _spec, _conversion in parts if name is not None]
    plain = all(not spec and not conversion for _text, _name, spec, conversion in parts)
    if (
        not plain
        or not {"number", "year"} <= set(names)
        or not set(names) <= set(FIELDS)
        or len(names) != len(set(names))
        or len(clean) > LONGEST
    ):
        raise PatternUnclear(example=DEFAULT)
    return clean


# The row is locked until the deed ends: of two who sign at once the second gets the next number, and what is undone
# leaves no gap.
_NEXT = "UPDATE cases_register SET last = last + 1 WHERE unit_path = %s AND year = %s RETURNING last, pattern"


def draw(*, case: Case, now: datetime) -> Drawn:
    """The next number of the office that owes the answer, in the year of signing. Only inside a deed's transaction."""
    year = JalaliDate.from_date(local_date(now)).year
    with cursor_of(connection) as cursor:
        cursor.execute(_NEXT, [case.unit_path, year])
        row = cursor.fetchone()
    if row is None:
        _open(case.unit_path, year)
        return draw(case=case, now=now)
    serial, pattern = row
    mark = KINDS[case.kind].mark
    text = pattern.format(number=serial, subject=mark, year=year)
    return Drawn(case.unit_path, year, serial, persian_digits(text) if case.lang == "fa" else text)


def pattern_for(unit_path: str, year: int) -> str:
    """The pattern that holds for an office in a year: its own, the one before, or that of an office above."""
    rows = Register.objects.filter(unit_path__in=lineage(unit_path), year__lte=year)
    found = max(rows, key=lambda row: (len(row.unit_path), row.year), default=None)
    return found.pattern if found else DEFAULT


def _open(unit_path: str, year: int) -> None:
    row = Register(unit_path=unit_path, year=year, pattern=pattern_for(unit_path, year))
    Register.objects.bulk_create([row], ignore_conflicts=True)


@transaction.atomic
def set_pattern(*, unit_path: str, pattern: str, by: Actor, now: datetime) -> Register:
    """Numbers drawn from now on follow this pattern; those that were drawn stay as they are."""
    by.require(Power.ANSWERS_EDIT)
    if not is_under(unit_path, by.unit_path):
        raise NotYourRegister
    clean, year = check_pattern(pattern), JalaliDate.from_date(local_date(now)).year
    _open(unit_path, year)
    Register.objects.filter(unit_path=unit_path, year=year).update(pattern=clean)
    record(PatternSet(year=year), on=f"register:{unit_path}", unit_path=unit_path, by=by, at=now)
    return Register.objects.get(unit_path=unit_path, year=year)


_SIGNED = ("outcome", "text", "reason", "legal_ground", "next_step")


def fingerprint(code: str, answer: Mapping[str, Any]) -> str:
    """SHA-256 over case, number and words of a signed answer: a changed paper does not have it."""
    line = [code, answer["letter_number"], *(answer[name] for name in _SIGNED)]
    return hashlib.sha256(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
