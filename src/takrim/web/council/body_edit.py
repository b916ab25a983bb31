"""A body is set up, its terms are changed, it ends."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.jalali import BadDate, JalaliDate
from takrim.councils.actions_bodies import BodyUnclear, change_body, end_body, found_body
from takrim.councils.kind import kinds
from takrim.councils.models import Body
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.body import head
from takrim.web.council.body_forms import NewBodyForm, TermsForm, terms_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


def edited(request: HttpRequest, code: str, now: datetime) -> tuple[Desk, Body]:
    """The desk, and a body it sees; whether it may be changed is for the deed to say."""
    desk = _desk(request)
    found = desk_council.bodies(desk, now).select_related("unit", "parent")
    return desk, get_object_or_404(found, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.BODIES_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """Set one up; its rules are those of its kind until something else is chosen."""
    desk, now = _desk(request), clock.now()
    others = list(desk_council.bodies(desk, now).filter(closed_on=None).order_by("name_fa"))
    if request.method != "POST":
        return _new_page(request, NewBodyForm(desk=desk, bodies=others, initial=_first(request, desk, now)))
    form = NewBodyForm(request.POST, desk=desk, bodies=others)
    if form.is_valid():
        data = form.cleaned_data
        try:
            body = found_body(
                unit=get_object_or_404(desk.units(), path=data["unit"]),
                terms=form.terms,
                since=data["since"],
                parent=next((one for one in others if one.code == data["parent"]), None),
                by=desk.actor,
                now=now,
            )
        except Refusal as refusal:
            _beside(form, refusal)
        else:
            messages.success(request, _("The body was set up. Now give it its members."))
            return redirect("council:body", code=body.code)
    return _new_page(request, form, status=422)


def _first(request: HttpRequest, desk: Desk, now: datetime) -> dict[str, Any]:
    """What the form shows first: the rules of a kind, chosen by a link of the page."""
    asked = request.GET.get("kind", "")
    kind = kinds().get(asked) or next(iter(kinds().values()))
    own = {"unit": desk.actor.unit_path, "since": clock.local_date(now)}
    return {**own, "kind": kind.code, **kind.fields()}


def _beside(form: TermsForm, refusal: Refusal) -> None:
    """What is wrong stands beside its field, the rest above the form."""
    if not isinstance(refusal, BodyUnclear):
        form.add_error(None, str(refusal))
        return
    for name, sentence in refusal.found.items():
        form.add_error(name, sentence)


def _new_page(request: HttpRequest, form: NewBodyForm, *, status: int = 200) -> HttpResponse:
    context = {"here": "council", "form": form, "kinds": list(kinds().values())}
    return render(request, "council/body_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.BODIES_EDIT)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change its terms."""
    now = clock.now()
    desk, body = edited(request, code, now)
    if request.method != "POST":
        return _edit_page(request, desk, body, TermsForm(initial=terms_of(body)), now)
    form = TermsForm(request.POST)
    if form.is_valid():
        try:
            change_body(body=body, terms=form.terms, seen=_seen(request), by=desk.actor, now=now)
        except Refusal as refusal:
            _beside(form, refusal)
        else:
            messages.success(request, _("The terms were kept."))
            return redirect("council:body", code=code)
    return _edit_page(request, desk, body, form, now, status=422)


def _seen(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdecimal() else 0


def _edit_page(
    request: HttpRequest, desk: Desk, body: Body, form: TermsForm, now: datetime, *, status: int = 200
) -> HttpResponse:
    context = {**head(desk, body, now), "form": form, "version": request.POST.get("version", body.version)}
    return render(request, "council/body_edit.html", context, status=status)


@require_POST
@staff(Power.BODIES_EDIT)
def end(request: HttpRequest, code: str) -> HttpResponse:
    """End it with a day."""
    now = clock.now()
    desk, body = edited(request, code, now)
    try:
        last_day = JalaliDate.parse(request.POST.get("last_day", "")).to_date()
        end_body(body=body, last_day=last_day, by=desk.actor, now=now)
    except (BadDate, Refusal) as refusal:
        form = TermsForm(initial=terms_of(body))
        context = {**head(desk, body, now), "form": form, "version": body.version, "refusal": refusal}
        return render(request, "council/body_edit.html", context, status=refusal.status)
    messages.success(request, _("The body ends on that day. What it was stays to be read."))
    return redirect("council:body", code=code)
