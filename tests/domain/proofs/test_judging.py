"""A secretary accepts, returns or refuses; what a proof supported falls at once; nobody judges their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.proofs.actions import begin, send, withdraw_proof
from takrim.proofs.actions_judge import (
    NoReason,
    NotAccepted,
    NotInYourHouse,
    OwnProof,
    accept,
    hide,
    may_judge,
    refuse,
    return_proof,
    show,
)
from takrim.proofs.models import Action, State
from takrim.proofs.moves import ProofCannotMove, ProofMovedMeanwhile
from takrim.proofs.queries import Support, of_house, seen_by, support_of
from tests.people import Hire
from tests.proving import DONE, Accounts, given

LATER = timedelta(days=1)


def test_an_accepted_proof_supports_what_it_proves(mina: Actor, shirin: Actor, thing: Accounts, now: datetime) -> None:
    action = accept(action=given(mina, now, "1", "2"), by=shirin, now=now)
    assert (action.state, action.judged_at, action.judge_id) == (State.ACCEPTED, now, shirin.person_id)
    assert support_of("thing", ["1", "2"]) == {"1": Support(accepted=1), "2": Support(accepted=1)}
    assert thing.changed == ["1", "2", "1", "2"]


def test_a_returned_proof_lowers_what_it_supported_at_once(
    mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = accept(action=given(mina, now), by=shirin, now=now)
    return_proof(action=action, reason="عکس از جای دیگری است.", by=shirin, now=now + LATER)
    support = support_of("thing", ["1"])["1"]
    assert not support.is_proven
    assert support == Support(returned=1)
    assert len(thing.changed) == 3
    assert Entry.objects.get(verb="proof.returned").facts["accepted"] == now.isoformat()


def test_a_returned_proof_is_owed_by_its_own_clock_until_it_is_sent_again(
    mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = return_proof(action=given(mina, now), reason="فهرست حاضران نیست.", by=shirin, now=now)
    duty = Duty.objects.get(about=action.subject)
    assert (duty.kind, duty.unit_path, duty.assignee_id) == ("proof_return", "ir/alborz/nazarabad/", mina.post_id)
    assert duty.due_at is not None
    assert duty.due_at > now + timedelta(days=5)
    assert "فهرست حاضران نیست." in duty.task
    send(action=action, by=mina, now=now + LATER)
    duty.refresh_from_db()
    assert (duty.state, duty.settled_at) == (DutyState.ACCEPTED, now + LATER)
    assert (action.state, action.judged_at, action.reason) == (State.SENT, None, "فهرست حاضران نیست.")


def test_what_cannot_be_completed_is_given_up_and_owed_no_more(
    mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = return_proof(action=given(mina, now), reason="ناقص است.", by=shirin, now=now)
    withdraw_proof(action=action, by=mina, now=now + LATER)
    assert not Duty.objects.owed().filter(about=action.subject).exists()
    assert support_of("thing", ["1"])["1"] == Support()


def test_a_refused_proof_is_over(mina: Actor, shirin: Actor, thing: Accounts, now: datetime) -> None:
    action = refuse(action=given(mina, now), reason="به این مصوبه مربوط نیست.", by=shirin, now=now)
    assert support_of("thing", ["1"])["1"] == Support(refused=1)
    with pytest.raises(ProofCannotMove):
        send(action=action, by=mina, now=now)
    assert not Duty.objects.filter(about=action.subject).exists()


@pytest.mark.parametrize("deed", [return_proof, refuse])
def test_without_a_reason_nothing_is_sent_back(
    deed: Callable[..., object], mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = given(mina, now)
    with pytest.raises(NoReason):
        deed(action=action, reason="", by=shirin, now=now)
    assert Action.objects.get().state == State.SENT


def test_nobody_judges_their_own_or_their_offices_proof(
    shirin: Actor, nima: Actor, mina: Actor, hire: Hire, thing: Accounts, now: datetime
) -> None:
    of_directorate = given(nima, now)
    with pytest.raises(OwnProof):
        accept(action=of_directorate, by=shirin, now=now)
    # Who wrote it down and has moved on since, judges it no more than before.
    mina_elsewhere = hire("mina", "مینا رضایی", "secretary", "karaj")
    of_mina = given(mina, now, seed=2)
    with pytest.raises(OwnProof):
        accept(action=of_mina, by=mina_elsewhere, now=now)
    assert may_judge(of_mina, shirin)
    assert list(of_house(shirin)) == [of_mina]
    assert list(of_house(mina_elsewhere)) == [of_directorate]


def test_a_secretary_of_another_province_neither_judges_nor_sees_it(
    mina: Actor, hire: Hire, thing: Accounts, now: datetime
) -> None:
    stranger = hire("vida", "ویدا قمی", "secretary", "qom")
    action = given(mina, now)
    with pytest.raises(NotInYourHouse):
        accept(action=action, by=stranger, now=now)
    assert not of_house(stranger).exists()
    assert not seen_by(stranger).exists()


def test_judging_is_for_secretaries(mina: Actor, reza: Actor, hadi: Actor, thing: Accounts, now: datetime) -> None:
    action = given(mina, now)
    for officer in (reza, hadi):
        with pytest.raises(NotAllowed):
            accept(action=action, by=officer, now=now)
    assert not of_house(reza).exists()


def test_a_draft_is_seen_by_its_own_office_alone(
    mina: Actor, reza: Actor, shirin: Actor, nima: Actor, hadi: Actor, thing: Accounts, now: datetime
) -> None:
    begin(done=DONE, proves=[], by=mina, now=now)
    assert [seen_by(one).count() for one in (mina, reza, shirin, nima, hadi)] == [1, 1, 0, 0, 0]
    given(mina, now)
    assert [seen_by(one).count() for one in (mina, reza, shirin, nima, hadi)] == [2, 2, 1, 1, 0]


def test_of_two_judges_one_is_told(mina: Actor, shirin: Actor, nima: Actor, thing: Accounts, now: datetime) -> None:
    action = given(mina, now)
    as_nima_saw_it = Action.objects.get(pk=action.pk)
    accept(action=action, by=shirin, now=now + LATER)
    with pytest.raises(ProofMovedMeanwhile):
        refuse(action=as_nima_saw_it, reason="نه", by=nima, now=now + LATER)


def test_only_what_was_accepted_is_shown_to_everybody(
    mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = given(mina, now)
    with pytest.raises(NotAccepted):
        show(action=action, by=shirin, now=now)
    accept(action=action, by=shirin, now=now)
    show(action=action, by=shirin, now=now)
    assert Action.objects.get().public_at == now
    hide(action=action, by=shirin, now=now)
    show(action=action, by=shirin, now=now)
    return_proof(action=action, reason="اشتباه بود.", by=shirin, now=now + LATER)
    assert Action.objects.get().public_at is None


def test_all_that_it_proves_is_held_before_the_first_event(
    mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    action = given(mina, now, "2", "1")
    thing.held.clear()
    written = Entry.objects.count()
    return_proof(action=action, reason="فهرست حاضران نیست.", by=shirin, now=now)
    assert thing.held == [("1", written), ("2", written)]
    written = Entry.objects.count()
    send(action=action, by=mina, now=now)
    # That its office no longer owes it is written after, too.
    assert thing.held[2:] == [("1", written), ("2", written)]
