"""What a desk reaches of work on many cases, notices, colleagues and letters of the same wording."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, QuerySet

from takrim.cases.models_together import Bulk, BulkItem
from takrim.web.desk import Desk


def bulks(desk: Desk) -> QuerySet[Bulk]:
    """What the person at this desk has asked for over many cases, newest first."""
    return Bulk.objects.filter(person_id=desk.seat.person_id).order_by("-id")


def results(bulk: Bulk) -> dict[str, int]:
    """How many cases of a bulk had which result; "" stands for those that wait."""
    counted = BulkItem.objects.filter(bulk=bulk).values_list("result").annotate(count=Count("pk"))
    return {str(result): count for result, count in counted}


def items(bulk: Bulk, desk: Desk) -> QuerySet[BulkItem]:
    """The cases of a bulk that this desk still reaches."""
    seen = desk.cases().filter(pk=OuterRef("case_id"))
    return BulkItem.objects.filter(Exists(seen), bulk=bulk).select_related("case").order_by("pk")
