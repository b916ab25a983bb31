"""What a desk reaches of what watches found: the whole country for who runs rounds, a province for who signs for it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from takrim.cases.models import Case
from takrim.evaluation.models import Finding, FindingQuerySet, Watching
from takrim.evaluation.moves import scope_of
from takrim.orgs.paths import under
from takrim.web.desk import Desk


def findings(desk: Desk) -> FindingQuerySet:
    """Findings about offices in reach, the most unusual first."""
    scope = scope_of(desk.actor)
    found = Finding.objects.all().of(scope) if scope else Finding.objects.none()
    return found.order_by("-thousandths", "-id")


def behind(found: FindingQuerySet, thousandths: int, last: int) -> FindingQuerySet:
    """Those that come later in that order."""
    return found.filter(Q(thousandths__lt=thousandths) | Q(thousandths=thousandths, pk__lt=last))


def watchings(desk: Desk) -> QuerySet[Watching]:
    """When the offices in reach were looked at, newest first."""
    scope = scope_of(desk.actor)
    return Watching.objects.filter(under(scope, "path") if scope else Q(pk=None)).order_by("-id")


def periods(desk: Desk) -> list[str]:
    """Codes of the periods in which something was found, the latest first."""
    scope = scope_of(desk.actor)
    found = Finding.objects.all().of(scope) if scope else Finding.objects.none()
    return list(found.order_by("-period").values_list("period", flat=True).distinct())


def cases_of(desk: Desk, finding: Finding) -> QuerySet[Case]:
    """The cases behind a finding that this desk may open."""
    return desk.cases().filter(code__in=finding.cases).order_by("code")
