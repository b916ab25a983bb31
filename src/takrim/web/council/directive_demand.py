"""What one office owes of a clause: its plan, its report with proof, and what the secretary says to it."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.directives import actions_work as work
from takrim.directives.models import Demand, PlanStep
from takrim.directives.periods import period_title
from takrim.directives.resolving import KIND
from takrim.duties.models import State as DutyState
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.proofs.models import State
from takrim.web import desk_directives
from takrim.web.council import directive_shown as shown
from takrim.web.council.directive_forms import STEPS, PlanForm, ReportForm, WhyForm
from takrim.web.council.directive_new import tried
from takrim.web.council.proofs_shown import STATES
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import dueclass, language, timeleft
from takrim.web.uploads import upload_errors, uploads

# The duty's own lines say the same as the clause's.
_SAID_TWICE = ("duty.answered", "duty.accepted", "duty.returned", "evidence.attached")
_OWED = (DutyState.OPEN, DutyState.RETURNED)


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


def _demand(request: HttpRequest, demand_id: int) -> Demand:
    return get_object_or_404(desk_directives.demands(_desk(request)), pk=demand_id)


@require_safe
@staff(Power.COUNCIL_SEE)
def demand(request: HttpRequest, demand_id: int) -> HttpResponse:
    """The page."""
    return _page(request, _demand(request, demand_id))


def _page(
    request: HttpRequest,
    row: Demand,
    *,
    plan_form: forms.Form | None = None,
    report_form: forms.Form | None = None,
    return_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    desk, now, duty = _desk(request), clock.now(), row.duty
    owed, reported = duty.state in _OWED, duty.state == DutyState.ANSWERED
    works, judges = owed and work.may_work(row, desk.actor), reported and work.may_judge(row, desk.actor)
    steps = list(desk_directives.steps(row))
    context = {
        "here": "council",
        "demand": row,
        "clause": shown.clause_rows([row.clause])[0],
        "period": period_title(row.period),
        "look": shown.look_of(shown.stage_of(row, duty, desk_directives.was_read(row), now)),
        "due_class": dueclass(duty.due_at, now) if owed else "due-none",
        "left": timeleft(duty.due_at, now) if owed else "",
        "files": shown.file_rows(desk_directives.files(row.code)),
        "proofs": [(one, STATES[State(one.state)]) for one in desk_directives.proofs(row)],
        "prove_url": _prove_url(row) if work.may_prove(row, desk.actor) and not duty.settled_at else "",
        "steps": steps,
        "works": works,
        "judges": judges,
        "plan_form": (plan_form or PlanForm(initial=_planned(row, steps))) if works else None,
        "report_form": (report_form or ReportForm(initial={"text": duty.answer})) if works else None,
        "return_form": (return_form or WhyForm()) if judges else None,
        "now": now,
        "lines": [line for line in reversed(timeline(row.code)) if line.verb not in _SAID_TWICE],
    }
    return render(request, "council/directive_demand.html", context, status=status)


def _prove_url(row: Demand) -> str:
    """Where an action is written down that proves it."""
    query = {"kind": KIND, "code": row.code.removeprefix(f"{KIND}:")}
    return f"{reverse('council:proof_new')}?{urlencode(query)}"


def _planned(row: Demand, steps: list[PlanStep]) -> dict[str, Any]:
    initial: dict[str, Any] = {"text": row.plan}
    for nth, step in enumerate(steps[:STEPS], 1):
        initial |= {f"step_{nth}": step.text, f"day_{nth}": step.due_on, f"who_{nth}": step.responsible}
    return initial


@require_POST
@staff(Power.DUTY_ANSWER)
def plan(request: HttpRequest, demand_id: int) -> HttpResponse:
    """Keep the plan of action."""
    row, by, form = _demand(request, demand_id), _desk(request).actor, PlanForm(request.POST)
    if form.is_valid():
        text, steps = form.cleaned_data["text"], form.steps
        if tried(form, lambda: work.plan(demand=row, text=text, steps=steps, by=by, now=clock.now())) is not None:
            messages.success(request, gettext("The plan of action was kept."))
            return redirect("council:directive_demand", row.pk)
    return _page(request, row, plan_form=form, status=422)


@require_POST
@staff(Power.DUTY_ANSWER)
def step_done(request: HttpRequest, demand_id: int, number: int) -> HttpResponse:
    """A step of the plan was done."""
    row = _demand(request, demand_id)
    step = get_object_or_404(desk_directives.steps(row), number=number)
    work.step_done(step=step, by=_desk(request).actor, now=clock.now())
    return redirect("council:directive_demand", row.pk)


@require_POST
@staff(Power.DUTY_ANSWER)
def report(request: HttpRequest, demand_id: int) -> HttpResponse:
    """Report that it was carried out, with proof."""
    row, by, form = _demand(request, demand_id), _desk(request).actor, ReportForm(request.POST, request.FILES)
    for sentence in upload_errors(request, language()):
        form.add_error("files", sentence)
    if form.is_valid():
        text, files = form.cleaned_data["text"], uploads(request)
        done = tried(form, lambda: work.report(demand=row, text=text, uploads=files, by=by, now=clock.now()))
        if done is not None:
            messages.success(request, gettext("Your report was sent to the secretary."))
            return redirect("council:directive_demand", row.pk)
    return _page(request, row, report_form=form, status=422)


@require_POST
@staff(Power.PROOF_JUDGE, Power.DIRECTIVE_ISSUE)
def confirm(request: HttpRequest, demand_id: int) -> HttpResponse:
    """The secretary confirms it."""
    row = _demand(request, demand_id)
    work.confirm(demand=row, by=_desk(request).actor, now=clock.now())
    messages.success(request, gettext("It was confirmed."))
    return redirect("council:directive_judge")


@require_POST
@staff(Power.PROOF_JUDGE, Power.DIRECTIVE_ISSUE)
def send_back(request: HttpRequest, demand_id: int) -> HttpResponse:
    """The secretary returns it with a reason."""
    row, by, form = _demand(request, demand_id), _desk(request).actor, WhyForm(request.POST)
    if form.is_valid():
        why = form.cleaned_data["why"]
        if tried(form, lambda: work.return_report(demand=row, why=why, by=by, now=clock.now())) is not None:
            messages.success(request, gettext("It was returned. The office reads the reason."))
            return redirect("council:directive_judge")
    return _page(request, row, return_form=form, status=422)
