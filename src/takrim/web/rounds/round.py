"""One round: how far it is, its offices, its result, its objections; and the next step for who runs it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.evaluation import actions_rounds, round_work, rounds_read
from takrim.evaluation.actions_rounds import DAYS
from takrim.evaluation.actions_rounds_assess import DIFFERS
from takrim.evaluation.models_entrants import Assessment, Entrant, Result, ResultOf
from takrim.evaluation.models_rounds import Round, Run, Stage, Step
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.round_moves import runs
from takrim.evaluation.round_people import declares
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.days import DaysForm
from takrim.web.rounds.forms import ReasonForm


class Next(NamedTuple):
    """What who runs the round can do next."""

    do: str
    words: str | Promise
    hint: str | Promise


_NEXT = {
    Stage.DEFINED: Next("open", _("Begin self-assessment"), _("Every office is told and owes it by the last day.")),
    Stage.DECLARING: Next(
        "freeze",
        _("Freeze the values"),
        _("What the journal counted is frozen, and the offices go to their assessors."),
    ),
    Stage.ASSESSING: Next(
        "preliminary", _("Compute the preliminary result"), _("When all assessments are finished and settled.")
    ),
    Stage.PRELIMINARY: Next(
        "final", _("Compute the final result"), _("When the days to object are over and all objections are answered.")
    ),
}


class Line(NamedTuple):
    """How far one office is."""

    number: int
    name: str
    declared_at: datetime | None
    assessor: str
    assessed_at: datetime | None
    second: str
    second_at: datetime | None
    mine: bool
    late: bool


class Agreement(NamedTuple):
    """How often the second assessor saw the same as the first, and how often they differ."""

    seen: int
    same: int
    unsettled: int


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.FIGURES_SEE)
def round_page(request: StaffRequest, code: str) -> HttpResponse:
    """The round; sent, it takes its next step, gets other days or is cancelled."""
    desk, now = request.desk, clock.now()
    found = get_object_or_404(desk_rounds.rounds(desk), code=code)
    if request.method != "POST":
        return _page(request, found, now)
    if not runs(found, desk.actor):
        raise Http404
    return _step(request, found, now)


def _step(request: StaffRequest, found: Round, now: datetime) -> HttpResponse:
    do, desk = request.POST.get("do", ""), request.desk
    reason = ReasonForm(request.POST) if do == "cancel" else None
    days = DaysForm(found, request.POST) if do == "days" else None
    for form in (reason, days):
        if form is not None and not form.is_valid():
            return _page(request, found, now, reason=reason, days=days, status=422)
    try:
        if do == "open":
            actions_rounds.open_round(round=found, by=desk.actor, now=now)
        elif do in set(Step):
            round_work.ask(round=found, step=Step(do), by=desk.actor, now=now)
        elif days is not None:
            wanted = {name: days.cleaned_data[name] for name in DAYS}
            actions_rounds.reschedule(round=found, days=wanted, by=desk.actor, now=now)
        elif reason is not None:
            actions_rounds.cancel(round=found, why=reason.cleaned_data["text"], by=desk.actor, now=now)
        else:
            raise Http404
    except Refusal as refusal:
        found.refresh_from_db()
        return _page(request, found, now, refusal=str(refusal), reason=reason, days=days, status=refusal.status)
    return redirect("rounds:round", code=found.code)


def _page(
    request: StaffRequest,
    found: Round,
    now: datetime,
    *,
    refusal: str = "",
    reason: ReasonForm | None = None,
    days: DaysForm | None = None,
    status: int = 200,
) -> HttpResponse:
    desk, lang, today = request.desk, language(), local_date(now)
    run = found.runs.order_by("-id").first()
    running = run is not None and run.finished_at is None
    if request.headers.get("HX-Target") == "run":
        return _run(request, found, run)
    mine = runs(found, desk.actor)
    rows = rows_of(plan_of(found.plan))
    own = desk_rounds.own_entrant(desk, found)
    context = {
        "here": "rounds",
        "round": found,
        "stage": f"round_{found.stage}",
        "path": shown.path_of(found),
        "office": unit_name(found.path, lang),
        "period": found.of_period.title(lang),
        "mine": mine,
        "next": _NEXT.get(Stage(found.stage)) if mine and not running else None,
        "run": run,
        "running": running,
        "step": shown.STEPS[Step(run.step)] if run else "",
        "refusal": refusal,
        "reason": reason or ReasonForm(),
        "days": days or DaysForm(found),
        "lines": _lines(desk, found, blind=not mine),
        "own": own,
        "may_declare": own is not None and declares(own, desk.actor) and found.stage == Stage.DECLARING,
        "may_object": own is not None and declares(own, desk.actor) and found.can_object(today),
        "standings": _standings(found),
        "agreement": _agreement(found)
        if mine and found.stage in {Stage.ASSESSING, Stage.PRELIMINARY, Stage.FINAL}
        else None,
        "objections": _objections(desk, found, shown.titles(rows), today),
        "events": timeline(found.subject)[::-1],
        "rows": len(rows),
        "answered_by": _answered_by(found),
    }
    return render(request, "rounds/round.html", context, status=status)


def _answered_by(found: Round) -> str:
    """The committee, or the persons that the round names."""
    if found.committee is not None:
        return found.committee.name
    return " · ".join(found.referees.order_by("name").values_list("name", flat=True))


def _run(request: StaffRequest, found: Round, run: Run | None) -> HttpResponse:
    if run is not None and run.finished_at is not None:
        # The whole page has changed with it.
        response = HttpResponse()
        response.headers["HX-Refresh"] = "true"
        return response
    context = {"round": found, "run": run, "running": True, "step": shown.STEPS[Step(run.step)] if run else ""}
    return render(request, "rounds/_run.html", context)


def _lines(desk: Desk, found: Round, *, blind: bool) -> list[Line]:
    """Two queries. Who assesses whom is for who runs the round; everybody sees how far it is."""
    looks = {(one.entrant_id, one.blind): one for one in desk_rounds.looks_of(found)}
    return [
        _line(one, looks.get((one.pk, False)), looks.get((one.pk, True)), desk, blind=blind)
        for one in desk_rounds.entrants(desk, found)
    ]


def _line(one: Entrant, first: Assessment | None, second: Assessment | None, desk: Desk, *, blind: bool) -> Line:
    return Line(
        number=one.pk,
        name=shown.short(one),
        declared_at=one.declared_at,
        assessor="" if blind or first is None else first.assessor.name,
        assessed_at=first.finished_at if first else None,
        second="" if blind or second is None else second.assessor.name,
        second_at=second.finished_at if second else None,
        mine=one.unit_path == desk.actor.unit_path,
        late=bool(one.stale),
    )


def _standings(found: Round) -> list[shown.Standing]:
    """The last result there is, and who moved since the round before (or since the preliminary one)."""
    if found.stage not in {Stage.PRELIMINARY, Stage.FINAL}:
        return []
    which = ResultOf.FINAL if found.stage == Stage.FINAL else ResultOf.PRELIMINARY
    earlier: Sequence[Result] = []
    if which == ResultOf.FINAL:
        earlier = list(rounds_read.standings(found, ResultOf.PRELIMINARY))
    before = {row.entrant.unit_path: row for row in earlier}
    return [shown.standing(row, before) for row in rounds_read.standings(found, which)]


def _agreement(found: Round) -> Agreement | None:
    """Only of offices whose two assessments are finished. Three queries."""
    values = desk_rounds.seen_twice(found)
    seen = values.exclude(assessed="", second="").count()
    differing = values.filter(DIFFERS)
    if not seen:
        return None
    return Agreement(seen, seen - differing.count(), differing.filter(final="").count())


def _objections(desk: Desk, found: Round, titles: dict[str, str], today: Any) -> list[dict[str, Any]]:
    return [
        {
            "number": one.pk,
            "office": shown.short(one.value.entrant),
            "title": titles.get(one.value.indicator, one.value.indicator),
            "state": f"objection_{one.outcome or 'waiting'}",
            "at": one.at,
        }
        for one in desk_rounds.objections(desk, found, today)
    ]
