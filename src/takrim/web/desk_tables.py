"""What a desk reaches of saved tables: one's own, and those shared about offices in reach."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from takrim.indicators.models import SavedTable
from takrim.orgs.paths import under
from takrim.web.desk import Desk


def tables(desk: Desk, scope: str) -> QuerySet[SavedTable]:
    """By name, one's own first."""
    mine = Q(person_id=desk.actor.person_id or 0)
    return SavedTable.objects.filter(mine | (Q(shared=True) & under(scope, "path"))).order_by("name", "pk")
