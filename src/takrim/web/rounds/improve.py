"""The plan of improvement of one office: its steps, what was done, and what was confirmed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.duties.models import State
from takrim.evaluation import actions_rounds_improve as deeds
from takrim.evaluation import rounds_read
from takrim.evaluation.models_entrants import Entrant, ResultOf
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.models_values import Improvement
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.round_moves import runs
from takrim.evaluation.round_people import declares
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.rounds import shown
from takrim.web.rounds.forms import ImproveForm, ReasonForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.FIGURES_SEE)
def improve(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The plan; sent, a step is added, reported, confirmed or sent back."""
    desk, now = request.desk, clock.now()
    found = get_object_or_404(desk_rounds.rounds(desk), code=code, stage=Stage.FINAL)
    entrant = get_object_or_404(desk_rounds.entrants(desk, found), pk=number)
    if not desk_rounds.sees_values(desk, entrant, local_date(now)):
        raise Http404
    if request.method != "POST":
        return _page(request, entrant)
    do = request.POST.get("do", "")
    form: Any = _bound(request, entrant, do)
    if form is not None and not form.is_valid():
        return _page(request, entrant, form, status=422)
    try:
        _run(request, entrant, do, form)
    except Refusal as refusal:
        if form is None:
            return _page(request, entrant, refusal=str(refusal), status=refusal.status)
        form.add_error(None, str(refusal))
        return _page(request, entrant, form, status=refusal.status)
    return redirect("rounds:improve", code=code, number=number)


def _bound(request: StaffRequest, entrant: Entrant, do: str) -> ImproveForm | ReasonForm | None:
    if do == "plan":
        return ImproveForm(rows_of(plan_of(entrant.round.plan)), {}, request.POST)
    return None if do == "confirm" else ReasonForm(request.POST)


def _run(request: StaffRequest, entrant: Entrant, do: str, form: Any) -> None:
    by, now = request.desk.actor, clock.now()
    if do == "plan":
        data = form.cleaned_data
        wanted = deeds.Step(indicator=data["indicator"], text=data["text"], until=data["until"])
        deeds.plan(entrant=entrant, step=wanted, by=by, now=now)
        return
    step_number = request.POST.get("step", "")
    rows = entrant.improvements.select_related("duty", "entrant__round__plan")
    step = get_object_or_404(rows, number=int(step_number) if step_number.isdecimal() else 0)
    if do == "report":
        deeds.report(improvement=step, text=form.cleaned_data["text"], by=by, now=now)
    elif do == "confirm":
        deeds.confirm(improvement=step, by=by, now=now)
    elif do == "send_back":
        deeds.send_back(improvement=step, reason=form.cleaned_data["text"], by=by, now=now)
    else:
        raise Http404


def _page(
    request: StaffRequest, entrant: Entrant, form: Any = None, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    desk, found = request.desk, entrant.round
    rows = rows_of(plan_of(found.plan))
    ours, theirs = declares(entrant, desk.actor), runs(found, desk.actor)
    result = rounds_read.result_of(found, entrant.unit_path, ResultOf.FINAL)
    lost = sorted(rounds_read.lines_of(result), key=lambda line: -(line.lost or 0)) if result else []
    first = {"indicator": lost[0].code} if lost else {}
    steps = entrant.improvements.select_related("duty").order_by("number")
    context = {
        "here": "rounds",
        "round": found,
        "entrant": entrant,
        "steps": [_step(one, shown.titles(rows), ours=ours, judges=theirs and not ours) for one in steps],
        "losses": [
            {"title": shown.titles(rows)[line.code], "lost": shown.points(line.lost)} for line in lost[:5] if line.lost
        ],
        "form": form if isinstance(form, ImproveForm) else ImproveForm(rows, first),
        "said": form if isinstance(form, ReasonForm) else None,
        "refusal": refusal,
        "may_plan": ours or theirs,
    }
    return render(request, "rounds/improve.html", context, status=status)


def _step(one: Improvement, titles: dict[str, str], *, ours: bool, judges: bool) -> dict[str, Any]:
    state = one.duty.state
    return {
        "number": one.number,
        "title": titles.get(one.indicator, one.indicator),
        "text": one.text,
        "due": one.duty.due_at,
        "state": state,
        "answer": one.duty.answer,
        "may_report": ours and state in {State.OPEN, State.RETURNED},
        "may_judge": judges and state == State.ANSWERED,
        "task": one.duty.task if state == State.RETURNED else "",
    }
