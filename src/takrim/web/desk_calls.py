"""What somebody who calls people for the survey reaches: the calls of their house, and the one they have taken."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Count

from takrim.cases.actions_calls import calls_for
from takrim.cases.models_judged import Call, CallDraw
from takrim.web.desk import Desk


def waiting(desk: Desk, now: datetime) -> list[Call]:
    """The calls that may be made now, those tried least first; whom they reach is told to who takes one."""
    rows = calls_for(desk.actor).waiting(now).free(now).select_related("case__card")
    return list(rows.order_by("tries", "next_at", "id")[:50])


def later(desk: Desk, now: datetime) -> int:
    """How many wait for another day."""
    return calls_for(desk.actor).filter(closed_at=None, next_at__gt=now, until__gt=now).count()


def taken(desk: Desk, now: datetime) -> Call | None:
    """The call that the person at this desk is making."""
    held = calls_for(desk.actor).filter(closed_at=None, taken_by=desk.actor.code, taken_until__gt=now)
    return held.select_related("case__party", "case__card").first()


def last_draw(desk: Desk) -> CallDraw | None:
    """The newest sample."""
    return CallDraw.objects.order_by("-period").first()


def ended(desk: Desk, draw: CallDraw) -> Counter[str]:
    """How the calls of a sample ended in this house; "" stands for those that have not."""
    rows = calls_for(desk.actor).filter(draw=draw).order_by().values_list("outcome").annotate(many=Count("id"))
    return Counter(dict(rows))
