"""The duty of a planned action follows its proofs: sent, it is answered; accepted, it is over; returned, owed again."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from takrim.duties.actions import accept, answer, question, send_back
from takrim.duties.models import Duty, State
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.programmes.models import Planned
from takrim.proofs.queries import NO_SUPPORT, Support, support_of

PROVABLE = "programme"


def follow(code: str, by: Actor, now: datetime) -> None:
    """Bring the duty to where its proofs are. Part of the deed that changed them."""
    planned = Planned.objects.select_related("duty").filter(code=code, cancelled_at=None).first()
    if planned is None:
        return
    support = support_of(PROVABLE, [code]).get(code, NO_SUPPORT)
    duty = planned.duty
    if duty.state == State.ACCEPTED and not support.is_proven:
        question(duty=duty, by=by, now=now, power=_power(by))
    if duty.state in {State.OPEN, State.RETURNED} and (support.sent or support.is_proven):
        answer(duty=duty, text=planned.title, by=by, now=now)
    if duty.state == State.ANSWERED and support.is_proven:
        accept(duty=duty, by=by, now=now, power=Power.PROOF_JUDGE)
    if duty.state == State.ANSWERED and not _waits(support):
        send_back(duty=duty, reason="", by=by, now=now, power=_power(by))


def hold(codes: Collection[str]) -> Iterable[str]:
    """The duties of planned actions in their order; at which offices they are written about."""
    planned = Planned.objects.filter(code__in=codes, cancelled_at=None).values("duty_id")
    duties = Duty.objects.filter(pk__in=planned).order_by("id").select_for_update(of=("self",))
    return list(duties.values_list("unit_path", flat=True))


def _waits(support: Support) -> bool:
    return bool(support.sent) or support.is_proven


def _power(by: Actor) -> Power:
    """Who judges returns it; its own office may have withdrawn it."""
    return Power.PROOF_JUDGE if by.may(Power.PROOF_JUDGE) else Power.PROOF_GIVE
