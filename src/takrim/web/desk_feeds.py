"""What a desk reaches of feeds: all provinces for who runs rounds of the country, their own for others."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from takrim.evaluation import feeds
from takrim.evaluation.feeds import Home
from takrim.evaluation.models_feeds import Feed, FeedRefusal, FeedWaiting
from takrim.evaluation.round_moves import scope_of
from takrim.orgs.paths import ROOT, under
from takrim.web.desk import Desk


def homes(desk: Desk, now: datetime) -> list[Home]:
    """The provinces with the state of their figures. Five queries."""
    scope = scope_of(desk.actor)
    return [home for home in feeds.homes(now) if scope and home.path.startswith(scope)]


def files(desk: Desk) -> QuerySet[Feed]:
    """What was received, newest first."""
    found = Feed.objects.order_by("-id").prefetch_related("replaced__before")
    scope = scope_of(desk.actor)
    return found.filter(under(scope, "path")) if scope else found.none()


def refusals(desk: Desk) -> QuerySet[FeedRefusal]:
    """What was refused, newest first; of those that name no province only the nation knows."""
    found, scope = FeedRefusal.objects.order_by("-id"), scope_of(desk.actor)
    if not scope:
        return found.none()
    return found if scope == ROOT else found.filter(under(scope, "path"))


def waiting(desk: Desk) -> QuerySet[FeedWaiting]:
    """Long files that are still to be read; only who brings files sees them."""
    found = FeedWaiting.objects.defer("content").order_by("id")
    return found if may_bring(desk) else found.none()


def may_bring(desk: Desk) -> bool:
    """Whether files are taken from this desk: the nation's alone."""
    return scope_of(desk.actor) == ROOT


def taken_of(hashes: Collection[str]) -> set[str]:
    """Which of these files were taken, sooner or later."""
    return set(Feed.objects.filter(hash__in=[one for one in hashes if one]).values_list("hash", flat=True))
