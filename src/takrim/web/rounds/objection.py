"""Objections: made by the office, read and answered by the committee."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.evaluation import actions_rounds_object as deeds
from takrim.evaluation.models_values import Objection, Outcome
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.round_people import require_decides
from takrim.evidence.actions import keep
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.desk_council import MemberDesk, SeatedRequest
from takrim.web.gates import seated, staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.forms import DecideForm, ObjectForm
from takrim.web.rounds.lines import lines_of
from takrim.web.uploads import upload_errors, uploads


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_DECLARE)
def new(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The office says which value is wrong; of other offices it knows none here."""
    desk = request.desk
    found = get_object_or_404(desk_rounds.rounds(desk), code=code)
    entrant = get_object_or_404(desk_rounds.entrants(found), pk=number, unit_path=desk.actor.unit_path)
    rows = rows_of(plan_of(found.plan))
    context: dict[str, Any] = {"here": "rounds", "round": found, "entrant": entrant}
    if request.method != "POST":
        form = ObjectForm(rows, {"indicator": request.GET.get("indicator", "")})
        return render(request, "rounds/object.html", {**context, "form": form})
    form = ObjectForm(rows, {}, request.POST, request.FILES)
    for sentence in upload_errors(request, language()):
        form.add_error("files", sentence)
    if not form.is_valid():
        return render(request, "rounds/object.html", {**context, "form": form}, status=422)
    given = {name: form.cleaned_data[name] for name in ("indicator", "asked", "text")}
    try:
        files = [(keep(upload=upload, now=clock.now()), upload.name) for upload in uploads(request, "files")]
        made = deeds.object_to(entrant=entrant, **given, files=files, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return render(request, "rounds/object.html", {**context, "form": form}, status=refusal.status)
    messages.success(request, _("The objection was sent to the committee. You see here what becomes of it."))
    return redirect("rounds:objection", code=code, number=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@seated(Power.FIGURES_SEE, Power.COUNCIL_SEE)
def objection_page(request: SeatedRequest, code: str, number: int) -> HttpResponse:
    """One objection; sent by a member of the committee, it is decided."""
    desk, now = request.desk, clock.now()
    found = get_object_or_404(desk_rounds.answerable(desk, local_date(now)), code=code)
    one = get_object_or_404(desk_rounds.objections(desk, found, local_date(now)), pk=number)
    one.value.entrant.round = found
    row = next(row for row in rows_of(plan_of(found.plan)) if row.code == one.value.indicator)
    if request.method != "POST":
        return _page(request, one, row, DecideForm(row))
    form = DecideForm(row, request.POST)
    if not form.is_valid():
        return _page(request, one, row, form, status=422)
    try:
        _decide(one, form.cleaned_data, request)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, one, row, form, status=refusal.status)
    messages.success(request, _("The answer was written down; the office sees it."))
    return redirect("rounds:objection", code=code, number=number)


def _decide(one: Objection, data: dict[str, Any], request: SeatedRequest) -> None:
    by, now, reason = request.desk.actor, clock.now(), data["reason"]
    if data["outcome"] == "uphold":
        deeds.uphold(objection=one, reason=reason, by=by, now=now)
    elif data["outcome"] == "partly":
        deeds.grant_partly(objection=one, given=data["given"], reason=reason, by=by, now=now)
    else:
        deeds.refuse(objection=one, reason=reason, by=by, now=now)


def _page(request: SeatedRequest, one: Objection, row: Row, form: DecideForm, *, status: int = 200) -> HttpResponse:
    value = one.value
    barred = ""
    try:
        require_decides(value.entrant, request.desk.actor, local_date(clock.now()))
    except Refusal as refusal:
        barred = str(refusal)
    change = one.changes.first()
    context = {
        "here": "rounds",
        "round": value.entrant.round,
        "entrant": value.entrant,
        "objection": one,
        "state": f"objection_{one.outcome or 'waiting'}",
        "line": lines_of(value.entrant, [row], None, judged=True)[0],
        "committee": value.entrant.round.committee if isinstance(request.desk, MemberDesk) else None,
        "counts": shown.told(change.was if change else value.final, row.measure),
        "asked": shown.told(one.asked, row.measure),
        "given": shown.told(one.given, row.measure) if one.given else "",
        "files": desk_rounds.files_of([one.subject]).get(one.subject, []),
        "form": form if one.outcome == Outcome.WAITING and not barred else None,
        "sees": desk_rounds.sees_values(request.desk, value.entrant, local_date(clock.now())),
    }
    return render(request, "rounds/objection.html", context, status=status)
