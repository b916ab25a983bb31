"""Second looks: what was drawn for the person at this desk, and how each sample was drawn and went."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.orgs.powers import Power
from takrim.proofs import actions_sample
from takrim.proofs.models_judging import SecondLook
from takrim.proofs.sampling import codes_from_journal, sampled
from takrim.web import desk_proofs
from takrim.web.council.proof_forms import SecondForm
from takrim.web.council.proofs_shown import files_shown, rows_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.done import days, people
from takrim.web.parts.templatetags.takrim import language


@require_safe
@staff(Power.PROOF_JUDGE)
def second(request: HttpRequest) -> HttpResponse:
    """What waits for this person, and the samples of the house."""
    desk = cast(StaffRequest, request).desk
    looks = list(desk_proofs.looks(desk)[: desk_proofs.SIZE])
    rows = rows_of([look.action for look in looks], desk)
    context = {
        "here": "council",
        "looks": list(zip(looks, rows, strict=True)),
        "draws": [(draw, _month(draw.period)) for draw in desk_proofs.draws(desk)[:12]],
    }
    return render(request, "council/proofs_second.html", context)


def _month(period: str) -> str:
    return Period.parse(period).title(language())


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.PROOF_JUDGE)
def look(request: HttpRequest, look_id: int) -> HttpResponse:
    """One proof to look at again; the first verdict's words are not shown, so that they lead nobody."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk_proofs.looks(desk), pk=look_id)
    if request.method != "POST":
        return _page(request, desk, row, SecondForm())
    form = SecondForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, row, form, status=422)
    try:
        _say(desk, row, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, row, form, status=refusal.status)
    messages.success(request, gettext("Your second look is written down."))
    return redirect("council:proofs_second")


def _say(desk: Desk, row: SecondLook, form: SecondForm) -> None:
    by, now = desk.actor, clock.now()
    if form.cleaned_data["agrees"] == "yes":
        actions_sample.agree(look=row, by=by, now=now)
    else:
        actions_sample.disagree(look=row, reason=form.cleaned_data["reason"], by=by, now=now)


def _page(request: HttpRequest, desk: Desk, row: SecondLook, form: SecondForm, *, status: int = 200) -> HttpResponse:
    pairs, things = desk_proofs.proven([row.action])
    context = {
        "here": "council",
        "look": row,
        "action": row.action,
        "days": days(row.action),
        "people": people(row.action),
        "proves": [things[pair] for pair in pairs[row.action_id] if pair in things],
        "files": files_shown(row.action, desk, for_judges=True),
        "form": form,
    }
    return render(request, "council/proof_second.html", context, status=status)


@require_safe
@staff(Power.PROOF_JUDGE)
def draw(request: HttpRequest, draw_id: int) -> HttpResponse:
    """How a sample was drawn: the seed, and the same drawing done anew from the journal before one's eyes."""
    desk = cast(StaffRequest, request).desk
    row = get_object_or_404(desk_proofs.draws(desk), pk=draw_id)
    codes = codes_from_journal(row)
    again = sampled(codes, row.seed)
    looks = list(row.looks.select_related("action").order_by("pk"))
    context = {
        "here": "council",
        "draw": row,
        "month": _month(row.period),
        "looks": looks,
        "candidates": len(codes),
        # Of a proof that nobody else may judge no second look was drawn.
        "agrees": len(codes) == row.candidates and {look.action.code for look in looks} <= set(again),
    }
    return render(request, "council/proofs_draw.html", context)
