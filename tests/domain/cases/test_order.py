"""Deeds that write to the journals of two provinces take them in one order, so that none waits for ever."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from takrim.cases.actions_end import mark_duplicate
from takrim.cases.actions_merge import separate
from takrim.cases.actions_route import Addressee, pass_on, refer_to
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_transfer import hand_back, transfer
from takrim.cases.actions_work import refer
from takrim.cases.conflict import Subject
from takrim.cases.events import Noted
from takrim.journal import record as journal
from takrim.journal.models import Entry, Tail
from takrim.journal.verify import verify
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Unit
from tests.chains import TakenOutOfOrder
from tests.people import NOW, MakeCase
from tests.transactions import together

ALBORZ, QOM = "ir/alborz/", "ir/qom/"
DAY = timedelta(days=1)
BY = system("test")


def noted(path: str) -> None:
    event = Noted(kind="", channel="", card="", unit=path)
    journal.record(event, on="05000000000", unit_path=path, by=BY, at=NOW)


def test_the_watch_of_the_tests_sees_two_orders(units: dict[str, Unit]) -> None:
    with transaction.atomic():
        journal.take_chains([QOM, ALBORZ])
        noted(QOM)
        noted(ALBORZ)
    with pytest.raises(TakenOutOfOrder), transaction.atomic():
        noted(QOM)
        noted(ALBORZ)


def test_what_is_taken_before_it_is_written_stays_one_chain(units: dict[str, Unit]) -> None:
    with transaction.atomic():
        journal.take_chains([QOM, f"{QOM}kahak/", ALBORZ])
        noted(ALBORZ)
    assert dict(Tail.objects.values_list("chain", "seq")) == {ALBORZ: 1, QOM: 0}
    with transaction.atomic():
        journal.take_chains([QOM, ALBORZ])
        noted(QOM)
    assert all(report.broken_at is None for report in verify())
    assert Entry.objects.count() == 2


# --- two at once, on PostgreSQL ---

Pair = Callable[[MakeCase, dict[str, Unit], Actor, Actor], tuple[Callable[[], object], Callable[[], object]]]


def _referrals(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    return (
        lambda: refer(case=ours, to=units["qom"], task="", length=None, by=nima, now=NOW),
        lambda: refer(case=theirs, to=units["alborz"], task="", length=None, by=omid, now=NOW),
    )


def _several(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    both = [Addressee(units["nazarabad"]), Addressee(units["qom"])]
    again = [Addressee(units["ministry"]), Addressee(units["alborz"])]
    return (
        lambda: refer_to(case=ours, to=both, task="", length=None, by=nima, now=NOW),
        lambda: refer_to(case=theirs, to=again, task="", length=None, by=omid, now=NOW),
    )


def _passed_on(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    asked = refer(case=ours, to=units["qom"], task="", length=None, by=nima, now=NOW)
    asked_us = refer(case=theirs, to=units["alborz"], task="", length=None, by=omid, now=NOW)
    return (
        lambda: pass_on(case=ours, duty=asked, to=Addressee(units["alborz"]), task="", by=omid, now=NOW),
        lambda: pass_on(case=theirs, duty=asked_us, to=Addressee(units["qom"]), task="", by=nima, now=NOW),
    )


def _joined(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    our_original, their_original = make(unit="karaj"), make(unit="kahak")
    return (
        lambda: mark_duplicate(case=ours, original=their_original, by=nima, now=NOW),
        lambda: mark_duplicate(case=theirs, original=our_original, by=omid, now=NOW),
    )


def _taken_apart(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    mark_duplicate(case=ours, original=make(unit="kahak"), by=nima, now=NOW)
    mark_duplicate(case=theirs, original=make(unit="karaj"), by=omid, now=NOW)
    return (
        lambda: separate(case=ours, by=nima, now=NOW + DAY),
        lambda: separate(case=theirs, by=omid, now=NOW + DAY),
    )


def _handed_back(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    transfer(case=ours, to=units["qom"], reason="آنجاست", by=nima, now=NOW)
    transfer(case=theirs, to=units["alborz"], reason="آنجاست", by=omid, now=NOW)
    return (
        lambda: hand_back(case=ours, reason="نه", by=omid, now=NOW + DAY),
        lambda: hand_back(case=theirs, reason="نه", by=nima, now=NOW + DAY),
    )


def _kept_from(make: MakeCase, units: dict[str, Unit], nima: Actor, omid: Actor) -> Any:
    ours, theirs = make(unit="karaj"), make(unit="kahak")
    refer(case=ours, to=units["kahak"], task="", length=None, by=nima, now=NOW)
    refer(case=theirs, to=units["karaj"], task="", length=None, by=omid, now=NOW)
    return (
        lambda: keep_from(case=ours, subject=Subject(path=units["kahak"].path), by=nima, now=NOW),
        lambda: keep_from(case=theirs, subject=Subject(path=units["karaj"].path), by=omid, now=NOW),
    )


PAIRS: dict[str, Pair] = {
    "refer": _referrals,
    "several": _several,
    "pass on": _passed_on,
    "join": _joined,
    "take apart": _taken_apart,
    "hand back": _handed_back,
    "keep from": _kept_from,
}


@pytest.fixture
def meeting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has written to its first chain waits a moment for the other to have written to theirs."""
    barrier, seen, take = threading.Barrier(2), threading.local(), journal._take_place

    def taking(chain: str) -> tuple[int, bytes]:
        place = take(chain)
        if not getattr(seen, "met", threading.current_thread() is threading.main_thread()):
            seen.met = True
            with suppress(threading.BrokenBarrierError):
                barrier.wait(0.7)
        return place

    monkeypatch.setattr(journal, "_take_place", taking)


@pytest.mark.parametrize("deeds", PAIRS)
def test_two_across_the_same_provinces_do_not_wait_for_each_other_for_ever(
    deeds: str,
    real_transactions: None,
    make_case: MakeCase,
    units: dict[str, Unit],
    nima: Actor,
    omid: Actor,
    meeting: None,
) -> None:
    assert together(*PAIRS[deeds](make_case, units, nima, omid)) == ["done", "done"]
    assert all(report.broken_at is None for report in verify())


def test_without_one_order_they_would(
    real_transactions: None,
    make_case: MakeCase,
    units: dict[str, Unit],
    nima: Actor,
    omid: Actor,
    meeting: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("takrim.cases.order.take_chains", lambda _paths: None)
    assert together(*PAIRS["refer"](make_case, units, nima, omid)) == ["deadlock", "done"]
