"""Reminding offices of what they owe: soon due, and overdue; each duty once, all of one person in one letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from takrim.base.clock import local, local_date
from takrim.cases.conflict import Shields
from takrim.cases.letters import due_soon, overdue
from takrim.cases.letters._to_office import Owed, address_of, draft
from takrim.cases.letters._to_party import Texts
from takrim.duties.models import Duty, DutyQuerySet
from takrim.letters.models import Reminder
from takrim.letters.write import write
from takrim.orgs.models import Holding, Person
from takrim.orgs.paths import lineage
from takrim.orgs.powers import ROLES, Power

# Four fifths of the time have gone by.
LEFT = 5
# The reminder never comes earlier than this; no time given here is longer than ninety days.
EARLIEST = timedelta(days=18)
# One run; what is left over is told by the next.
MOST = 2000
# Nobody is written to in the evening or at night; by the clock of the country.
AWAKE = range(7, 20)
# Whoever answers for an office.
HEADS = [role for role, powers in ROLES.items() if Power.OFFICE_SEE in powers]

Heads = dict[str, list[Person]]


def remind(now: datetime, limit: int = MOST) -> int:
    """Write the reminders that are due; says how many duties were told of."""
    if local(now).hour not in AWAKE:
        return 0
    soon = _told("due_soon", due_soon.TEXTS, _soon(now, limit), now, levels=1)
    return soon + _told("overdue", overdue.TEXTS, _overdue(now, limit), now, levels=2)


def _unanswered(occasion: str) -> DutyQuerySet:
    """Duties whose office has still to do its part and was not told on this occasion."""
    told = Reminder.objects.filter(duty_id=OuterRef("pk"), occasion=occasion)
    return Duty.objects.owed().filter(~Exists(told), answered_at=None).order_by("due_at", "pk")


_FIELDS = ("pk", "kind", "about", "unit_path", "due_at")


def _soon(now: datetime, limit: int) -> list[Owed]:
    rows = _unanswered("due_soon").filter(due_at__gt=now, due_at__lte=now + EARLIEST)
    found = []
    for *fields, opened in rows.values_list(*_FIELDS, "opened_at").iterator(chunk_size=2000):
        duty = Owed(*fields)
        if (duty.due_at - now) * LEFT <= duty.due_at - opened:
            found.append(duty)
            if len(found) == limit:
                break
    return found


def _overdue(now: datetime, limit: int) -> list[Owed]:
    rows = _unanswered("overdue").filter(due_at__lt=now)
    return [Owed(*fields) for fields in rows.values_list(*_FIELDS)[:limit]]


def _told(kind: str, texts: Texts, duties: list[Owed], now: datetime, *, levels: int) -> int:
    if not duties:
        return 0
    heads = _heads({duty.unit_path for duty in duties}, now)
    shields = Shields.of(duty.about for duty in duties)
    letters: dict[int, tuple[Person, list[Owed]]] = {}
    for duty in duties:
        for person in _readers(duty.unit_path, heads, levels):
            if shields.keep(duty.about, duty.unit_path, person.pk):
                continue
            letters.setdefault(person.pk, (person, []))[1].append(duty)
    try:
        _keep(kind, texts, letters.values(), duties, now)
    except IntegrityError:
        # Another process told of the same ones in this very moment.
        return 0
    return len(duties)


@transaction.atomic
def _keep(
    kind: str, texts: Texts, letters: Iterable[tuple[Person, list[Owed]]], duties: list[Owed], now: datetime
) -> None:
    """All or nothing, so that a duty is not forgotten and nobody is told twice."""
    Reminder.objects.bulk_create([Reminder(duty_id=duty.id, occasion=kind, at=now) for duty in duties], 500)
    addressed = ((address_of(person), person, owed) for person, owed in letters)
    write(kind, [draft(texts, to, f"person:{person.pk}", owed, now) for to, person, owed in addressed if to])


def _heads(paths: Iterable[str], now: datetime) -> Heads:
    """Who answers for these offices and all above them today. One query."""
    above = {path for place in paths for path in lineage(place)}
    holdings = Holding.objects.valid(local_date(now)).filter(post__unit__path__in=above, post__role__in=HEADS)
    heads: Heads = {}
    for holding in holdings.select_related("person", "post__unit").order_by("pk"):
        if holding.person.is_active and holding.person not in heads.setdefault(holding.post.unit.path, []):
            heads[holding.post.unit.path].append(holding.person)
    return heads


def _readers(path: str, heads: Heads, levels: int) -> Iterator[Person]:
    """The heads of the office, or of the nearest above it that has some; then those of the next level."""
    told: set[int] = set()
    for place in [place for place in reversed(lineage(path)) if place in heads][:levels]:
        for person in heads[place]:
            if person.pk not in told:
                told.add(person.pk)
                yield person
