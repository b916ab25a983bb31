"""In which order a deed takes what others may want as well: the decision, what is owed for it, the chains."""

from __future__ import annotations

from django.db.models import F

from takrim.decisions.models import Decision, Share
from takrim.duties.models import Duty
from takrim.journal.record import take_chains


def hold(decision: Decision, *paths: str) -> None:
    """Take the decision's row, those of its duties, and the chains of all who have a part or stand at `paths`."""
    take_chains([*take_rows(decision), *paths])


def take_rows(decision: Decision) -> list[str]:
    """The rows alone: the decision, then what is owed for it; at which offices it is written about."""
    Decision.objects.filter(pk=decision.pk).update(state=F("state"))
    decision.refresh_from_db(fields=["state", "settled_at"])
    owed = Duty.objects.owed().filter(share__decision=decision).order_by("id").select_for_update(of=("self",))
    return [decision.unit_path, *owed.values_list("unit_path", flat=True)]


def hold_part(share: Share) -> None:
    """The same for one of its parts, whose duty is read anew."""
    hold(share.decision, share.unit_path)
    share.duty.refresh_from_db()
