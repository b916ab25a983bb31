"""What becomes of a plan: copied, followed by a next version, made ready, taken out of use."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.evaluation import actions_plans as deeds
from takrim.evaluation.plan import ready_texts
from takrim.orgs.powers import Power
from takrim.web import desk_plans
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.plans.edit import draft_at, moment
from takrim.web.plans.pages import page_of, ready_page


@require_POST
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def copy_ready(request: StaffRequest, code: str) -> HttpResponse:
    """A plan of one's own, to begin with the same as a ready one."""
    text = ready_texts().get(code)
    if text is None:
        raise Http404
    why, home = request.POST.get("why", ""), desk_plans.homes(request.desk)
    # Only the two shipped plans make the league tables of every day.
    own = text.replace("live = true\n", "")
    try:
        made = deeds.begin_plan(text=own, why=why, path=home, by=request.desk.actor, now=clock.now(), like=code)
    except Refusal as refusal:
        return ready_page(request, code, refusal=str(refusal), why=why, status=refusal.status)
    return redirect("plans:edit", version_id=made.pk)


@require_POST
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def next_one(request: StaffRequest, version_id: int) -> HttpResponse:
    """The next version as a draft."""
    version, why = draft_at(request.desk, version_id), request.POST.get("why", "")
    try:
        made = deeds.next_version(version=version, why=why, by=request.desk.actor, now=clock.now())
    except Refusal as refusal:
        return page_of(request, version, refusal=str(refusal), why=why, status=refusal.status)
    return redirect("plans:edit", version_id=made.pk)


@require_POST
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def finish(request: StaffRequest, version_id: int) -> HttpResponse:
    """Rounds may use it from now on."""
    version = draft_at(request.desk, version_id)
    seen = moment(request.POST.get("seen", ""), version)
    try:
        deeds.make_ready(version=version, seen=seen, by=request.desk.actor, now=clock.now())
    except Refusal as refusal:
        return page_of(request, version, refusal=str(refusal), status=refusal.status)
    messages.success(request, _("The plan is ready: rounds may use it, and this version changes no more."))
    return redirect("plans:version", version_id=version.pk)


@require_POST
@staff(Power.ROUND_RUN, Power.REPORT_SIGN)
def retire(request: StaffRequest, version_id: int) -> HttpResponse:
    """No new round may use it."""
    version = draft_at(request.desk, version_id)
    try:
        deeds.retire_plan(version=version, by=request.desk.actor, now=clock.now())
    except Refusal as refusal:
        return page_of(request, version, refusal=str(refusal), status=refusal.status)
    messages.success(request, _("No new round may use this version; those that do keep it."))
    return redirect("plans:version", version_id=version.pk)
