"""Many invented decisions at once: rows that all constraints take, in every state, newest last."""

from __future__ import annotations

from datetime import datetime

from takrim.councils.models import Body
from takrim.decisions.models import Decision, Share, State
from takrim.site.filling.decisions import fill_decisions
from tests.deciding import committee, leila, nasrin, seat

__all__ = ["committee", "leila", "nasrin", "seat"]


def test_a_province_is_filled_with_decisions_in_every_state(committee: Body, now: datetime) -> None:
    parts = fill_decisions(province="ir/alborz/", decisions=300, now=now)
    assert (Decision.objects.count(), Share.objects.count()) == (300, parts)
    assert set(Share.objects.values_list("state", flat=True)) == set(State)
    issued = list(Decision.objects.order_by("pk").values_list("issued_at", flat=True))
    assert issued == sorted(issued)
    assert issued[-1] < now
