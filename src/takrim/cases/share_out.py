"""Sharing new work out in offices that have chosen a way: what nobody has been given, oldest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.cases.conflict import Shields
from takrim.cases.models import Answer, Case
from takrim.duties.actions_assign import give_in_turn
from takrim.duties.loads import next_share, shares_of, weight_of, with_more
from takrim.duties.models import Duty, Sharing, Way
from takrim.orgs.actor import system

# One run; what is left over is given by the next.
MOST = 500


def share_out(now: datetime, limit: int = MOST) -> int:
    """Give what nobody has; says how much was given. One query where there is nothing to give."""
    rows = Sharing.objects.exclude(way=Way.BY_HAND).select_related("unit").order_by("unit_id")
    return sum(_share_out(sharing, now, limit) for sharing in rows)


def _share_out(sharing: Sharing, now: datetime, limit: int) -> int:
    waiting = Duty.objects.owed().given_to(None).filter(unit_id=sharing.unit_id, answered_at=None).order_by("id")
    duties = list(waiting[:limit])
    if not duties:
        return 0
    by, given = system("share_out"), 0
    kinds = dict(Case.objects.filter(code__in={duty.about for duty in duties}).values_list("code", "kind"))
    kept = _kept_from(duties)
    shares = shares_of(sharing.unit, local_date(now))
    for duty in duties:
        weight = weight_of(kinds.get(duty.about, ""), duty.difficulty, sharing.weights)
        # Neither to whom it is about nor to the seat of theirs at which somebody stands in.
        able = [share for share in shares if not share.seat.people & kept.get(duty.about, frozenset())]
        share = next_share(sharing, able, weight, _objected_to(duty))
        if share is None:
            continue
        try:
            give_in_turn(sharing=sharing, duty=duty, seat=share.seat, weight=weight, by=by, now=now)
        except Refusal:
            # Answered, given by hand, or shared out by another worker in this very moment.
            sharing.refresh_from_db()
            continue
        shares = with_more(shares, share, weight)
        given += 1
    return given


def _kept_from(duties: Sequence[Duty]) -> dict[str, frozenset[int | None]]:
    """Whom cases are about, by case: they are not given to them."""
    rows = Shields.of(duty.about for duty in duties).rows
    return {code: frozenset(row.person_id for row in shields) for code, shields in rows.items()}


def _objected_to(duty: Duty) -> frozenset[str]:
    """Whoever wrote an answer that was objected to: another officer answers now."""
    if duty.kind != "final_answer":
        return frozenset()
    answers = Answer.objects.filter(case__code=duty.about, case__reopened__gt=0, objection__isnull=False)
    return frozenset(answers.values_list("drafted_by", flat=True))
