"""Carrying what waits: claimed, handed over, tried again later and later, given up where all can see it.

A letter is claimed before it is handed over and marked after: a process that dies between the two leaves it to be
carried again, so it arrives at least once. Carriers are given the same reference each time.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F

from takrim.letters import actions
from takrim.letters.carrier import CARRIERS, OUTBOX, Message, NotCarried, carrier_for
from takrim.letters.catalogue import confirm_address
from takrim.letters.kind import KINDS, filled
from takrim.letters.models import ConfirmedAddress, Letter, Way
from takrim.letters.write import write
from takrim.orgs.actor import Actor, system

log = logging.getLogger(__name__)

# How long a claimed letter is left alone: longer than a carrier may take.
CLAIM = timedelta(minutes=2)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(hours=2)
# More than this to one address in a day is a flood that somebody lets loose on them: the rest comes later.
MOST_A_DAY = 20
LATER = timedelta(hours=1)
AT_ONCE = 8
CHUNK = 50


def _actor() -> Actor:
    return system("letters")


def carry_waiting(now: datetime, limit: int = 500) -> int:
    """Carry the letters that are due; says how many were handed over. Any number of processes may do it at once."""
    _end_old(now, limit)
    carried = 0
    for _round in range(max(1, limit // CHUNK)):
        due = list(Letter.objects.due(now).order_by("next_try_at", "id")[: min(CHUNK, limit)])
        if not due:
            break
        outside = {way for way in Way if carrier_for(way) != OUTBOX}
        carried += _lay_out([letter for letter in due if letter.way not in outside], now)
        ready = _allowed([letter for letter in due if letter.way in outside], now)
        carried += _carry(_claimed(ready, now), now)
    return carried


def _end_old(now: datetime, limit: int) -> None:
    """What could not be carried in its time, or waited in vain for its address to be confirmed."""
    for letter in Letter.objects.unfinished().filter(until__lt=now).order_by("until")[:limit]:
        why = letter.last_error or ("address not confirmed" if letter.next_try_at is None else "too late")
        actions.give_up(letter=letter, why=why, by=_actor(), now=now)


def _allowed(letters: list[Letter], now: datetime) -> list[Letter]:
    """Those that may go now: not to an address nobody confirmed, and not too many to one."""
    return _unflooding(_confirmed(letters, now), now)


def _confirmed(letters: list[Letter], now: datetime) -> list[Letter]:
    unsure = {letter.to for letter in letters if letter.way == Way.EMAIL and not letter.trusted}
    unsure -= set(ConfirmedAddress.objects.filter(address__in=unsure).values_list("address", flat=True))
    held = [letter for letter in letters if letter.way == Way.EMAIL and not letter.trusted and letter.to in unsure]
    if held:
        with transaction.atomic():
            write(confirm_address.CODE, confirm_address.questions(held, now))
            Letter.objects.unfinished().filter(pk__in=[letter.pk for letter in held]).update(next_try_at=None)
    away = {letter.pk for letter in held}
    return [letter for letter in letters if letter.pk not in away]


def _unflooding(letters: list[Letter], now: datetime) -> list[Letter]:
    urgent = [code for code, kind in KINDS.items() if kind.urgent]
    plain = {letter.to for letter in letters if letter.kind not in urgent and not letter.trusted}
    sent = Letter.objects.filter(to__in=plain, sent_at__gt=now - timedelta(days=1)).exclude(kind__in=urgent)
    counted = dict(sent.exclude(carrier=OUTBOX).values_list("to").annotate(Count("id")))
    going = []
    for letter in letters:
        if letter.to in plain and letter.kind not in urgent:
            counted[letter.to] = counted.get(letter.to, 0) + 1
            if counted[letter.to] > MOST_A_DAY:
                actions.put_off(letter=letter, until=now + LATER, why="too many in a day", by=_actor(), now=now)
                continue
        going.append(letter)
    return going


def _lay_out(letters: list[Letter], now: datetime) -> int:
    """Letters for the outbox page are there by being marked: one statement for all."""
    rows = Letter.objects.unfinished().filter(pk__in=[letter.pk for letter in letters])
    return rows.update(sent_at=now, next_try_at=None, carrier=OUTBOX, tries=F("tries") + 1, last_error="")


def _claimed(letters: Iterable[Letter], now: datetime) -> Iterator[Letter]:
    """Letters that are this process's to carry; another one that saw them too finds them changed."""
    for letter in letters:
        mine = Letter.objects.due(now).filter(pk=letter.pk, tries=letter.tries)
        if mine.update(tries=letter.tries + 1, next_try_at=now + CLAIM) == 1:
            letter.tries += 1
            yield letter


def _carry(letters: Iterable[Letter], now: datetime) -> int:
    """Hand letters over, some at once: a carrier spends its time waiting for an answer."""
    claimed = list(letters)
    if not claimed:
        return 0
    jobs = [(letter, carrier_for(letter.way), message_of(letter)) for letter in claimed]
    with ThreadPoolExecutor(max_workers=AT_ONCE) as threads:
        results = threads.map(lambda job: _try(job[1], job[2]), jobs)
        return sum(_settle(*job[:2], result, now) for job, result in zip(jobs, results, strict=True))


def message_of(letter: Letter) -> Message:
    """The letter as a carrier takes it, its marks filled in."""
    return Message(
        ref=f"takrim-{letter.pk}",
        way=Way(letter.way),
        to=letter.to,
        title=letter.title,
        body=filled(letter),
        lang=letter.lang,
        files=KINDS[letter.kind].files(letter) if letter.kind in KINDS else (),
    )


def _try(carrier: str, message: Message) -> str | NotCarried:
    try:
        return CARRIERS[carrier].carry(message)
    except NotCarried as error:
        return error
    except Exception as error:
        # A fault of one carrier or letter must not hold up the others; it is tried again and then given up visibly.
        # Without the error's own words: they may repeat the address.
        log.error("The carrier %s failed: %s", carrier, type(error).__name__)
        return NotCarried(f"fault: {type(error).__name__}")


def _settle(letter: Letter, carrier: str, result: str | NotCarried, now: datetime) -> int:
    if isinstance(result, str):
        actions.hand_over(letter=letter, carrier=carrier, reference=result, by=_actor(), now=now)
        return 1
    if result.for_good:
        actions.give_up(letter=letter, why=result.why, by=_actor(), now=now)
    else:
        again = now + pause(letter.tries, letter.pk)
        actions.put_off(letter=letter, until=again, why=result.why, by=_actor(), now=now)
    return 0


def pause(tries: int, salt: int) -> timedelta:
    """How long to wait after so many tries: doubling, spread by up to a quarter in a way that can be computed again."""
    spread = int.from_bytes(hashlib.sha256(f"{salt}:{tries}".encode()).digest()[:4], "big") / 2**34
    return min(FIRST_PAUSE * (1 << min(max(tries, 1) - 1, 20)), LONGEST_PAUSE) * (1 + spread)
