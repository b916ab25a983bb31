"""What a desk reaches of what people said: praise of oneself, of one's office, and words beside the marks."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.db.models import Count, QuerySet

from takrim.cases.models import Answer, Case
from takrim.cases.models_judged import Praise
from takrim.orgs.paths import under
from takrim.orgs.powers import Power
from takrim.surveys.models import Response
from takrim.web.desk import Desk


def my_praise(desk: Desk) -> QuerySet[Praise]:
    """Praise of the person at this desk, newest first."""
    return Praise.objects.filter(officer_id=desk.seat.person_id).select_related("case__card").order_by("-id")


def praise_below(desk: Desk) -> QuerySet[Praise]:
    """Praise of the officers in scope, for who answers for them; newest first."""
    if not desk.actor.may(Power.OFFICE_SEE) or not desk.actor.unit_path:
        return Praise.objects.none()
    rows = Praise.objects.filter(under(desk.actor.unit_path)).exclude(officer_id=desk.seat.person_id)
    return rows.select_related("officer", "case__card").order_by("-id")


def counted(desk: Desk, since: datetime) -> list[tuple[str, str, int]]:
    """Officers in scope with the path of their office and how often they were praised, most first."""
    rows = praise_below(desk).filter(at__gte=since, officer__isnull=False).order_by()
    found = rows.values_list("officer__name", "unit_path").annotate(many=Count("id"))
    return sorted(found, key=lambda row: (-row[2], row[0]))


def words(desk: Desk) -> QuerySet[Response]:
    """What people wrote beside their marks about the offices in scope, newest first.

    Words that blame somebody by name are kept from that office, and from whom they name wherever they sit.
    """
    if not desk.actor.may(Power.OFFICE_SEE) or not desk.actor.unit_path:
        return Response.objects.none()
    return Response.objects.all().with_words().open_to(desk.actor.unit_path).order_by("-id")


def named_me(desk: Desk, row: Response) -> bool:
    """Whether words name the person at this desk."""
    return desk.seat.person_id in row.named


def replies_of(paths: set[str]) -> Counter[str]:
    """How many answered the questionnaire about each office."""
    rows = Response.objects.filter(unit_path__in=paths).values_list("unit_path").annotate(many=Count("id"))
    return Counter(dict(rows))


def is_judged(case: Case, answer: Answer) -> bool:
    """Whether somebody has judged an answer of a case that was reached."""
    return Response.objects.filter(subject=case.code, occasion=answer.number).exists()
