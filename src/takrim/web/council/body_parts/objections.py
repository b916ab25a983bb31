"""Objections to rounds of evaluation that wait for the answer of this body, for those who give it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.base.clock import local_date
from takrim.councils.models import Body
from takrim.evaluation.models_values import Objection
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.web import desk_rounds
from takrim.web.council.part import Looking, Part
from takrim.web.parts.templatetags.takrim import language


def _show(looking: Looking[Body]) -> Mapping[str, Any] | None:
    """One query where none waits."""
    waiting = desk_rounds.waiting(looking.desk, local_date(looking.now))
    rows = [_row(one) for one in waiting if one.value.entrant.round.committee_id == looking.about.pk]
    return {"rows": rows} if rows else None


def _row(one: Objection) -> dict[str, Any]:
    entrant, code = one.value.entrant, one.value.indicator
    titles = {row.code: row.title(language()) for row in rows_of(plan_of(entrant.round.plan))}
    return {
        "round": entrant.round,
        "number": one.pk,
        "office": entrant.name,
        "title": titles.get(code, code),
        "due": one.duty.due_at,
    }


PLUGIN = Part(template="council/_body_objections.html", place=10, show=_show)
