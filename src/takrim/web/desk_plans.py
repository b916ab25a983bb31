"""What a desk reaches of plans: those of its house and of the houses above; drafts only where it may write them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.moves import scope_of
from takrim.orgs.paths import is_under, lineage, under
from takrim.web.desk import Desk


def versions(desk: Desk) -> QuerySet[PlanVersion]:
    """Versions that may be read, with how many rounds use each."""
    here, scope = desk.actor.unit_path, scope_of(desk.actor)
    seen = Q(pk=None)
    if here:
        seen = (under(here, "path") | Q(path__in=lineage(here))) & ~Q(state=PlanState.DRAFT)
    if scope:
        seen |= under(scope, "path")
    return PlanVersion.objects.filter(seen).annotate(uses=Count("rounds")).order_by("code", "-number")


def writes(desk: Desk) -> bool:
    """Whether this desk writes plans at all."""
    return bool(scope_of(desk.actor))


def may_write(desk: Desk, version: PlanVersion) -> bool:
    scope = scope_of(desk.actor)
    return bool(scope) and is_under(version.path, scope)


def homes(desk: Desk) -> str:
    """The office for which a new plan of this desk is written."""
    return scope_of(desk.actor)
