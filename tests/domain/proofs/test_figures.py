"""A proof that is returned lowers the figure of its office, also where it had been accepted before."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction

from takrim.base.period import Period
from takrim.indicators.follow import READER, rebuild
from takrim.indicators.values import values_of
from takrim.journal.follow import catch_up
from takrim.orgs.actor import Actor
from takrim.proofs.actions import send
from takrim.proofs.actions_judge import accept, refuse, return_proof
from tests.proving import Accounts, given

MONTH = Period.parse("1405-09")


def _share(code: str, now: datetime, path: str = "ir/alborz/nazarabad/", period: Period = MONTH) -> Fraction | None:
    catch_up(READER)
    measured = values_of([path], [code], period, now)[path, code]
    return measured.value if measured else None


def test_the_share_falls_when_what_was_accepted_is_returned(
    mina: Actor, shirin: Actor, thing: Accounts, now: datetime
) -> None:
    assert _share("proofs_accepted", now) is None
    actions = [given(mina, now, seed=n) for n in range(4)]
    for action in actions[:3]:
        accept(action=action, by=shirin, now=now)
    assert _share("proofs_accepted", now) == 1
    refuse(action=actions[3], reason="نامربوط است.", by=shirin, now=now)
    assert _share("proofs_accepted", now) == Fraction(3, 4)
    # In the next month; what it takes back was counted in this one.
    later = now + timedelta(days=40)
    return_proof(action=actions[0], reason="عکس تکراری است.", by=shirin, now=later)
    assert _share("proofs_accepted", now) == Fraction(2, 3)
    assert _share("proofs_returned", later, period=Period.parse("1405-10")) == 1
    send(action=actions[0], by=mina, now=later)
    accept(action=actions[0], by=shirin, now=later)
    assert _share("proofs_accepted", later, period=Period.parse("1405-10")) == Fraction(1, 2)
    assert _share("proofs_accepted", now, "ir/alborz/") == Fraction(2, 3), "the province counts its offices"


def test_reading_the_journal_again_gives_the_same(mina: Actor, shirin: Actor, thing: Accounts, now: datetime) -> None:
    action = accept(action=given(mina, now), by=shirin, now=now)
    return_proof(action=action, reason="ناقص است.", by=shirin, now=now)
    before = (_share("proofs_accepted", now), _share("proofs_returned", now))
    rebuild()
    assert (_share("proofs_accepted", now), _share("proofs_returned", now)) == before == (0, 1)
