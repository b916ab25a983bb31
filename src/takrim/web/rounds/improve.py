"""The plan of improvement of one office: its steps, what was done, and what was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import Form
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
from takrim.evidence.actions import keep
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.forms import DoneForm, ImproveForm, LackForm
from takrim.web.uploads import upload_errors, uploads


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.FIGURES_SEE)
def improve(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The plan; sent, a step is added, reported, confirmed or sent back."""
    desk, now = request.desk, clock.now()
    found = get_object_or_404(desk_rounds.rounds(desk), code=code, stage=Stage.FINAL)
    entrant = get_object_or_404(desk_rounds.entrants(found), pk=number)
    if not desk_rounds.sees_values(desk, entrant, local_date(now)):
        raise Http404
    if request.method != "POST":
        return _page(request, entrant)
    do, typed = request.POST.get("do", ""), request.POST.get("step", "")
    rows = entrant.improvements.select_related("duty", "entrant__round__plan")
    step = None if do == "plan" else get_object_or_404(rows, number=int(typed) if typed.isdecimal() else 0)
    form = _bound(request, entrant, do, step)
    if form is not None and not form.is_valid():
        return _page(request, entrant, form, step, status=422)
    try:
        _run(request, entrant, do, step, form.cleaned_data if form else {})
    except Refusal as refusal:
        if form is None:
            return _page(request, entrant, refusal=str(refusal), status=refusal.status)
        form.add_error(None, str(refusal))
        return _page(request, entrant, form, step, status=refusal.status)
    return redirect("rounds:improve", code=code, number=number)


def _bound(request: StaffRequest, entrant: Entrant, do: str, step: Improvement | None) -> Form | None:
    """What was typed; nothing needs to be to confirm a step."""
    if step is None:
        return ImproveForm(rows_of(plan_of(entrant.round.plan)), {}, request.POST)
    if do == "send_back":
        return LackForm(step.number, request.POST)
    if do != "report":
        return None
    form = DoneForm(step.number, request.POST, request.FILES)
    for sentence in upload_errors(request, language()):
        form.add_error("files", sentence)
    return form


def _run(request: StaffRequest, entrant: Entrant, do: str, step: Improvement | None, data: Mapping[str, Any]) -> None:
    by, now = request.desk.actor, clock.now()
    if step is None:
        wanted = deeds.Step(indicator=data["indicator"], text=data["text"], until=data["until"])
        deeds.plan(entrant=entrant, step=wanted, by=by, now=now)
    elif do == "report":
        files = [(keep(upload=upload, now=now), upload.name) for upload in uploads(request, "files")]
        deeds.report(improvement=step, text=data["text"], files=files, by=by, now=now)
    elif do == "confirm":
        deeds.confirm(improvement=step, by=by, now=now)
    elif do == "send_back":
        deeds.send_back(improvement=step, reason=data["text"], by=by, now=now)
    else:
        raise Http404


def _page(
    request: StaffRequest,
    entrant: Entrant,
    form: Form | None = None,
    at: Improvement | None = None,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """`form` was refused; it stands again where it was sent from: at a step, or below them all."""
    desk, found = request.desk, entrant.round
    rows = rows_of(plan_of(found.plan))
    ours, theirs = declares(entrant, desk.actor), runs(found, desk.actor)
    result = rounds_read.result_of(found, entrant.unit_path, ResultOf.FINAL)
    lost = sorted(rounds_read.lines_of(result), key=lambda line: -(line.lost or 0)) if result else []
    first = {"indicator": lost[0].code} if lost else {}
    titles = shown.titles(rows)
    steps = list(entrant.improvements.select_related("duty").order_by("number"))
    files = desk_rounds.files_of([one.subject for one in steps])
    context = {
        "here": "rounds",
        "round": found,
        "entrant": entrant,
        "steps": [
            {
                **_step(one, titles, ours=ours, judges=theirs and not ours and desk.actor.code != one.reported_by),
                "files": files.get(one.subject, []),
                **(_told(form) if form and at and at.pk == one.pk else {}),
            }
            for one in steps
        ],
        "losses": [
            {"code": line.code, "title": titles[line.code], "lost": shown.points(line.lost)}
            for line in lost[:5]
            if line.lost
        ],
        "form": form if isinstance(form, ImproveForm) else ImproveForm(rows, first),
        "refusal": refusal,
        "may_plan": ours or theirs,
    }
    return render(request, "rounds/improve.html", context, status=status)


def _told(form: Form) -> dict[str, Any]:
    return {"refused": form, "report_form" if isinstance(form, DoneForm) else "lack_form": form}


def _step(one: Improvement, titles: dict[str, str], *, ours: bool, judges: bool) -> dict[str, Any]:
    state = one.duty.state
    reports, judged = ours and state in {State.OPEN, State.RETURNED}, judges and state == State.ANSWERED
    return {
        "number": one.number,
        "code": one.indicator,
        "title": titles.get(one.indicator, one.indicator),
        "text": one.text,
        "due": one.duty.due_at,
        "state": state,
        "answer": one.duty.answer,
        "answered_at": one.duty.answered_at,
        "by": one.reported_name,
        "report_form": DoneForm(one.number) if reports else None,
        "lack_form": LackForm(one.number) if judged else None,
        "task": one.duty.task if state == State.RETURNED else "",
    }
