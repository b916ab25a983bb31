"""A step of a plan of improvement: what an office said it would do after a round, confirmed by who ran it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.evaluation.models_values import Improvement


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """One query."""
    rows = Improvement.objects.filter(duty__in=[duty.pk for duty in duties]).select_related("duty", "entrant__round")
    return {row.duty_id: _head(row) for row in rows}


def _head(row: Improvement) -> Head:
    round = row.entrant.round
    return Head(
        title=row.text,
        number=f"{round.code}-{row.number}",
        page=f"/rounds/{round.code}/improve/{row.entrant_id}/",
        state=row.duty.state,
        note=round.title,
    )


PLUGIN = DutyKind(title=_("Step of improvement"), length="60 calendar_days", heads=_heads)
