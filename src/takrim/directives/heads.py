"""Who reads and answers for offices: their heads, and who stands in for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from takrim.base.clock import local_date
from takrim.directives.actions_work import HEADS
from takrim.orgs.models import Holding, Person


def heads_of(paths: Iterable[str], now: datetime) -> dict[str, list[Person]]:
    """By office. One query."""
    found: dict[str, list[Person]] = {}
    held = Holding.objects.valid(local_date(now)).filter(post__unit__path__in=set(paths), post__role__in=HEADS)
    for holding in held.filter(person__is_active=True).select_related("person", "post__unit").order_by("pk"):
        found.setdefault(holding.post.unit.path, []).append(holding.person)
    return found


def at_posts(posts: Iterable[int], now: datetime) -> dict[int, list[Person]]:
    """Who sits at posts. One query, none for none."""
    wanted = set(posts)
    found: dict[int, list[Person]] = {}
    if wanted:
        held = Holding.objects.valid(local_date(now)).filter(post__in=wanted, person__is_active=True)
        for holding in held.select_related("person").order_by("pk"):
            found.setdefault(holding.post_id, []).append(holding.person)
    return found
