"""A decision follows its parts and the cases it opened: part of every deed that changes one of them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q

from takrim.decisions.events import OpenAgain, Settled
from takrim.decisions.models import OPEN_STATES, Decision, Link, Relation
from takrim.decisions.moves import DecisionMovedMeanwhile, whole
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.rows import change


def settle(decision: Decision, *, by: Actor, now: datetime) -> None:
    """Set where the decision stands; its end, or its going on, is told."""
    parts = list(decision.shares.values_list("state", flat=True))
    opened = Link.objects.filter(decision=decision, relation=Relation.OPENED)
    cases = opened.aggregate(all=Count("pk"), waiting=Count("pk", filter=Q(done_at=None)))
    state, was = whole(parts, cases=cases["all"], waiting=cases["waiting"]), decision.state
    if state == was:
        return
    ends, ended = state not in OPEN_STATES, was not in OPEN_STATES
    settled = (decision.settled_at or now) if ends else None
    if not change(decision, still={"state": was}, to={"state": state, "settled_at": settled}):
        raise DecisionMovedMeanwhile
    body, unit = decision.body_id, decision.unit_path
    if ends:
        event = Settled(body=body, unit=unit, result=state, decided=decision.issued_at)
        record(event, on=decision.subject, unit_path=unit, by=by, at=now)
    elif ended:
        record(OpenAgain(body=body, unit=unit), on=decision.subject, unit_path=unit, by=by, at=now)
