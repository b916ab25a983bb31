"""Whoever wrote a proof down gets a letter when it is returned, unless it was sent again meanwhile."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.journal.follow import catch_up
from takrim.letters.models import Letter
from takrim.letters.write import READER
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.proofs.actions import send
from takrim.proofs.actions_judge import return_proof
from takrim.proofs.models import Action
from tests.proving import Accounts, given


@pytest.fixture
def returned(mina: Actor, shirin: Actor, thing: Accounts, now: datetime) -> Action:
    Person.objects.filter(pk=mina.person_id).update(email="mina@example.ir")
    return return_proof(action=given(mina, now), reason="فهرست حاضران نیست.", by=shirin, now=now)


def test_a_returned_proof_is_told_with_its_reason_and_date(returned: Action) -> None:
    catch_up(READER)
    letter = Letter.objects.get(kind="proof_returned")
    assert letter.to == "mina@example.ir"
    assert "فهرست حاضران نیست." in letter.body
    assert f"/council/proofs/{returned.code}/" in letter.body
    assert "آذر" in letter.body


def test_what_was_sent_again_meanwhile_needs_no_word(returned: Action, mina: Actor, now: datetime) -> None:
    send(action=returned, by=mina, now=now)
    catch_up(READER)
    assert not Letter.objects.filter(kind="proof_returned").exists()
