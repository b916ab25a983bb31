"""Decisions of the body that are overdue open its next meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.errors import InWords
from takrim.councils.source import Asking, Risen, Source
from takrim.decisions.models import Share
from takrim.orgs.units import unit_name


def _find(asking: Asking, now: datetime) -> Sequence[Risen]:
    """Each decision once, by the part that is late the longest. One query."""
    late = Share.objects.to_do().filter(body_id=asking.body, duty__due_at__lt=max(asking.at, now))
    longest: dict[int, Share] = {}
    for share in late.select_related("decision", "duty", "organisation").order_by("duty__due_at", "pk"):
        longest.setdefault(share.decision_id, share)
    return [_risen(share) for share in longest.values()]


def _risen(share: Share) -> Risen:
    decision, due = share.decision, share.duty.due_at
    assert due is not None  # only what has a date is late
    return Risen(
        key=decision.subject,
        title=InWords(fa=f"مصوبه معوق: {decision.title}", en=f"Overdue decision: {decision.title}"),
        note=InWords(
            fa=f"{share.from_outside or unit_name(share.unit_path, 'fa')} تا {words.date(due, 'fa')} مهلت داشت.",
            en=f"{share.from_outside or unit_name(share.unit_path, 'en')} had time until {words.date(due, 'en')}.",
        ),
    )


PLUGIN = Source(title=_("Overdue decisions"), place=20, find=_find)
