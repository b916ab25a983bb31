"""A clause: what an office owes of a directive, proven to the secretary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.directives.models import Demand, Reading
from takrim.directives.periods import period_title
from takrim.directives.stages import stage
from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    """Two queries."""
    rows = Demand.objects.filter(code__in=[duty.about for duty in duties]).select_related("clause", "directive")
    demands = {row.code: row for row in rows}
    said = Reading.objects.filter(directive__in={row.directive_id for row in demands.values()}, read_at__isnull=False)
    read = set(said.values_list("directive_id", "unit_id"))
    return {duty.pk: _head(duty, demands[duty.about], read) for duty in duties if duty.about in demands}


def _head(duty: Duty, demand: Demand, read: set[tuple[int, int]]) -> Head:
    known = (demand.directive_id, demand.unit_id) in read
    note = [demand.directive.subject, period_title(demand.period)]
    return Head(
        title=demand.clause.text,
        number=demand.directive.number,
        page=f"/council/directives/clauses/{demand.pk}/",
        state=f"clause_{stage(state=duty.state, due=duty.due_at, planned=demand.planned_at is not None, read=known)}",
        note=" · ".join(filter(None, note)),
    )


PLUGIN = DutyKind(title=_("Clause of a directive"), length="30 calendar_days", heads=_heads)
