"""One round: how far it is, its offices, its result, its objections; and the next step for who runs it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.evaluation import actions_rounds, round_work
from takrim.evaluation.actions_rounds import DAYS
from takrim.evaluation.models_rounds import Round, Run, Stage, Step
from takrim.evaluation.round_moves import runs
from takrim.evaluation.round_people import declares
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.days import DaysForm
from takrim.web.rounds.forms import ReasonForm
from takrim.web.rounds.round_body import draw, final_body


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


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.FIGURES_SEE)
def round_page(request: StaffRequest, code: str) -> HttpResponse:
    """The round; sent, it takes its next step, gets other days or is cancelled."""
    desk, now = request.desk, clock.now()
    found = desk_rounds.round_with(desk, code)
    if found is None:
        raise Http404
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
    desk, today = request.desk, local_date(now)
    polled, over = request.headers.get("HX-Target") == "run", found.stage == Stage.FINAL
    run = found.runs.order_by("-id").first() if polled or not over else None
    running = run is not None and run.finished_at is None
    if polled:
        return _run(request, found, run)
    mine = runs(found, desk.actor)
    own = desk_rounds.own_entrant(desk, found)
    changes = mine and not found.is_over
    context = {
        "here": "rounds",
        "round": found,
        "stage": f"round_{found.stage}",
        "path": shown.path_of(found),
        "office": unit_name(found.path, language()),
        "period": found.of_period.title(language()),
        "next": _NEXT.get(Stage(found.stage)) if mine and not running else None,
        "run": run,
        "running": running,
        "step": shown.STEPS[Step(run.step)] if run else "",
        "refusal": refusal,
        "reason": (reason or ReasonForm()) if changes else None,
        "days": (days or DaysForm(found)) if changes else None,
        "own": own,
        "may_declare": own is not None and declares(own, desk.actor) and found.stage == Stage.DECLARING,
        "may_object": own is not None and declares(own, desk.actor) and found.can_object(today),
        "body": final_body(found, mine=mine)
        if over
        else draw(found, desk_rounds.objections(desk, found, today), mine=mine),
    }
    return render(request, "rounds/round.html", context, status=status)


def _run(request: StaffRequest, found: Round, run: Run | None) -> HttpResponse:
    if run is not None and run.finished_at is not None:
        # The whole page has changed with it.
        response = HttpResponse()
        response.headers["HX-Refresh"] = "true"
        return response
    context = {"round": found, "run": run, "running": True, "step": shown.STEPS[Step(run.step)] if run else ""}
    return render(request, "rounds/_run.html", context)
