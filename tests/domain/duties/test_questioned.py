"""What was accepted is in question again, and a last day is put off: the journal tells both as the row does."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from takrim.base.length import Length
from takrim.duties.actions import Term, accept, answer, open_duty, question, send_back
from takrim.duties.actions_clocks import ReasonUnsaid, postpone, recompute
from takrim.duties.kind import KINDS, nothing_more
from takrim.duties.models import Duty, State
from takrim.duties.moves import DutyCannotMove, DutyMovedMeanwhile
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power

ABOUT = "errand:1"
DAY = timedelta(days=1)


@pytest.fixture
def duty(units: dict[str, Unit], nima: Actor, now: datetime) -> Duty:
    term = Term(Length.parse("5 working_days"))
    return open_duty(kind="referral", about=ABOUT, unit=units["nazarabad"], by=nima, now=now, term=term)


@pytest.fixture
def done(duty: Duty, reza: Actor, nima: Actor, now: datetime, monkeypatch: pytest.MonkeyPatch) -> Duty:
    """Answered after a day, and accepted; it is about no case, so nothing more follows."""
    monkeypatch.setitem(KINDS, "referral", replace(KINDS["referral"], on_answered=nothing_more))
    answer(duty=duty, text="انجام شد.", by=reza, now=now + DAY)
    return accept(duty=duty, by=nima, now=now + 2 * DAY)


def test_what_was_accepted_waits_to_be_judged_again(done: Duty, nima: Actor, now: datetime) -> None:
    question(duty=done, by=nima, now=now + 3 * DAY, power=Power.DUTY_JUDGE)
    done.refresh_from_db()
    assert (done.state, done.settled_at, done.answered_at) == (State.ANSWERED, None, now + DAY)
    assert done.on_time(now + 90 * DAY), "the office did its part in time, whatever became of the proof"
    assert "نظرآباد" in timeline(ABOUT)[-1].sentence
    assert not recompute(duty=done, by=nima, now=now + 4 * DAY), "the journal tells the same clocks as the row"


def test_and_may_be_sent_back_on_the_time_it_had(done: Duty, reza: Actor, nima: Actor, now: datetime) -> None:
    due = done.due_at
    question(duty=done, by=nima, now=now + 3 * DAY, power=Power.DUTY_JUDGE)
    send_back(duty=done, reason="عکس ندارد.", by=nima, now=now + 3 * DAY)
    assert (done.state, done.due_at) == (State.RETURNED, due)
    assert not recompute(duty=done, by=nima, now=now + 3 * DAY)
    answer(duty=done, text="عکس پیوست شد.", by=reza, now=now + 4 * DAY)
    assert done.state == State.ANSWERED


def test_what_is_still_owed_cannot_be_in_question(duty: Duty, nima: Actor, now: datetime) -> None:
    with pytest.raises(DutyCannotMove):
        question(duty=duty, by=nima, now=now, power=Power.DUTY_JUDGE)


def test_whoever_asked_sets_another_last_day(duty: Duty, nima: Actor, now: datetime) -> None:
    until = now + 40 * DAY
    postpone(duty=duty, until=until, reason="بودجه نرسیده است.", by=nima, now=now + DAY, power=Power.DUTY_JUDGE)
    duty.refresh_from_db()
    assert (duty.due_at, duty.length) == (until, "")
    assert duty.time_notes.get().why == "بودجه نرسیده است."
    assert duty.rung_at is not None
    assert now + DAY < duty.rung_at < until
    assert not recompute(duty=duty, by=nima, now=now + 2 * DAY)


def test_not_without_a_reason_nor_for_what_is_over(duty: Duty, done: Duty, nima: Actor, now: datetime) -> None:
    until = now + 40 * DAY
    with pytest.raises(DutyMovedMeanwhile):
        postpone(duty=done, until=until, reason="دیر شد.", by=nima, now=now + 3 * DAY, power=Power.DUTY_JUDGE)
    question(duty=done, by=nima, now=now + 3 * DAY, power=Power.DUTY_JUDGE)
    with pytest.raises(ReasonUnsaid):
        postpone(duty=done, until=until, reason=" ", by=nima, now=now + 3 * DAY, power=Power.DUTY_JUDGE)
