"""Taking the ladder's steps: whom a duty is told to as its time goes by, at once or in the digest of the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from itertools import groupby

from django.db import transaction

from takrim.base.clock import TEHRAN, local
from takrim.cases import receivers
from takrim.cases.conflict import Shields, places_of
from takrim.cases.letters import digest, escalation
from takrim.cases.letters._to_office import Owed, address_of, draft
from takrim.cases.letters._to_party import Texts
from takrim.duties.actions_clocks import escalated, rungs_due
from takrim.duties.kind import Head, heads_of
from takrim.duties.models import Duty, DutyQuerySet
from takrim.duties.regime import is_urgent
from takrim.journal.record import take_chains
from takrim.letters.models import Telling
from takrim.letters.write import write
from takrim.orgs.actor import system
from takrim.orgs.models import Person

# Nobody is written to in the evening or at night; by the clock of the country.
MORNING, EVENING = time(7), time(20)
# So many duties share one transaction, and a run goes on for so many.
BATCH, MOST = 200, 5000


def escalate(now: datetime, limit: int = MOST) -> int:
    """Take all steps that have come; says of how many duties. What is left over is taken by the next run."""
    done = 0
    while done < limit:
        duties = list(_due(now)[: min(BATCH, limit - done)])
        if not duties:
            break
        _take(duties, now)
        done += len(duties)
    return done


def _due(now: datetime) -> DutyQuerySet:
    return Duty.objects.owed().filter(rung_at__lte=now).order_by("rung_at", "pk")


@transaction.atomic
def _take(duties: list[Duty], now: datetime) -> None:
    """The journal, who was told, and the letters: all or nothing, so that nobody is told twice or forgotten."""
    # First the rows, then the chains, as every deed does; what a colleague works on now has its turn in the next run.
    rows = Duty.objects.owed().filter(pk__in=[duty.pk for duty in duties]).order_by("pk")
    duties = list(rows.select_for_update(skip_locked=True))
    take_chains(duty.unit_path for duty in duties)
    seats = receivers.Seats.of(duties, now)
    shields, places = _kept(duties, seats.people, now)
    tellings: dict[tuple[int, int, str], Telling] = {}
    for duty in duties:
        rungs = rungs_due(duty, now)
        if not escalated(duty=duty, rungs=[name for name, _to in rungs], by=system("escalation"), now=now):
            continue
        # An office that has done its part is not pressed; that the time went by is in the journal all the same.
        if duty.answered_at is not None:
            continue
        for name, to in rungs:
            for person in seats.told(duty, to):
                if not shields.hide(duty.about, person.pk, places.get(person.pk, ())):
                    telling = Telling(person=person, duty_id=duty.pk, rung=name, urgent=is_urgent(name), at=now)
                    tellings[person.pk, duty.pk, name] = telling
    kept = list(tellings.values())
    owed = {duty.pk: duty for duty in duties}
    _send("escalation", escalation.TEXTS, [telling for telling in kept if telling.urgent], owed, now)
    Telling.objects.bulk_create(kept, batch_size=500, ignore_conflicts=True)


def _kept(duties: Iterable[Duty], people: Iterable[int], now: datetime) -> tuple[Shields, Mapping[int, list[str]]]:
    """From whom the matters are kept, and where people sit if any is."""
    shields = Shields.of(duty.about for duty in duties)
    return shields, places_of(people, now) if shields.rows else {}


def _send(kind: str, texts: Texts, tellings: list[Telling], owed: Mapping[int, Duty], now: datetime) -> None:
    """One letter a person about all these steps; who cannot be written to reads them on the page of what comes."""
    drafts, heads = [], heads_of(owed.values())
    for person, steps in _by_person(tellings):
        told = [_owed(owed[step.duty_id], step.rung, heads) for step in steps if step.duty_id in owed]
        address = address_of(person)
        if address and told:
            occasion = f"{steps[0].duty_id} {steps[0].rung} {now:%Y-%m-%d %H:%M}"
            drafts.append(draft(texts, address, f"person:{person.pk}", told, now, occasion, awake(now)))
        for step in steps:
            step.letter_at = now
    write(kind, drafts)


def _by_person(tellings: list[Telling]) -> Iterable[tuple[Person, list[Telling]]]:
    for _pk, steps in groupby(sorted(tellings, key=lambda one: one.person_id), key=lambda one: one.person_id):
        listed = list(steps)
        yield listed[0].person, listed


def _owed(duty: Duty, rung: str, heads: Mapping[int, Head]) -> Owed:
    head = heads.get(duty.pk)
    number = head.number or head.title if head else ""
    return Owed(duty.pk, duty.kind, duty.about, duty.unit_path, duty.due_at or duty.opened_at, rung, number)


def awake(now: datetime) -> datetime:
    """This moment, or the next morning when it is one of the quiet hours."""
    here = local(now)
    if MORNING <= here.time() < EVENING:
        return now
    day = here.date() + timedelta(days=int(here.time() >= EVENING))
    return datetime.combine(day, MORNING, TEHRAN)


def send_digests(now: datetime) -> int:
    """Once a day and person, in the morning: what was reached since the last one. Says how many letters."""
    morning = datetime.combine(local(now).date(), MORNING, TEHRAN)
    if now < morning or local(now).time() >= EVENING:
        return 0
    waiting = Telling.objects.filter(letter_at=None, at__lt=morning)
    people = list(waiting.order_by().values_list("person_id", flat=True).distinct()[:MOST])
    for person in people:
        _digest(person, morning, now)
    return len(people)


@transaction.atomic
def _digest(person: int, morning: datetime, now: datetime) -> None:
    steps = list(
        Telling.objects.filter(person_id=person, letter_at=None, at__lt=morning).select_related("person").order_by("pk")
    )
    taken = Telling.objects.filter(pk__in=[step.pk for step in steps], letter_at=None).update(letter_at=now)
    if taken != len(steps):
        # Another process is writing the same digest in this very moment.
        transaction.set_rollback(True)
        return
    # What was settled since needs no word any more; of several steps of one duty the last one counts.
    last = {step.duty_id: step for step in steps}
    owed = {duty.pk: duty for duty in Duty.objects.owed().filter(pk__in=list(last), answered_at=None)}
    # Nor of what has become a matter about its reader since.
    shields, places = _kept(owed.values(), [person], now)
    owed = {pk: duty for pk, duty in owed.items() if not shields.hide(duty.about, person, places.get(person, ()))}
    _send("digest", digest.TEXTS, list(last.values()), owed, now)
