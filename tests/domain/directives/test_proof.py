"""A clause proven by what an office did: counted, needed, and lowered at once when it falls away."""

from __future__ import annotations

import pytest

from takrim.directives import actions_work as work
from takrim.directives.models import Demand
from takrim.duties.models import State as DutyState
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor
from takrim.proofs.actions import add_files, begin, send
from takrim.proofs.actions_judge import accept, return_proof
from takrim.proofs.models import Action
from takrim.proofs.provable import PROVABLES, described, owed_by
from tests.directives import MakeDirective, letter, owed
from tests.people import NOW
from tests.proving import DONE, photo


def proved(demand: Demand, by: Actor) -> Action:
    """An action that its office handed in for a clause."""
    code = demand.code.removeprefix("clause:")
    action = begin(done=DONE, proves=[("clause", code)], by=by, now=NOW)
    add_files(action=action, uploads=[photo(1)], by=by, now=NOW)
    return send(action=action, by=by, now=NOW)


@pytest.fixture
def demand(make_directive: MakeDirective) -> Demand:
    return owed(make_directive(), "nazarabad")


def again(demand: Demand) -> Demand:
    return Demand.objects.select_related("duty", "directive").get(pk=demand.pk)


def test_a_clause_is_named_and_owed_by_its_office_until_something_proves_it(demand: Demand, mina: Actor) -> None:
    code = demand.code.removeprefix("clause:")
    assert [(kind, owing.code) for kind, owing in owed_by(mina) if kind == "clause"] == [("clause", code)]
    thing = described([("clause", code), ("clause", "0-0")])[("clause", code)]
    assert "راهنمای مراجعان نصب شود." in thing.title
    proved(demand, mina)
    assert again(demand).proofs == 1
    assert not [kind for kind, _owing in owed_by(mina) if kind == "clause"]


def test_another_office_cannot_prove_it(demand: Demand, hadi: Actor) -> None:
    assert not PROVABLES["clause"].open_to(demand.code.removeprefix("clause:"), hadi)
    assert not PROVABLES["clause"].open_to("0-0", hadi)


def test_a_report_may_rest_on_an_action_and_is_confirmed_when_that_was_accepted(
    demand: Demand, mina: Actor, leila: Actor
) -> None:
    action = proved(demand, mina)
    work.report(demand=again(demand), text="نصب شد", uploads=[], by=mina, now=NOW)
    with pytest.raises(work.ProofNotAccepted):
        work.confirm(demand=again(demand), by=leila, now=NOW)
    accept(action=action, by=leila, now=NOW)
    work.confirm(demand=again(demand), by=leila, now=NOW)
    assert again(demand).duty.state == DutyState.ACCEPTED


def test_a_returned_proof_lowers_what_was_proven_at_once(demand: Demand, mina: Actor, leila: Actor) -> None:
    action = proved(demand, mina)
    work.report(demand=again(demand), text="نصب شد", uploads=[], by=mina, now=NOW)
    accept(action=action, by=leila, now=NOW)
    work.confirm(demand=again(demand), by=leila, now=NOW)
    return_proof(action=action, reason="عکس پیشین است", by=leila, now=NOW)
    lowered = again(demand)
    assert (lowered.duty.state, lowered.proofs, lowered.judged_by) == (DutyState.RETURNED, 0, "")
    assert lowered.judged_why
    assert timeline(demand.code)[-1].verb == "clause.lowered"


def test_with_another_proof_left_it_only_waits_to_be_confirmed_again(demand: Demand, mina: Actor, leila: Actor) -> None:
    action = proved(demand, mina)
    accept(action=action, by=leila, now=NOW)
    work.report(demand=again(demand), text="نصب شد", uploads=[letter()], by=mina, now=NOW)
    work.confirm(demand=again(demand), by=leila, now=NOW)
    return_proof(action=action, reason="عکس پیشین است", by=leila, now=NOW)
    assert again(demand).duty.state == DutyState.ANSWERED


def test_a_returned_proof_of_what_nobody_reported_is_only_counted(demand: Demand, mina: Actor, leila: Actor) -> None:
    return_proof(action=proved(demand, mina), reason="عکس پیشین است", by=leila, now=NOW)
    assert (again(demand).duty.state, again(demand).proofs) == (DutyState.OPEN, 0)
