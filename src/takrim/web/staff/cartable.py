"""The cartable: what is due next, what waits for approval or judgment, what was asked of others, what was done."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.codes import BadCode, read_code
from takrim.base.errors import Refusal
from takrim.cases.actions_views import delete_view, save_view
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import listing
from takrim.web.staff.cartable_forms import FiltersForm, drawn_fields

# Where people go who work with no cases.
_ELSEWHERE = (
    (Power.SURVEY_CALL, "/staff/calls/"),
    (Power.OFFICE_SEE, "/staff/office/"),
    (Power.OPERATE, "/operator/"),
    (Power.FIGURES_SEE, "/figures/"),
)


@require_safe
@staff()
def cartable(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    desk = cast(StaffRequest, request).desk
    if not desk.actor.may(Power.CASE_SEE):
        return redirect(next((place for power, place in _ELSEWHERE if desk.actor.may(power)), "/staff/me/"))
    return _page(request, desk)


def _page(request: HttpRequest, desk: Desk, *, refusal: Refusal | None = None) -> HttpResponse:
    form = FiltersForm(request.GET)
    asked = listing.read(form, desk)
    if asked.query and (code := _whole_code(asked.query)) and desk.cases().filter(code=code).exists():
        return redirect("staff:case", code=code)
    shown = listing.show(asked, desk, clock.now())
    context = {
        "here": "cartable",
        "form": form,
        "fields": drawn_fields(form),
        "asked": asked,
        "shown": shown,
        "tabs": listing.tabs(asked, desk),
        "elsewhere": desk.work_elsewhere() if asked.scope == "me" else [],
        "views": desk.views_by_name(),
        "refusal": refusal,
    }
    template = "staff/_cartable.html" if request.headers.get("HX-Target") == "cartable" else "staff/cartable.html"
    return render(request, template, context, status=refusal.status if refusal else 200)


def _whole_code(query: str) -> str:
    """The tracking code that was typed, or "" when it is something else."""
    try:
        return read_code(query)
    except BadCode:
        return ""


@require_POST
@staff(Power.CASE_SEE)
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the address under a name."""
    desk = cast(StaffRequest, request).desk
    query = FiltersForm.query_of(request.GET)
    try:
        save_view(name=request.POST.get("name", ""), query=query, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        return _page(request, desk, refusal=refusal)
    return redirect(f"{reverse('staff:cartable')}?{query}")


@require_POST
@staff(Power.CASE_SEE)
def drop_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Throw a view of one's own away."""
    desk = cast(StaffRequest, request).desk
    delete_view(view_id=view_id, by=desk.actor, now=clock.now())
    return redirect("staff:cartable")
