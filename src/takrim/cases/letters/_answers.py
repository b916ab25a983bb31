"""Which answer an event was about: the one that was delivered at that moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from takrim.cases.letters._to_party import Cause
from takrim.cases.models import Answer

Delivered = dict[tuple[int, datetime], Answer]


def answers_of(found: Sequence[Cause]) -> Delivered:
    """The delivered answers of these cases. One query."""
    rows = Answer.objects.filter(case__in=[cause.case.pk for cause in found], delivered_at__isnull=False)
    return {(row.case_id, row.delivered_at): row for row in rows if row.delivered_at}


def answer_of(answers: Delivered, cause: Cause) -> Answer | None:
    """The answer whose delivery the event tells."""
    return answers.get((cause.case.pk, cause.entry.at))
