"""The rounds a person may see, and what waits for them in each."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.base.clock import local_date
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds.shown import titles

# So many rounds are listed; older ones are found from their followers.
MOST = 100


class Line(NamedTuple):
    """One round in the list, ready to print."""

    code: str
    title: str
    plan: str
    office: str
    period: str
    stage: str
    offices: int


class Task(NamedTuple):
    """One thing that waits for this person."""

    url: str
    title: str
    note: str


@require_safe
@staff(Power.FIGURES_SEE)
def start(request: StaffRequest) -> HttpResponse:
    """What waits for the person, then all rounds in reach, newest first."""
    desk = request.desk
    rows = list(desk_rounds.rounds(desk).prefetch_related("entrants")[:MOST])
    context: dict[str, Any] = {
        "here": "rounds",
        "rows": [_line(row) for row in rows],
        "tasks": _tasks(desk),
        "may_define": desk_rounds.may_define(desk),
    }
    return render(request, "rounds/start.html", context)


def _line(row: Round) -> Line:
    lang = language()
    return Line(
        code=row.code,
        title=row.title,
        plan=row.plan.title,
        office=unit_name(row.path, lang),
        period=row.of_period.title(lang),
        stage=f"round_{row.stage}",
        offices=len(row.entrants.all()),
    )


def _tasks(desk: Desk) -> list[Task]:
    lang, today = language(), local_date(clock.now())
    found = [
        Task(
            reverse("rounds:declare", args=[one.round.code]),
            _("Self-assessment of your office"),
            _("{round}, until {day}").format(round=one.round.title, day=words.date(one.round.declare_until, lang)),
        )
        for one in desk_rounds.to_declare(desk)
    ]
    found += [
        Task(
            reverse("rounds:assess", args=[one.entrant.round.code, one.entrant_id]),
            _("Assess {office}").format(office=one.entrant.name),
            _("{round}, until {day}").format(
                round=one.entrant.round.title, day=words.date(one.entrant.round.assess_until, lang)
            ),
        )
        for one in desk_rounds.assessments(desk)
        if one.finished_at is None
    ]
    for one in desk_rounds.waiting(desk, today):
        entrant = one.value.entrant
        title = titles(rows_of(plan_of(entrant.round.plan))).get(one.value.indicator, one.value.indicator)
        found.append(
            Task(
                reverse("rounds:objection", args=[entrant.round.code, one.pk]),
                _("Answer the objection of {office}").format(office=entrant.name),
                _("{indicator}, due {day}").format(indicator=title, day=words.date(one.duty.due_at or one.at, lang)),
            )
        )
    return found
