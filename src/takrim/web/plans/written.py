"""A draft changed as text, for what no field shows."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base.errors import Refusal
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.plan_check import problems
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring.errors import BadPlan
from takrim.evaluation.scoring.reading import toml
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.plans import shown
from takrim.web.plans.edit import draft_at, save
from takrim.web.plans.forms import TextForm


def _problems(text: str) -> list[Problem]:
    try:
        return problems(toml(text))
    except BadPlan as wrong:
        return [Problem("plan", "", wrong.reason, wrong.facts)]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def text(request: StaffRequest, version_id: int) -> HttpResponse:
    """The text and what is wrong with it; "Save" keeps it."""
    version = draft_at(request.desk, version_id)
    if request.method != "POST":
        if version.state != PlanState.DRAFT:
            return redirect("plans:version", version_id=version.pk)
        fields = {"text": version.text, "seen": version.changed_at.isoformat()}
        return _page(request, version, fields)
    fields = {name: str(request.POST.get(name, "")) for name in ("text", "why", "seen")}
    fields["text"] = fields["text"].replace("\r\n", "\n")
    if request.POST.get("do") != "save":
        return _page(request, version, fields)
    try:
        save(request, version, fields["text"], fields)
    except Refusal as refusal:
        return _page(request, version, fields, refusal=str(refusal), status=refusal.status)
    messages.success(request, _("The draft was saved."))
    return redirect("plans:version", version_id=version.pk)


def _page(
    request: StaffRequest, version: PlanVersion, fields: dict[str, str], *, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "here": "plans",
        "version": version,
        "form": TextForm(fields),
        "seen": fields["seen"],
        "faults": shown.faults(_problems(fields["text"])),
        "refusal": refusal,
    }
    return render(request, "plans/text.html", context, status=status)


@require_POST
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def check(request: StaffRequest, version_id: int) -> HttpResponse:
    """What is wrong with the text as it stands."""
    draft_at(request.desk, version_id)
    found = _problems(request.POST.get("text", ""))
    return render(request, "plans/_check.html", {"faults": shown.faults(found)})
