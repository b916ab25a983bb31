"""What a desk reaches of feeds: all provinces for who runs rounds of the country, their own for others."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from takrim.evaluation import feeds
from takrim.evaluation.feeds import Home
from takrim.evaluation.models_feeds import Feed
from takrim.evaluation.round_moves import scope_of
from takrim.orgs.paths import under
from takrim.web.desk import Desk


def homes(desk: Desk, now: datetime) -> list[Home]:
    """The provinces with the state of their figures. Five queries."""
    scope = scope_of(desk.actor)
    return [home for home in feeds.homes(now) if scope and home.path.startswith(scope)]


def files(desk: Desk) -> QuerySet[Feed]:
    """What was received, newest first."""
    found, scope = Feed.objects.order_by("-id"), scope_of(desk.actor)
    return found.filter(under(scope, "path")) if scope else found.none()
