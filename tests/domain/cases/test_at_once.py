"""Two officers press at the same moment, in two real transactions: one succeeds, the other is told, nothing hangs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from takrim.base.errors import Refusal
from takrim.cases.actions_answer import Words, answer_at_once, approve, deliver, draft, submit
from takrim.cases.actions_work import refer, reply
from takrim.cases.models import Answer, Case
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase

WORDS = Words(
    outcome="upheld", text="وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)
TABLES = ("journal_entry", "journal_look")
TURNS = 6


def words(turn: int) -> Words:
    """Each turn its own text: the same one would be refused as written by rote."""
    return replace(WORDS, text=f"حق بیمه {turn + 2} ماه وصول شد.")


@pytest.fixture
def _emptied(django_db_blocker: Any, on_postgresql: bool) -> Iterator[None]:
    """The journal lets nobody empty it; after a test of real transactions the tables must be empty again."""
    if not on_postgresql:
        pytest.skip("SQLite has one writer at a time, and its tests share one connection in memory")
    yield
    with django_db_blocker.unblock():
        _triggers("ENABLE")


def _triggers(word: str) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


@pytest.fixture
def real_transactions(_emptied: None, transactional_db: None) -> Iterator[None]:
    yield
    _triggers("DISABLE")


def together(*deeds: Callable[[], object]) -> list[str]:
    """Do all at the same moment, each on a connection of its own; what each came to: "done" or a refusal's code."""
    came: list[str] = []
    barrier = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(5)
            deed()
            came.append("done")
        except Refusal as refusal:
            came.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return sorted(came)


def test_two_officers_answer_at_once(
    real_transactions: None, make_case: MakeCase, reza: Actor, nima: Actor, now: datetime
) -> None:
    for turn in range(TURNS):
        pk = make_case().pk
        hers, his, said = Case.objects.get(pk=pk), Case.objects.get(pk=pk), words(turn)
        came = together(
            lambda one=hers, text=said: answer_at_once(case=one, words=text, how="phone", by=reza, now=now),
            lambda one=his, text=said: answer_at_once(case=one, words=text, how="sms", by=nima, now=now),
        )
        assert came == ["case_moved_meanwhile", "done"]
        assert Answer.objects.filter(case_id=pk).count() == 1
    assert Entry.objects.filter(verb="case.answered").count() == TURNS
    assert all(report.broken_at is None for report in verify())


def test_the_same_office_is_asked_once_though_two_ask(
    real_transactions: None, make_case: MakeCase, units: dict[str, Unit], mina: Actor, reza: Actor, now: datetime
) -> None:
    for _ in range(TURNS):
        case = make_case()
        refer(case=case, to=units["kahak"], task="", length=None, by=mina, now=now)
        hers, his = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
        came = together(
            lambda one=hers: refer(case=one, to=units["karaj"], task="", length=None, by=mina, now=now),
            lambda one=his: refer(case=one, to=units["karaj"], task="", length=None, by=reza, now=now),
        )
        assert came == ["already_referred", "done"]
        assert Duty.objects.filter(about=case.code, unit=units["karaj"]).count() == 1


def test_a_reply_and_the_delivery_do_not_wait_for_each_other_for_ever(
    real_transactions: None,
    make_case: MakeCase,
    units: dict[str, Unit],
    mina: Actor,
    reza: Actor,
    hadi: Actor,
    now: datetime,
) -> None:
    for turn in range(TURNS):
        case = make_case()
        duty = refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
        answer = submit(answer=draft(case=case, words=words(turn), by=mina, now=now), by=mina, now=now)
        approve(answer=answer, by=reza, now=now)
        theirs = Case.objects.get(pk=case.pk)
        came = together(
            lambda one=answer: deliver(answer=one, how="sms", by=reza, now=now),
            lambda one=theirs, asked=duty: reply(case=one, duty=asked, text="سابقه دارد.", by=hadi, now=now),
        )
        assert "done" in came
        assert len(came) == 2, "neither crashed nor hung"
        assert not Duty.objects.owed().filter(about=case.code).exists()
