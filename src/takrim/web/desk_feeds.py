"""What a desk reaches of feeds: who runs rounds for the country sees all provinces that hand their figures over."""

from __future__ import annotations

from django.db.models import QuerySet

from takrim.evaluation.models_feeds import Feed, FeedKey, FeedMonth
from takrim.evaluation.moves import scope_of
from takrim.orgs.paths import ROOT
from takrim.web.desk import Desk


def keys(desk: Desk) -> QuerySet[FeedKey]:
    """The accepted keys, by province."""
    found = FeedKey.objects.filter(ended_at=None).order_by("path")
    return found if scope_of(desk.actor) == ROOT else found.none()


def feeds(desk: Desk) -> QuerySet[Feed]:
    """What was received, newest first."""
    found = Feed.objects.order_by("-id")
    return found if scope_of(desk.actor) == ROOT else found.none()


def months(desk: Desk) -> dict[str, list[str]]:
    """The months that were received, by province, in their order."""
    found: dict[str, list[str]] = {}
    rows = FeedMonth.objects.order_by("path", "month")
    for path, month in rows.values_list("path", "month") if scope_of(desk.actor) == ROOT else ():
        found.setdefault(path, []).append(month)
    return found
