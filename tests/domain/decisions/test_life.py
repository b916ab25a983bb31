"""The life of a decision: issued, carried out, reported, confirmed; each step once, by whom it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from takrim.base.errors import Refusal
from takrim.councils.models import Body
from takrim.councils.queries import NotYourBody
from takrim.decisions import actions_confirm as deeds
from takrim.decisions.actions_confirm import WhyUnsaid
from takrim.decisions.actions_do import NothingReported, report, take_up
from takrim.decisions.actions_write import (
    NobodyCarriesItOut,
    NothingDecided,
    NotOfThisHouse,
    Owner,
    TooEarly,
    Wording,
    add_part,
    until,
    write_down,
)
from takrim.decisions.models import Decision, Share, State, Verdict
from takrim.decisions.moves import MOVES, DecisionCannotMove, DecisionMovedMeanwhile, Move, whole
from takrim.duties.actions import NotYourDuty
from takrim.duties.actions_clocks import recompute
from takrim.duties.clocks import read
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from tests.deciding import DUE, TEXT, Decide, part
from tests.people import Hire

DAY = timedelta(days=1)
DONE = "تابلو نصب شد؛ عکس پیوست است."


def state(decision: Decision) -> str:
    decision.refresh_from_db()
    return decision.state


def reported(share: Share, by: Actor, now: datetime) -> Share:
    report(share=share, text=DONE, by=by, now=now)
    return share


def test_what_is_decided_is_owed_by_each_office(decide: Decide) -> None:
    decision = decide("nazarabad", "karaj")
    shares = list(decision.shares.order_by("place"))
    assert [share.unit_path for share in shares] == ["ir/alborz/nazarabad/", "ir/alborz/karaj/"]
    duty = shares[0].duty
    assert (duty.kind, duty.about, duty.task, duty.judge_path) == (
        "decision",
        f"decision:{decision.code}/1",
        TEXT,
        "ir/alborz/",
    )
    assert duty.due_at == until(DUE).fixed
    assert {clock.regime for clock in read(duty.clocks, duty.opened_at)} == {"decision"}
    assert Entry.objects.get(subject=decision.subject).verb == "decision.issued"


def test_it_is_taken_in_hand_reported_confirmed_and_over(
    decision: Decision, share: Share, mina: Actor, leila: Actor, now: datetime
) -> None:
    take_up(share=share, by=mina, now=now)
    assert state(decision) == State.IN_HAND
    written = report(share=share, text=DONE, by=mina, now=now + DAY)
    assert (state(decision), share.duty.state) == (State.REPORTED, DutyState.ANSWERED)
    share = part(decision)
    deeds.confirm(share=share, by=leila, now=now + 2 * DAY)
    assert (state(decision), decision.settled_at) == (State.FULFILLED, now + 2 * DAY)
    assert part(decision).duty.state == DutyState.ACCEPTED
    written.refresh_from_db()
    assert (written.verdict, written.judged_by) == (Verdict.CONFIRMED, "لیلا کاظمی")
    verbs = Entry.objects.filter(subject__startswith=decision.subject).order_by("id").values_list("verb", flat=True)
    assert [verb for verb in verbs if verb.startswith("decision.")] == [
        "decision.issued",
        "decision.taken_up",
        "decision.reported",
        "decision.part_fulfilled",
        "decision.settled",
    ]


def test_several_offices_fulfil_it_only_together(
    decide: Decide, mina: Actor, hadi: Actor, leila: Actor, now: datetime
) -> None:
    decision = decide("nazarabad", "karaj")
    deeds.confirm(share=reported(part(decision, 1), mina, now), by=leila, now=now)
    assert state(decision) == State.IN_HAND
    reported(part(decision, 2), hadi, now)
    assert state(decision) == State.REPORTED
    deeds.confirm(share=part(decision, 2), by=leila, now=now)
    assert state(decision) == State.FULFILLED


@pytest.mark.parametrize(
    ("parts", "cases", "waiting", "result"),
    [
        (["issued", "issued"], 0, 0, "issued"),
        (["issued", "in_hand"], 0, 0, "in_hand"),
        (["issued", "reported"], 0, 0, "in_hand"),
        (["fulfilled", "reported"], 0, 0, "reported"),
        (["fulfilled", "issued"], 0, 0, "in_hand"),
        (["fulfilled", "fulfilled"], 0, 0, "fulfilled"),
        (["fulfilled", "cancelled"], 0, 0, "fulfilled"),
        (["fulfilled", "stopped"], 0, 0, "partly_fulfilled"),
        (["fulfilled", "not_fulfilled"], 0, 0, "partly_fulfilled"),
        (["not_fulfilled", "not_fulfilled"], 0, 0, "not_fulfilled"),
        (["stopped", "cancelled"], 0, 0, "stopped"),
        (["cancelled"], 0, 0, "cancelled"),
        (["issued"], 1, 1, "in_hand"),
        (["reported"], 1, 1, "in_hand"),
        (["fulfilled"], 1, 1, "in_hand"),
        (["fulfilled"], 1, 0, "fulfilled"),
        (["cancelled"], 1, 0, "fulfilled"),
    ],
)
def test_the_whole_follows_its_parts(parts: list[str], cases: int, waiting: int, result: str) -> None:
    assert whole(parts, cases=cases, waiting=waiting) == result


@pytest.mark.parametrize("deed", [deeds.confirm_partly, deeds.refuse, deeds.send_back, deeds.stop, deeds.cancel])
def test_what_is_less_than_fulfilled_needs_a_reason(
    deed: Callable[..., object], share: Share, mina: Actor, leila: Actor, now: datetime
) -> None:
    reported(share, mina, now)
    with pytest.raises(WhyUnsaid):
        deed(share=share, why="  ", by=leila, now=now)


@pytest.mark.parametrize(
    ("deed", "ends", "duty"),
    [
        (deeds.confirm_partly, State.PARTLY_FULFILLED, DutyState.ACCEPTED),
        (deeds.refuse, State.NOT_FULFILLED, DutyState.WITHDRAWN),
        (deeds.stop, State.STOPPED, DutyState.WITHDRAWN),
        (deeds.cancel, State.CANCELLED, DutyState.WITHDRAWN),
    ],
)
def test_the_reason_is_kept_with_the_end(
    deed: Callable[..., object],
    ends: State,
    duty: DutyState,
    decision: Decision,
    share: Share,
    mina: Actor,
    leila: Actor,
    now: datetime,
) -> None:
    reported(share, mina, now)
    deed(share=share, why="بودجه نرسید.", by=leila, now=now)
    share = part(decision)
    assert (state(decision), share.reason, share.settled_by) == (ends, "بودجه نرسید.", "لیلا کاظمی")
    assert share.duty.state == duty


def test_a_report_that_is_sent_back_has_a_time_of_its_own(
    decision: Decision, share: Share, mina: Actor, leila: Actor, now: datetime
) -> None:
    due = share.duty.due_at
    reported(share, mina, now + DAY)
    deeds.send_back(share=share, why="عکس ندارد.", by=leila, now=now + 2 * DAY)
    share = part(decision)
    assert (share.state, share.returned, share.duty.state) == (State.IN_HAND, 1, DutyState.RETURNED)
    own = next(one for one in read(share.duty.clocks, share.duty.opened_at) if one.regime == "decision_returned")
    assert own.start == now + 2 * DAY
    assert own.due is not None
    assert own.due > now + 6 * DAY
    assert share.duty.due_at == due, "the last day of the decision stays what it was"
    assert not recompute(duty=share.duty, by=leila, now=now + 3 * DAY), "the journal tells the same"
    reported(share, mina, now + 4 * DAY)
    own = next(one for one in read(share.duty.clocks, share.duty.opened_at) if one.regime == "decision_returned")
    assert own.stopped == now + 4 * DAY
    assert [one.verdict for one in share.reports.order_by("number")] == [Verdict.RETURNED, Verdict.WAITING]
    assert not recompute(duty=Duty.objects.get(pk=share.duty_id), by=leila, now=now + 5 * DAY)


def test_what_was_stopped_goes_on_with_a_new_date(
    decision: Decision, share: Share, leila: Actor, mina: Actor, now: datetime
) -> None:
    deeds.stop(share=share, why="بودجه نرسید.", by=leila, now=now)
    later = until((now + 60 * DAY).date())
    deeds.go_on(share=share, term=later, by=leila, now=now + 10 * DAY)
    share = part(decision)
    assert (state(decision), share.state, share.reason) == (State.IN_HAND, State.IN_HAND, "")
    assert (share.duty.due_at, share.duty.about) == (later.fixed, share.subject)
    assert Entry.objects.filter(subject=decision.subject, verb="decision.open_again").exists()
    assert not recompute(duty=share.duty, by=leila, now=now + 11 * DAY)
    reported(share, mina, now + 20 * DAY)
    assert state(decision) == State.REPORTED


def test_the_last_day_is_put_off_with_a_reason(share: Share, leila: Actor, now: datetime) -> None:
    moment = until((now + 90 * DAY).date()).fixed
    assert moment is not None
    deeds.postpone(share=share, until=moment, why="تأمین اعتبار در پاییز است.", by=leila, now=now)
    share.duty.refresh_from_db()
    assert share.duty.due_at == moment
    with pytest.raises(TooEarly):
        deeds.postpone(share=share, until=now - DAY, why="اشتباه", by=leila, now=now)
    with pytest.raises(WhyUnsaid):
        deeds.postpone(share=share, until=moment, why="", by=leila, now=now)


def test_steps_are_taken_only_from_where_they_lead(share: Share, mina: Actor, leila: Actor, now: datetime) -> None:
    with pytest.raises(DecisionCannotMove):
        deeds.confirm(share=share, by=leila, now=now)
    reported(share, mina, now)
    with pytest.raises(DecisionCannotMove):
        report(share=share, text=DONE, by=mina, now=now)
    with pytest.raises(NothingReported):
        report(share=share, text=" ", by=mina, now=now)


def test_of_two_who_are_as_fast_one_is_told(decision: Decision, mina: Actor, leila: Actor, now: datetime) -> None:
    mine, hers = part(decision), part(decision)
    reported(mine, mina, now)
    with pytest.raises(DecisionMovedMeanwhile):
        report(share=hers, text=DONE, by=mina, now=now)


def test_another_office_reports_nothing(share: Share, hadi: Actor, omid: Actor, now: datetime) -> None:
    for stranger in (hadi, omid):
        with pytest.raises(NotYourDuty):
            report(share=share, text=DONE, by=stranger, now=now)
        with pytest.raises(NotYourDuty):
            take_up(share=share, by=stranger, now=now)


def test_only_who_keeps_the_body_writes_its_decisions(
    committee: Body, units: dict[str, Unit], leila: Actor, omid: Actor, reza: Actor, hire: Hire, now: datetime
) -> None:
    wording = Wording(text=TEXT, decided_on=now.date(), owners=[Owner(unit=units["karaj"])], term=until(DUE))
    with pytest.raises(NotAllowed):
        write_down(body=committee, wording=wording, by=reza, now=now)
    stranger = hire("maryam", "مریم", "secretary", "qom")
    with pytest.raises(NotYourBody):
        write_down(body=committee, wording=wording, by=stranger, now=now)
    first = write_down(body=committee, wording=wording, by=leila, now=now)
    second = write_down(body=committee, wording=wording, by=leila, now=now)
    assert (first.number, second.number) == ("1405-1", "1405-2")


def test_a_decision_says_something_to_somebody_in_time(
    committee: Body, units: dict[str, Unit], leila: Actor, now: datetime
) -> None:
    def wording(**changes: Any) -> Wording:
        given: dict[str, Any] = {
            "text": TEXT,
            "decided_on": now.date(),
            "owners": [Owner(unit=units["karaj"])],
            "term": until(DUE),
        }
        return Wording(**{**given, **changes})

    refused: dict[type[Refusal], dict[str, Any]] = {
        NothingDecided: {"text": "  "},
        NobodyCarriesItOut: {"owners": []},
        NotOfThisHouse: {"owners": [Owner(unit=units["kahak"])]},
        TooEarly: {"term": until((now - 3 * DAY).date())},
    }
    for refusal, changes in refused.items():
        with pytest.raises(refusal):
            write_down(body=committee, wording=wording(**changes), by=leila, now=now)
    assert not Decision.objects.exists()


def test_a_part_may_be_asked_of_another_office_while_it_is_open(
    decision: Decision, units: dict[str, Unit], mina: Actor, hadi: Actor, leila: Actor, now: datetime
) -> None:
    owner = Owner(unit=units["karaj"], task="تهیهٔ طرح تابلو")
    add_part(decision=decision, owner=owner, by=leila, now=now)
    second = part(decision, 2)
    assert (second.task, second.duty.task) == ("تهیهٔ طرح تابلو", "تهیهٔ طرح تابلو")
    deeds.confirm(share=reported(part(decision), mina, now), by=leila, now=now)
    assert state(decision) == State.IN_HAND, "fulfilled when that is done as well"
    deeds.confirm(share=reported(second, hadi, now), by=leila, now=now)
    with pytest.raises(DecisionCannotMove):
        add_part(decision=decision, owner=owner, by=leila, now=now)


def test_every_step_of_the_secretary_needs_the_power() -> None:
    ours = {Move.TAKE_UP, Move.REPORT}
    assert {move for move, rule in MOVES.items() if rule.power is Power.DUTY_ANSWER} == ours
    assert MOVES[Move.QUESTION].power is None, "it follows from what became of the proof"
    rest = set(Move) - ours - {Move.QUESTION}
    assert all(MOVES[move].power is Power.DECISION_CONFIRM for move in rest)
