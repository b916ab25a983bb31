"""Two officers press at the same moment, in two real transactions: one succeeds, the other is told, nothing hangs."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from takrim.cases.actions_answer import Words, answer_at_once, approve, deliver, draft, submit
from takrim.cases.actions_work import refer, reply
from takrim.cases.models import Answer, Case
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from tests.people import MakeCase
from tests.transactions import together

WORDS = Words(
    outcome="upheld", text="وصول شد.", reason="بازرسی شد.", next_step="نتیجه تا ده روز در حساب شما دیده می‌شود."
)
TURNS = 6


def words(turn: int) -> Words:
    """Each turn its own text: the same one would be refused as written by rote."""
    return replace(WORDS, text=f"حق بیمه {turn + 2} ماه وصول شد.")


def test_two_officers_answer_at_once(
    real_transactions: None, make_case: MakeCase, reza: Actor, nima: Actor, now: datetime
) -> None:
    for turn in range(TURNS):
        pk = make_case().pk
        hers, his, said = Case.objects.get(pk=pk), Case.objects.get(pk=pk), words(turn)
        came = together(
            lambda one=hers, text=said: answer_at_once(case=one, words=text, how="phone", by=reza, now=now),
            lambda one=his, text=said: answer_at_once(case=one, words=text, how="phone", by=nima, now=now),
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
            lambda one=answer: deliver(answer=one, how="in_person", by=reza, now=now),
            lambda one=theirs, asked=duty: reply(case=one, duty=asked, text="سابقه دارد.", by=hadi, now=now),
        )
        assert "done" in came
        assert len(came) == 2, "neither crashed nor hung"
        assert not Duty.objects.owed().filter(about=case.code).exists()
