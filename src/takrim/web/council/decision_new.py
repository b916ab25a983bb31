"""A decision that stands in no minutes kept here is written down; and how the date of a part was counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils.doers import organisations
from takrim.councils.models import Body
from takrim.decisions.actions_write import Wording, write_down
from takrim.decisions.adoption import owners_of
from takrim.decisions.links import Target, Thing
from takrim.decisions.models import Decision
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.web import desk_decisions
from takrim.web.council.decision import follow
from takrim.web.council.decision_forms import BodyForm, NewForm
from takrim.web.council.decision_steps import term_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff.counted import count_shown


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.DECISION_CONFIRM)
def new(request: HttpRequest) -> HttpResponse:
    """The form, for one of the bodies that the person keeps."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    bodies = desk_decisions.bodies_kept(desk, now)
    asked = request.GET.get("body", "")
    body = next((one for one in bodies if one.code == asked), bodies[0] if len(bodies) == 1 else None)
    if body is None:
        if asked:
            raise Http404
        choice = BodyForm(bodies=bodies)
        return render(request, "council/decision_new.html", {"here": "council", "bodies": bodies, "choice": choice})
    today = local_date(now)
    offered: dict[str, Any] = {"offices": desk_decisions.offices_for(body), "outside": organisations(body, today)}
    if request.method != "POST":
        form = NewForm(**offered, today=today, initial={"decided_on": today})
        return _page(request, body, form)
    form = NewForm(request.POST, **offered, today=today)
    if not form.is_valid():
        return _page(request, body, form, status=422)
    try:
        written = _write(desk, body, form.cleaned_data, now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, body, form, status=refusal.status)
    messages.success(request, _("The decision was issued. Each office has its part in its cartable now."))
    return redirect("council:decision", written.code)


def _write(desk: Desk, body: Body, data: dict[str, Any], now: datetime) -> Decision:
    targets = [Target(Thing.RIGHT, code) for code in data["rights"]]
    if data["earlier"]:
        targets.append(Target(Thing.DECISION, data["earlier"], data["relation"]))
    wording = Wording(
        text=data["text"],
        decided_on=data["decided_on"],
        owners=owners_of(body, data["units"]),
        term=term_of(data),
        proof=data["proof"],
        targets=targets,
    )
    return write_down(body=body, wording=wording, by=desk.actor, now=now)


def _page(request: HttpRequest, body: Body, form: forms.Form, *, status: int = 200) -> HttpResponse:
    context = {"here": "council", "body": body, "form": form}
    return render(request, "council/decision_new.html", context, status=status)


@require_safe
@staff(Power.COUNCIL_SEE)
def counted(request: HttpRequest, code: str, part: int) -> HttpResponse:
    """Every clock of what one office owes, day by day."""
    desk = cast(StaffRequest, request).desk
    followed = follow(desk, code, clock.now())
    share = next((one for one in followed.parts if one.place == part), None)
    if share is None:
        raise Http404
    shown = count_shown(desk, share.duty, timeline(share.subject))
    context = {"here": "council", "decision": followed.decision, "share": share, **shown}
    return render(request, "council/decision_counted.html", context)
