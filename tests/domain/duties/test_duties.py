"""A duty: opened with a date, done, judged, over; and nobody takes a step twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from takrim.base.workdays import Length
from takrim.duties.actions import NotYourDuty, Term, accept, answer, due_for, fulfil, open_duty, send_back, withdraw
from takrim.duties.kind import KINDS, DutyKind
from takrim.duties.models import Duty, State
from takrim.duties.moves import MOVES, SETTLED, DutyCannotMove, DutyMovedMeanwhile, Move, move
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from tests.people import Hire

ABOUT = "05123456789"


@pytest.fixture
def duty(units: dict[str, Unit], reza: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Duty:
    """Nazarabad owes something to Karaj; nothing else hangs on it."""
    monkeypatch.setitem(KINDS, "errand", DutyKind(title="Errand", length="3 working_days"))
    return open_duty(
        kind="errand",
        about=ABOUT,
        unit=units["nazarabad"],
        task="گزارش",
        judge_path="ir/alborz/karaj/",
        by=reza,
        now=now,
    )


def verbs() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("verb", flat=True))


def test_a_duty_is_due_by_the_calendar_of_its_office(duty: Duty, now: datetime) -> None:
    assert duty.due_at == due_for("ir/alborz/nazarabad/", now, Length.parse("3 working_days"))
    assert (duty.state, duty.length, duty.settled_at) == (State.OPEN, "3 working days", None)
    assert duty.on_time(now)
    assert not duty.on_time(now + timedelta(days=30))


def test_a_term_may_be_a_date_or_none(units: dict[str, Unit], reza: Actor, now: datetime) -> None:
    given: dict[str, Any] = {"kind": "referral", "about": ABOUT, "unit": units["karaj"], "by": reza, "now": now}
    late = now - timedelta(days=400)
    assert open_duty(**given, term=Term(fixed=late)).due_at == late, "a file of old matters may be late already"
    undated = open_duty(**given, term=Term())
    assert undated.due_at is None
    assert undated.on_time(now + timedelta(days=9999))


def test_a_duty_is_done_judged_and_over(duty: Duty, mina: Actor, reza: Actor, now: datetime) -> None:
    answer(duty=duty, text="انجام شد.", by=mina, now=now)
    assert (duty.state, duty.answer, duty.owed) == (State.ANSWERED, "انجام شد.", True)
    send_back(duty=duty, reason="ناقص", by=reza, now=now)
    assert (duty.state, duty.answered_at, duty.task) == (State.RETURNED, None, "گزارش\n\nناقص")
    answer(duty=duty, text="کامل شد.", by=mina, now=now)
    accept(duty=duty, by=reza, now=now)
    assert (duty.state, duty.settled_at, duty.owed) == (State.ACCEPTED, now, False)
    assert verbs() == ["duty.opened", "duty.answered", "duty.returned", "duty.answered", "duty.accepted"]


def test_what_follows_above_is_told(
    duty: Duty, mina: Actor, reza: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    kind = DutyKind(
        title="Errand",
        length="3 working_days",
        on_answered=lambda *_: told.append("answered"),
        on_accepted=lambda *_: told.append("accepted"),
        on_returned=lambda *_: told.append("returned"),
    )
    monkeypatch.setitem(KINDS, "errand", kind)
    answer(duty=duty, text="انجام شد.", by=mina, now=now)
    send_back(duty=duty, reason="ناقص", by=reza, now=now)
    answer(duty=duty, text="کامل شد.", by=mina, now=now)
    accept(duty=duty, by=reza, now=now)
    assert told == ["answered", "returned", "answered", "accepted"]


def test_a_duty_is_fulfilled_or_withdrawn_with_the_deed_above(duty: Duty, reza: Actor, now: datetime) -> None:
    fulfil(duty=duty, by=reza, now=now, power=Power.CASE_REFUSE)
    assert (duty.state, duty.answered_at, duty.settled_at) == (State.ACCEPTED, now, now)
    with pytest.raises(DutyCannotMove):
        withdraw(duty=duty, by=reza, now=now, power=Power.CASE_REFER)


def test_the_time_is_told_with_what_was_owed(duty: Duty, reza: Actor, now: datetime) -> None:
    withdraw(duty=duty, by=reza, now=now, power=Power.CASE_REFER)
    facts = Entry.objects.get(verb="duty.withdrawn").facts
    assert datetime.fromisoformat(facts["due"]) == duty.due_at
    assert "گزارش" not in str(facts), "what is asked may hold personal data"


def test_only_its_own_office_replies(duty: Duty, hadi: Actor, nima: Actor, now: datetime) -> None:
    with pytest.raises(NotYourDuty):
        answer(duty=duty, text="به‌جای شما", by=hadi, now=now)
    assert answer(duty=duty, text="از بالا", by=nima, now=now).state == State.ANSWERED


def test_steps_need_their_power(duty: Duty, sara: Actor, mina: Actor, tara: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        answer(duty=duty, text="انجام شد.", by=sara, now=now)
    answer(duty=duty, text="انجام شد.", by=mina, now=now)
    with pytest.raises(NotAllowed):
        accept(duty=duty, by=mina, now=now)
    with pytest.raises(NotAllowed):
        send_back(duty=duty, reason="x", by=tara, now=now)


@pytest.mark.parametrize("step", Move)
@pytest.mark.parametrize("state", State)
def test_the_table_alone_says_what_is_possible(
    step: Move, state: State, duty: Duty, reza: Actor, now: datetime
) -> None:
    answered = now if state in {State.ANSWERED, State.ACCEPTED} else None
    Duty.objects.filter(pk=duty.pk).update(
        state=state, answered_at=answered, settled_at=now if state in SETTLED else None
    )
    duty.refresh_from_db()
    extra = {"answered_at": now} if MOVES[step].target in {State.ANSWERED, State.ACCEPTED} else {}
    if state in MOVES[step].sources:
        move(duty, step, by=reza, now=now, power=Power.CASE_SEE, **extra)
        assert duty.state == MOVES[step].target
        assert (duty.settled_at is not None) == (duty.state in SETTLED)
    else:
        with pytest.raises(DutyCannotMove):
            move(duty, step, by=reza, now=now, power=Power.CASE_SEE)
        assert Duty.objects.get(pk=duty.pk).state == state


def test_who_comes_second_is_told_and_changes_nothing(duty: Duty, mina: Actor, reza: Actor, now: datetime) -> None:
    other = Duty.objects.get(pk=duty.pk)
    answer(duty=duty, text="نخست", by=mina, now=now)
    with pytest.raises(DutyMovedMeanwhile), transaction.atomic():
        answer(duty=other, text="دوم", by=reza, now=now)
    assert Duty.objects.get(pk=duty.pk).answer == "نخست"
    assert verbs().count("duty.answered") == 1


def test_lists_of_duties(
    duty: Duty, units: dict[str, Unit], mina: Actor, hadi: Actor, omid: Actor, zahra: Actor, now: datetime
) -> None:
    everything = Duty.objects.all()
    assert [everything.seen_by(actor).count() for actor in (mina, hadi, omid, zahra)] == [1, 0, 0, 0]
    assert [everything.asked_by(actor).count() for actor in (mina, hadi, omid, zahra)] == [0, 1, 0, 0]
    assert everything.owed().get() == duty
    assert not everything.overdue(now).exists()
    assert everything.overdue(now + timedelta(days=30)).get() == duty


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"state": "accepted"},
        {"settled_at": datetime(2026, 1, 1).astimezone()},
        {"state": "answered"},
        {"due_at": datetime(2020, 1, 1).astimezone()},
    ],
)
def test_the_database_knows_the_rules_too(wrong: dict[str, Any], duty: Duty) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(**wrong)


def test_every_kind_says_its_time(hire: Hire) -> None:
    for code, kind in KINDS.items():
        assert Length.parse(kind.length), code
        assert str(kind.title), code
