"""Ticking an item of a checklist, and taking the tick back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.checklists.checklist import Checklist
from takrim.checklists.models import Tick
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared


@dataclass(frozen=True, kw_only=True)
class Ticked(Event):
    """`items`: their codes, with blanks between; pages say them in words."""

    verb = "checklist.ticked"
    sentence = _("Items of the checklist were ticked.")
    unit: str
    checklist: str
    items: str


@dataclass(frozen=True, kw_only=True)
class Unticked(Event):
    verb = "checklist.unticked"
    sentence = _("A tick of the checklist was taken back.")
    unit: str
    checklist: str
    items: str


class NoSuchItem(Refusal):
    code = "no_such_item"
    status = 422
    message = _("This item is not on the checklist any more. Look at the list again.")


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose checklist it is, and the how-manieth answer it is gone through for."""

    subject: str
    occasion: int
    unit_path: str


@transaction.atomic
def tick(*, about: About, checklist: Checklist, items: Sequence[str], by: Actor, now: datetime) -> list[Tick]:
    """Say that items are done. What was ticked before keeps who ticked it."""
    by.require(Power.CASE_DRAFT)
    if any(checklist.item(code) is None for code in items):
        raise NoSuchItem
    done = {row.item for row in _rows(about, checklist)}
    new = [_tick(about, checklist, code, by, now) for code in dict.fromkeys(items) if code not in done]
    if new:
        Tick.objects.bulk_create(new, ignore_conflicts=True)
        event = Ticked(unit=about.unit_path, checklist=checklist.code, items=" ".join(row.item for row in new))
        record(event, on=about.subject, unit_path=about.unit_path, by=by, at=now)
    return new


def _tick(about: About, checklist: Checklist, code: str, by: Actor, now: datetime) -> Tick:
    return Tick(
        subject=about.subject,
        occasion=about.occasion,
        checklist=checklist.code,
        item=code,
        at=now,
        by=by.code,
        by_name=by.name,
        by_post=by.post,
    )


@transaction.atomic
def untick(*, about: About, checklist: Checklist, item: str, by: Actor, now: datetime) -> bool:
    """Take a tick back; says whether there was one."""
    by.require(Power.CASE_DRAFT)
    taken, _kinds = Tick.objects.filter(pk__in=[row.pk for row in _rows(about, checklist) if row.item == item]).delete()
    if taken:
        event = Unticked(unit=about.unit_path, checklist=checklist.code, items=item)
        record(event, on=about.subject, unit_path=about.unit_path, by=by, at=now)
    return bool(taken)


_TICKS = Prepared(lambda subject, checklist: Tick.objects.filter(subject=subject, checklist=checklist))


def _rows(about: About, checklist: Checklist) -> list[Tick]:
    rows = _TICKS(subject=about.subject, checklist=checklist.code)
    return [row for row in rows if row.occasion == about.occasion]


def ticked(about: About, checklist: Checklist) -> dict[str, Tick]:
    """What is done, by the code of the item. One query."""
    return {row.item: row for row in _rows(about, checklist)}
