"""The page of a decision: its parts with their reports, what it is about, what happened; and its steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils.doers import organisations
from takrim.decisions.actions_links import unlink
from takrim.decisions.doers import keeps
from takrim.decisions.links import Thing
from takrim.decisions.models import Decision, Relation, Share
from takrim.decisions.queries import own_work
from takrim.orgs.powers import ROLES, Power
from takrim.web import desk_council, desk_decisions, desk_directives
from takrim.web.council import decision_parts
from takrim.web.council.decision_forms import CaseForm, LinkForm, PartForm, RightsForm
from takrim.web.council.decision_steps import STEPS, Followed, Step, add_part, link, name_rights, open_case
from takrim.web.desk import Desk, StaffRequest
from takrim.web.desk_council import Reach, SeatedRequest
from takrim.web.files import send
from takrim.web.gates import seated, staff
from takrim.web.staff.shown import lang
from takrim.web.uploads import upload_errors, uploads


class Offered(NamedTuple):
    """A step as a part offers it: `opened` where it was sent and something was wrong with it."""

    name: str
    step: Step
    form: forms.Form | None
    opened: bool


class Typed(NamedTuple):
    """A form that was sent and could not be taken: of which part (0: of the whole) and step."""

    place: int
    name: str
    form: forms.Form


def follow(desk: Reach, code: str, now: datetime) -> Followed:
    """The decision with its parts and what the person is to it; a stranger finds nothing."""
    decision = desk_decisions.decision(desk, code, now)
    if decision is None:
        raise Http404
    parts, on = desk_decisions.parts(decision), local_date(now)
    keeper = keeps(decision.body_id, desk.actor, on)
    own = own_work(parts, desk.actor, on) if keeper else set()
    represented = desk_decisions.represented(desk, parts, now)
    followed = Followed(decision, parts, desk.actor, now, keeper, own, represented)
    if isinstance(desk, Desk) and desk.actor.may(Power.DUTY_ASSIGN):
        ours = {share.unit_id for share in parts if followed.works_here(share) and share.is_open}
        followed.seats = {unit: _able(desk, unit, now) for unit in ours}
    return followed


def _able(desk: Desk, unit_id: int, now: datetime) -> list[Any]:
    seats = desk.colleagues_at(unit_id, local_date(now))
    return [seat for seat in seats if Power.DUTY_ANSWER in ROLES.get(seat.post.role, frozenset())]


def _desk(request: HttpRequest) -> Reach:
    return cast(SeatedRequest, request).desk


@require_safe
@seated(Power.COUNCIL_SEE)
def decision(request: HttpRequest, code: str) -> HttpResponse:
    """The page."""
    return _page(request, follow(_desk(request), code, clock.now()))


def _page(request: HttpRequest, followed: Followed, typed: Typed | None = None, status: int = 200) -> HttpResponse:
    desk, decision = _desk(request), followed.decision
    links = desk_decisions.links(decision)
    rights = [one.code for one in links if one.kind == Thing.RIGHT]
    whole = _of_whole(followed, rights, typed)
    body_seen = desk_council.bodies(desk, followed.now).filter(pk=decision.body_id).exists()
    context = {
        "here": "council",
        "decision": decision,
        "followed": followed,
        "parts": [
            {**shown, "steps": _offered(followed, shown["share"], typed)}
            for shown in decision_parts.parts(desk, followed)
        ],
        "body_seen": body_seen,
        "agendas": decision_parts.agendas(decision, body_seen=body_seen),
        "about": decision_parts.linked(desk, links, followed.now),
        "rights": decision_parts.rights(rights),
        "later": decision_parts.later(desk, decision, followed.now),
        "events": decision_parts.events(followed),
        "whole": whole,
        "now": followed.now,
    }
    return render(request, "council/decision.html", context, status=status)


def _offered(followed: Followed, share: Share, typed: Typed | None) -> list[Offered]:
    found = []
    for name, step in STEPS.items():
        sent = typed is not None and (typed.place, typed.name) == (share.place, name)
        # What was typed stays although a colleague was faster and the step is offered no longer.
        if not sent and not step.offered(followed, share):
            continue
        form: forms.Form | None = None
        if step.form is not None:
            fresh = step.form(auto_id=f"{name}_{share.place}_%s", seats=followed.seats.get(share.unit_id))
            form = typed.form if sent and typed is not None else fresh
        found.append(Offered(name, step, form, sent))
    return found


_WHOLE: dict[str, tuple[Callable[..., forms.Form], Callable[[Followed, Any], object]]] = {
    "part": (PartForm, add_part),
    "case": (CaseForm, open_case),
    "link": (LinkForm, link),
    "rights": (RightsForm, name_rights),
}


def _of_whole(followed: Followed, rights: list[str], typed: Typed | None) -> dict[str, forms.Form]:
    """The forms of the secretary about the whole decision; parts and cases are added while it is open."""
    if not followed.keeper:
        return {}
    found: dict[str, forms.Form] = {}
    for name, (form, _deed) in _WHOLE.items():
        if name in {"part", "case"} and not followed.decision.is_open:
            continue
        first = {"rights": rights} if name == "rights" else {}
        sent = typed is not None and typed.place == 0 and typed.name == name
        fresh = {} if sent else _given(followed, name)
        found[name] = typed.form if sent and typed is not None else form(auto_id=f"{name}_%s", initial=first, **fresh)
    return found


def _given(followed: Followed, name: str) -> dict[str, Any]:
    """What a form about the whole decision is given to choose from."""
    if name != "part":
        return {}
    return {"outside": organisations(followed.decision.body, local_date(followed.now))}


@require_POST
@seated(Power.COUNCIL_SEE)
def take(request: HttpRequest, code: str, part: int, step: str) -> HttpResponse:
    """Take a step with one part."""
    followed = follow(_desk(request), code, clock.now())
    share = next((one for one in followed.parts if one.place == part), None)
    found = STEPS.get(step)
    if share is None or found is None:
        raise Http404
    form = None
    if found.form is not None:
        form = found.form(
            request.POST, request.FILES, auto_id=f"{step}_{part}_%s", seats=followed.seats.get(share.unit_id)
        )
        for sentence in upload_errors(request, lang()):
            form.add_error(None, sentence)
        if not form.is_valid():
            return _page(request, followed, Typed(part, step, form), 422)
    try:
        found.run(followed, share, {**(form.cleaned_data if form else {}), "uploads": uploads(request, "papers")})
    except Refusal as refusal:
        if form is None:
            raise
        form.add_error(None, str(refusal))
        return _page(request, follow(_desk(request), code, clock.now()), Typed(part, step, form), refusal.status)
    messages.success(request, str(found.done))
    if request.POST.get("back") == "confirm":
        return redirect("council:decisions_confirm")
    return redirect(f"/council/decisions/{code}/#part-{part}")


@require_POST
@staff(Power.DECISION_CONFIRM)
def add(request: HttpRequest, code: str, step: str) -> HttpResponse:
    """Another part, a case, a link, the rights concerned."""
    desk = cast(StaffRequest, request).desk
    followed = follow(desk, code, clock.now())
    if step not in _WHOLE:
        raise Http404
    kind, deed = _WHOLE[step]
    form = kind(request.POST, auto_id=f"{step}_%s", **_given(followed, step))
    if not form.is_valid():
        return _page(request, followed, Typed(0, step, form), 422)
    try:
        deed(followed, _found(desk, form.cleaned_data))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, follow(desk, code, clock.now()), Typed(0, step, form), refusal.status)
    messages.success(request, _("It was noted."))
    return redirect("council:decision", code)


def _found(desk: Desk, data: dict[str, Any]) -> dict[str, Any]:
    """The office itself instead of its names; a directive that is kept here instead of its number."""
    if data.get("what") == Thing.DIRECTIVE and (known := desk_directives.numbered(desk, data["code"])):
        return {**data, "code": known.code}
    if not data.get("unit"):
        return data
    return {**data, "unit": get_object_or_404(desk.all_units(), pk=data["unit"].id)}


@require_POST
@staff(Power.DECISION_CONFIRM)
def drop_link(request: HttpRequest, code: str, link_id: int) -> HttpResponse:
    """Take a link away."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    followed = follow(desk, code, now)
    found = next((one for one in desk_decisions.links(followed.decision) if one.pk == link_id), None)
    if found is None or found.relation == Relation.OPENED:
        raise Http404
    found.decision = followed.decision
    unlink(link=found, by=desk.actor, now=now)
    return redirect("council:decision", code)


@require_safe
@seated(Power.COUNCIL_SEE)
def file(request: HttpRequest, code: str, evidence_id: int) -> HttpResponseBase:
    """A file of one of its reports."""
    desk = _desk(request)
    found: Decision | None = desk_decisions.decision(desk, code, clock.now())
    evidence = desk_decisions.evidence_of(found, evidence_id) if found else None
    if evidence is None:
        raise Http404
    return send(evidence, small=False)
