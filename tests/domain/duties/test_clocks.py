"""The clocks of a duty: they stand, go on and are made longer; the journal gives the same again, at any time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

import pytest

from takrim.base.errors import Refusal
from takrim.base.length import Length
from takrim.cases.actions_answer import draft, submit
from takrim.cases.actions_intake import ask_completion, complete, final_duty
from takrim.cases.actions_work import refer
from takrim.cases.models import Case
from takrim.duties.actions import run_of
from takrim.duties.actions_clocks import (
    ExtendedEnough,
    ExtendedTooFar,
    MayNotExtend,
    NothingMayStand,
    ReasonUnsaid,
    RunsAlready,
    StandsAlready,
    TooLateToExtend,
    escalated,
    extend,
    extendable,
    pause,
    recompute,
    resume,
    retime,
    rungs_due,
    waits_for,
)
from takrim.duties.clocks import Clock, nearest, plain
from takrim.duties.models import Duty, TimeNote
from takrim.duties.replay import replay
from takrim.indicators.follow import READER
from takrim.indicators.models import Owed
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actor import Actor, NotAllowed, system
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from tests.matters import WORDS, answered
from tests.people import NOW

MakeCase = Callable[..., Case]
DAY = timedelta(days=1)


@pytest.fixture
def duty(case: Case) -> Duty:
    """The final answer to a request: twenty days were promised."""
    found = final_duty(case)
    assert found is not None
    return found


def clock_of(duty: Duty, regime: str) -> Clock:
    return next(clock for clock in run_of(duty).clocks if clock.regime == regime)


def again(duty: Duty) -> Duty:
    return Duty.objects.get(pk=duty.pk)


def same_as_the_journal(duty: Duty) -> bool:
    """Whether the row keeps what the journal gives."""
    row = again(duty)
    return plain(replay(row), row.opened_at) == row.clocks and (
        not row.owed or not recompute(duty=row, by=system("test"), now=NOW)
    )


def test_a_new_duty_has_every_clock_and_the_nearest_outside_decides(duty: Duty, now: datetime) -> None:
    regimes = [clock["regime"] for clock in duty.clocks]
    assert regimes == ["promise", "statute", "routing", "completion", "draft"]
    assert duty.due_at == clock_of(duty, "promise").due
    routing = clock_of(duty, "routing").due
    assert routing is not None
    assert duty.due_at is not None
    assert routing < duty.due_at, "a step inside makes no answer late"
    assert duty.rung_at == routing
    assert same_as_the_journal(duty)


def test_while_the_person_is_waited_for_the_promise_stands_and_the_statute_does_not(
    case: Case, duty: Duty, mina: Actor, now: datetime
) -> None:
    promised, statute = clock_of(duty, "promise").due, clock_of(duty, "statute").due
    ask_completion(case=case, what="فیش حقوقی", by=mina, now=now + DAY)
    assert waits_for(again(duty)) == "person"
    assert again(duty).due_at == statute
    assert clock_of(again(duty), "promise").due is None
    assert TimeNote.objects.get(duty=duty).why == "فیش حقوقی"
    complete(case=case, text="پیوست شد.", by=mina, now=now + 5 * DAY)
    gone_on = again(duty)
    assert waits_for(gone_on) == ""
    assert promised is not None
    assert gone_on.due_at == calendar_of(duty.unit_path).due(now + 4 * DAY, Length.parse(duty.length))
    assert clock_of(gone_on, "statute").due == statute
    assert same_as_the_journal(duty)


def test_whoever_works_on_waits_no_longer(case: Case, duty: Duty, mina: Actor, now: datetime) -> None:
    ask_completion(case=case, what="فیش حقوقی", by=mina, now=now)
    draft(case=case, words=WORDS, by=mina, now=now + DAY)
    assert waits_for(again(duty)) == ""
    assert clock_of(again(duty), "draft").stopped == now + DAY
    assert same_as_the_journal(duty)


def test_steps_inside_end_and_begin_with_the_work(
    case: Case, duty: Duty, units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    refer(case=case, to=units["karaj"], task="بررسی", length=None, by=mina, now=now)
    assert clock_of(again(duty), "routing").stopped == now
    submit(answer=draft(case=case, words=WORDS, by=mina, now=now + DAY), by=mina, now=now + DAY)
    approval = clock_of(again(duty), "approval")
    assert (approval.start, approval.stopped) == (now + DAY, None)
    assert same_as_the_journal(duty)


def test_an_ended_duty_keeps_its_times_and_needs_no_telling(case: Case, duty: Duty, now: datetime) -> None:
    answered(case, now + DAY)
    ended = again(duty)
    assert (ended.due_at, ended.rung_at) == (duty.due_at, None)
    assert all(clock.stopped for clock in run_of(ended).clocks)
    assert plain(replay(ended), ended.opened_at) == ended.clocks


def test_nobody_lets_a_clock_stand_twice_or_without_a_reason(duty: Duty, mina: Actor, now: datetime) -> None:
    with pytest.raises(ReasonUnsaid):
        pause(duty=duty, why="agency", reason=" ", by=mina, now=now)
    with pytest.raises(RunsAlready):
        resume(duty=duty, by=mina, now=now)
    pause(duty=duty, why="agency", reason="استعلام از تأمین اجتماعی", by=mina, now=now)
    with pytest.raises(StandsAlready):
        pause(duty=duty, why="agency", reason="دوباره", by=mina, now=now)
    assert Entry.objects.get(verb="duty.paused").facts["why"] == "agency"


def test_a_time_that_has_run_out_does_not_stand(duty: Duty, mina: Actor, now: datetime) -> None:
    assert duty.due_at is not None
    with pytest.raises(NothingMayStand):
        pause(duty=duty, why="person", reason="دیر شد", by=mina, now=duty.due_at + DAY)
    assert again(duty).due_at == duty.due_at, "late stays late"


def test_more_time_has_its_power_its_bounds_and_its_reason(duty: Duty, mina: Actor, reza: Actor, now: datetime) -> None:
    five = Length.parse("5 working days")
    with pytest.raises(NotAllowed):
        extend(duty=duty, regime="promise", length=five, reason="بازدید", by=mina, now=now)
    for by in (reza, system("test")):
        with pytest.raises(MayNotExtend):
            extend(duty=duty, regime="statute", length=five, reason="بازدید", by=by, now=now)
    with pytest.raises(ReasonUnsaid):
        extend(duty=duty, regime="promise", length=five, reason="", by=reza, now=now)
    with pytest.raises(ExtendedTooFar):
        extend(duty=duty, regime="promise", length=Length.parse("60 calendar days"), reason="بازدید", by=reza, now=now)
    assert duty.due_at is not None
    with pytest.raises(TooLateToExtend):
        extend(duty=duty, regime="promise", length=five, reason="بازدید", by=reza, now=duty.due_at + DAY)
    assert [clock.regime for clock in extendable(duty, reza, now)] == ["promise"]
    first = duty.due_at
    extend(duty=duty, regime="promise", length=five, reason="بازدید", by=reza, now=now)
    assert duty.due_at == calendar_of(duty.unit_path).due(first, five)
    extend(duty=duty, regime="promise", length=five, reason="بازدید دوم", by=reza, now=now)
    with pytest.raises(ExtendedEnough):
        extend(duty=duty, regime="promise", length=five, reason="بازدید سوم", by=reza, now=now)
    assert same_as_the_journal(duty)


def test_another_card_gives_another_time_from_the_beginning(duty: Duty, mina: Actor, now: datetime) -> None:
    retime(duty=duty, length=Length.parse("3 working days"), by=mina, now=now + DAY)
    assert duty.due_at == calendar_of(duty.unit_path).due(now, Length.parse("3 working days"))
    assert clock_of(duty, "draft").length == "2 working days"
    assert same_as_the_journal(duty)


def test_steps_of_the_ladder_are_taken_once(duty: Duty, now: datetime) -> None:
    first = duty.rung_at
    assert first is not None
    due = rungs_due(duty, first)
    assert due == [("routing 100%", ("head",))]
    other = again(duty)
    assert escalated(duty=duty, rungs=["routing 100%"], by=system("escalate"), now=now)
    assert not escalated(duty=other, rungs=["routing 100%"], by=system("escalate"), now=now)
    later = again(duty).rung_at
    assert later is not None and later > first
    assert same_as_the_journal(duty)


def test_figures_follow_a_time_that_moves(duty: Duty, mina: Actor, now: datetime) -> None:
    def owed() -> int:
        catch_up(READER)
        return sum(Owed.objects.filter(path="ir/", grain="half").values_list("n", flat=True))

    before = owed()
    pause(duty=duty, why="agency", reason="استعلام", by=mina, now=now)
    assert before == owed() == 1, "moved, neither added nor lost"


STEPS = ("pause", "resume", "extend", "retime", "ask", "complete", "tell", "close")


@pytest.mark.parametrize("seed", range(5))
def test_whatever_happens_the_row_keeps_what_the_journal_gives(
    seed: int, case: Case, duty: Duty, reza: Actor, nima: Actor, units: dict[str, Unit], now: datetime
) -> None:
    random, at = Random(seed), now
    acts: dict[str, Callable[[Duty], object]] = {
        "pause": lambda duty: pause(duty=duty, why="agency", reason="استعلام", by=reza, now=at),
        "resume": lambda duty: resume(duty=duty, by=reza, now=at),
        "extend": lambda duty: extend(
            duty=duty, regime="promise", length=Length.parse("2 working days"), reason="بازدید", by=reza, now=at
        ),
        "retime": lambda duty: retime(
            duty=duty, length=Length(random.randrange(5, 25), Length.parse("1 working day").unit), by=reza, now=at
        ),
        "ask": lambda _duty: ask_completion(case=Case.objects.get(pk=case.pk), what="مدرک", by=reza, now=at),
        "complete": lambda _duty: complete(case=Case.objects.get(pk=case.pk), text="مدرک", by=reza, now=at),
        "tell": lambda duty: escalated(duty=duty, rungs=["promise 50%"], by=system("escalate"), now=at),
        "close": lambda _duty: announce_closure(
            unit=units["alborz"],
            day=date(2026, 11, 26) + timedelta(days=random.randrange(1, 30)),
            hours="",
            reason=Titles(fa="سرما", en="Cold"),
            by=nima,
            now=now,
        ),
    }
    done = set()
    for step in random.choices(STEPS, k=10):
        at += timedelta(hours=random.randrange(2, 30))
        try:
            acts[step](again(duty))
            done.add(step)
        except Refusal:
            continue
    assert done
    row = again(duty)
    recompute(duty=row, by=system("test"), now=NOW)
    clocks = replay(row)
    assert plain(clocks, row.opened_at) == again(duty).clocks
    assert nearest(clocks) == again(duty).due_at
    for clock in clocks:
        if clock.due and clock.regime == "statute":
            assert clock.due == calendar_of(row.unit_path).due(row.opened_at, Length.parse("90 calendar days"))
