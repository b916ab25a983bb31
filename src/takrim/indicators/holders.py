"""Lateness by the office that held the matter meanwhile: what `takrim figures --by holder` prints.

The same matters as the late and the overdue of the other tables, each charged part by part; the parts are the whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from itertools import islice

from django.db.models import Exists, F, OuterRef, Q

from takrim.cases.charging import Charged, decisive, happened_to
from takrim.duties.models import Duty, DutyQuerySet
from takrim.orgs.paths import under as below

_CHUNK = 500
_HOUR = timedelta(hours=1) // timedelta(microseconds=1)


@dataclass
class Part:
    """One office: how many late matters lay with it while they were late, and for how long in all."""

    key: str
    matters: int = 0
    late: timedelta = timedelta(0)
    of_all: timedelta = timedelta(0)

    @property
    def late_hours(self) -> Fraction:
        return Fraction(self.late // timedelta(microseconds=1), _HOUR)

    @property
    def late_share(self) -> Fraction | None:
        """Its part of all the lateness; None where nothing was late."""
        whole = self.of_all // timedelta(microseconds=1)
        return Fraction(self.late // timedelta(microseconds=1), whole) if whole else None


def late_by_holder(path: str, at: datetime) -> tuple[list[Part], Part]:
    """The most charged first, and all together, as things stood at a moment. Two queries for each few hundred."""
    parts: dict[str, Part] = {}
    total = Part("")
    for charge in _charges(path, at):
        total.matters += 1
        total.late += charge.late
        for unit, late in charge.late_with.items():
            part = parts.setdefault(unit, Part(unit))
            part.matters += 1
            part.late += late
    for part in (*parts.values(), total):
        part.of_all = total.late
    return sorted(parts.values(), key=lambda part: (-part.late, part.key)), total


def _charges(path: str, at: datetime) -> Iterator[Charged]:
    duties = _late(path, at).order_by("id").iterator(chunk_size=_CHUNK)
    while chunk := list(islice(duties, _CHUNK)):
        told = happened_to({duty.about for duty in chunk}, at)
        for duty in chunk:
            charge = decisive(duty, told.get(duty.about, ()), at)
            if charge is not None:
                yield charge


def _late(path: str, at: datetime) -> DutyQuerySet:
    """The final answers owed last by then that were given or ended late, or are overdue."""
    owed = Q(settled_at=None) | Q(settled_at__gt=at)
    late = Q(owed, due_at__lt=at) | Q(settled_at__lte=at, settled_at__gt=F("due_at"))
    finals = Duty.objects.filter(kind="final_answer", opened_at__lte=at)
    newer = finals.filter(about=OuterRef("about"), pk__gt=OuterRef("pk"))
    return finals.filter(below(path), late).exclude(Exists(newer))
