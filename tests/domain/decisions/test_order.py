"""Proofs of what a body of the ministry decided write to two chains: always in one order, and after the rows."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.councils.models import Body, Role
from takrim.decisions.actions_confirm import confirm
from takrim.decisions.actions_do import report
from takrim.decisions.models import Share, State
from takrim.decisions.provables.decision import code_of
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.proofs.actions import add_files, begin, send, withdraw_proof
from takrim.proofs.actions_judge import accept, refuse, return_proof
from takrim.proofs.models import Action
from tests.deciding import Decide, Seat, part
from tests.people import HIRED
from tests.proving import DONE, photo


@pytest.fixture
def of_ministry(units: dict[str, Unit], decide: Decide, seat: Seat, leila: Actor, shirin: Actor) -> Share:
    """Nazarabad carries out what a headquarters of the ministry decided."""
    body = Body.objects.create(
        code="05000000033",
        kind="headquarters",
        name_fa="ستاد وزارت",
        unit=units["ministry"],
        unit_path="ir/",
        since=HIRED,
    )
    seat(body, leila, Role.SECRETARY)
    return part(decide("nazarabad", body=body))


@pytest.fixture
def proof(of_ministry: Share, mina: Actor, now: datetime) -> Action:
    action = begin(done=DONE, proves=[("decision", code_of(of_ministry))], by=mina, now=now)
    add_files(action=action, uploads=[photo(1)], by=mina, now=now)
    return send(action=action, by=mina, now=now)


@pytest.mark.parametrize("deed", [return_proof, refuse])
def test_a_confirmed_part_falls_back_with_its_proof(
    deed: object, of_ministry: Share, proof: Action, mina: Actor, leila: Actor, shirin: Actor, now: datetime
) -> None:
    accept(action=proof, by=shirin, now=now)
    report(share=part(of_ministry.decision), text="نصب شد.", by=mina, now=now)
    confirm(share=part(of_ministry.decision), by=leila, now=now)
    # The watch of the tests would say that the chain of the ministry was taken behind that of the province.
    deed(action=proof, reason="عکس از جای دیگری است.", by=shirin, now=now)  # type: ignore[operator]  # one of two deeds
    assert part(of_ministry.decision).state == State.REPORTED


def test_what_was_returned_may_be_sent_again_or_withdrawn(
    of_ministry: Share, proof: Action, mina: Actor, shirin: Actor, now: datetime
) -> None:
    return_proof(action=proof, reason="تاریخ پیدا نیست.", by=shirin, now=now)
    assert part(of_ministry.decision).proofs == 0
    send(action=proof, by=mina, now=now)
    assert part(of_ministry.decision).proofs == 1
    return_proof(action=proof, reason="تاریخ پیدا نیست.", by=shirin, now=now)
    withdraw_proof(action=proof, by=mina, now=now)
    assert part(of_ministry.decision).proofs == 0
