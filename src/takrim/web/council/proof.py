"""One proof: what was done, its files, what became of it; and the secretary's verdict."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.proofs import actions_judge
from takrim.proofs.models import IN_HAND, Action, State
from takrim.web import desk_proofs
from takrim.web.council.proof_forms import VerdictForm
from takrim.web.council.proofs_shown import files_shown, state_pill
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.done import MANNERS, days, people
from takrim.web.parts.templatetags.takrim import language


def _reached(desk: Desk, code: str) -> Action:
    action = desk_proofs.one(desk, code)
    if action is None:
        raise Http404
    return action


@require_safe
@staff(Power.COUNCIL_SEE)
def proof(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a proof that this desk may open."""
    desk = cast(StaffRequest, request).desk
    return _page(request, desk, _reached(desk, code), VerdictForm())


def _page(request: HttpRequest, desk: Desk, action: Action, form: VerdictForm, *, status: int = 200) -> HttpResponse:
    judges = actions_judge.may_judge(action, desk.actor)
    pairs, things = desk_proofs.proven([action])
    ours = action.unit_path == desk.actor.unit_path and desk.actor.may(Power.PROOF_GIVE)
    context = {
        "here": "council",
        "action": action,
        "pill": state_pill(action),
        "unit": unit_name(action.unit_path, language()),
        "days": days(action),
        "manner": MANNERS[action.manner],
        "people": people(action),
        "proves": [things[pair] for pair in pairs[action.pk] if pair in things],
        "files": files_shown(action, desk, for_judges=judges),
        "judges": judges and action.state in {State.SENT, State.ACCEPTED},
        "shows": judges and action.state == State.ACCEPTED,
        "can_edit": ours and action.state in IN_HAND,
        "due": desk_proofs.due_again(desk).get(action.code) if ours else None,
        "form": form,
        "events": timeline(action.subject)[::-1],
    }
    return render(request, "council/proof.html", context, status=status)


@require_POST
@staff(Power.PROOF_JUDGE)
def judge(request: HttpRequest, code: str) -> HttpResponse:
    """The secretary's verdict on one proof."""
    desk = cast(StaffRequest, request).desk
    action = _reached(desk, code)
    form = VerdictForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, action, form, status=422)
    try:
        actions_judge.judge(action=action, **form.cleaned_data, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, _reached(desk, code), form, status=refusal.status)
    messages.success(request, gettext("Your verdict is written down, and the office is told."))
    return redirect("council:proofs_queue")


@require_POST
@staff(Power.PROOF_JUDGE)
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Let everybody see an accepted action, or take it back."""
    desk = cast(StaffRequest, request).desk
    action = _reached(desk, code)
    deed = actions_judge.hide if action.public_at else actions_judge.show
    deed(action=action, by=desk.actor, now=clock.now())
    return redirect("council:proof", code=code)
