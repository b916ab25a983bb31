"""A self-assessment: what an office says of itself in a round, by the last day for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.evaluation.models_entrants import Entrant


def _number(about: str) -> int:
    """The number of the entrant, from `round:05…/12`."""
    return int(about.rpartition("/")[2])


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """One query."""
    rows = Entrant.objects.filter(pk__in={_number(duty.about) for duty in duties}).select_related("round")
    found = {row.pk: row for row in rows}
    return {duty.pk: _head(duty, found[_number(duty.about)]) for duty in duties if _number(duty.about) in found}


def _head(duty: Duty, entrant: Entrant) -> Head:
    round = entrant.round
    return Head(title=round.title, number=round.code, page=f"/rounds/{round.code}/declare/", state=duty.state)


PLUGIN = DutyKind(title=_("Self-assessment"), length="20 calendar_days", heads=_heads)
