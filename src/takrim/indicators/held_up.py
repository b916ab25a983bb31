"""Who holds it up: at which offices lies what an indicator counts as late, at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Min

from takrim.duties.models import Duty, DutyQuerySet
from takrim.orgs.paths import under

MOST: Final = 10
FINAL, REFERRAL = "final_answer", "referral"
# The kind of duty whose lateness lowers an indicator.
KINDS: Final = {
    **dict.fromkeys(
        ("answered_on_time", "missed", "overdue", "overdue_20_days", "past_day_75", "median_hours", "p90_hours"), FINAL
    ),
    "referrals_on_time": REFERRAL,
    "decisions_on_time": "decision",
    "directives_proven": "clause",
    "actions_proven": "programme_action",
    "meetings_held": "hold_meeting",
    "proofs_returned": "proof_return",
    "proofs_accepted": "proof_return",
}


@dataclass(frozen=True)
class Holder:
    """An office, how much lies there past its date, and since when the oldest of it does."""

    path: str
    n: int
    since: datetime


def held_up(path: str, kind: str, now: datetime) -> list[Holder]:
    """The offices at or below a place that owe most past its date, the most first. One query."""
    late = Duty.objects.owed().filter(under(path), kind=kind, due_at__lt=now)
    return _most(late)


def asked_and_silent(path: str, now: datetime) -> list[Holder]:
    """The offices, wherever they are, that owe most replies to what offices of a place asked them. One query."""
    late = Duty.objects.owed().filter(under(path, "judge_path"), kind=REFERRAL, due_at__lt=now)
    return _most(late)


def _most(late: DutyQuerySet) -> list[Holder]:
    by_office = late.values_list("unit_path")
    counted = by_office.annotate(n=Count("pk"), since=Min("due_at")).order_by("-n", "unit_path")
    return [Holder(*row) for row in counted[:MOST]]
