"""Seats of a body are given, changed and ended; its subjects are named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.councils.actions_bodies import BodyUnclear, end_subject, name_subject
from takrim.councils.actions_members import (
    Outsider,
    Seat,
    change_seat,
    end_seat,
    give_seat,
    seat_outsider,
    send_account,
)
from takrim.councils.models import Body, Membership, Role
from takrim.councils.seating import members_on
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.body import head
from takrim.web.council.body_edit import edited
from takrim.web.council.members_forms import OutsiderForm, SeatForm, SubjectForm, TermForm, post_choices, term_of
from takrim.web.council.words import whose
from takrim.web.desk import Desk
from takrim.web.gates import staff


def _posts(body: Body, now: datetime) -> list[tuple[str, str]]:
    return post_choices(desk_council.posts(body), desk_council.holders(body, clock.local_date(now)))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.BODIES_EDIT)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Give a post or a person a seat."""
    now = clock.now()
    desk, body = edited(request, code, now)
    posts = _posts(body, now)
    if request.method != "POST":
        first = {"since": clock.local_date(now), "votes": True, "role": Role.MEMBER}
        return _page(request, desk, body, SeatForm(posts=posts, initial=first), now)
    form = SeatForm(request.POST, posts=posts)
    if form.is_valid():
        data = form.cleaned_data
        person = desk_council.person_named(body, data["person"]) if data["person"] else None
        if data["person"] and person is None:
            form.add_error("person", _("Nobody here signs in with this name."))
            return _page(request, desk, body, form, now, status=422)
        seat = Seat(post=desk_council.post(body, data["post"]), person=person, **_term(body, data))
        try:
            give_seat(body=body, seat=seat, by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seat was given."))
            return redirect("council:body", code=code)
    return _page(request, desk, body, form, now, status=422)


def _term(body: Body, data: dict[str, Any]) -> dict[str, Any]:
    named = {name: data[name] for name in ("role", "title", "votes", "since", "until")}
    return {**named, "substitute_post": desk_council.post(body, data["substitute"])}


def _page(
    request: HttpRequest,
    desk: Desk,
    body: Body,
    form: forms.Form,
    now: datetime,
    *,
    seat: Membership | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**head(desk, body, now), "form": form, "seat": seat, "whose": whose(seat) if seat else ""}
    return render(request, "council/seat.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.BODIES_EDIT)
def outside(request: HttpRequest, code: str) -> HttpResponse:
    """Let an organisation without an office here send somebody."""
    now = clock.now()
    desk, body = edited(request, code, now)
    partners = list(desk_council.partners(body))
    if request.method != "POST":
        first = {"since": clock.local_date(now), "votes": True, "role": Role.MEMBER}
        return _outside_page(request, desk, body, OutsiderForm(partners=partners, initial=first), now)
    form = OutsiderForm(request.POST, partners=partners)
    if form.is_valid():
        data = form.cleaned_data
        seat = Seat(**{name: data[name] for name in ("role", "title", "votes", "since", "until")})
        who = Outsider(name=data["name"], email=data["email"], mobile=data["mobile"])
        organisation = next(partner for partner in partners if str(partner.pk) == data["organisation"])
        try:
            seat_outsider(body=body, organisation=organisation, who=who, seat=seat, by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seat was given. The link to the account was sent."))
            return redirect("council:body", code=code)
    return _outside_page(request, desk, body, form, now, status=422)


def _outside_page(
    request: HttpRequest, desk: Desk, body: Body, form: OutsiderForm, now: datetime, *, status: int = 200
) -> HttpResponse:
    context = {**head(desk, body, now), "form": form, "may_add": desk.actor.may(Power.PARTNERS_EDIT)}
    return render(request, "council/outsider.html", context, status=status)


def _seat_of(body: Body, seat_id: int) -> Membership:
    return get_object_or_404(desk_council.seats_ever(body), pk=seat_id)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.BODIES_EDIT)
def change(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    """Change the role, the term or the substitute of a seat."""
    now = clock.now()
    desk, body = edited(request, code, now)
    seat, posts = _seat_of(body, seat_id), _posts(body, now)
    if request.method != "POST":
        return _page(request, desk, body, TermForm(posts=posts, initial=term_of(seat)), now, seat=seat)
    form = TermForm(request.POST, posts=posts)
    if form.is_valid():
        said = Seat(post=seat.post, person=seat.person, **_term(body, form.cleaned_data))
        try:
            change_seat(member=seat, seat=said, by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The seat was changed."))
            return redirect("council:body", code=code)
    return _page(request, desk, body, form, now, seat=seat, status=422)


@require_POST
@staff(Power.BODIES_EDIT)
def end(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    """End a seat with a day."""
    now = clock.now()
    desk, body = edited(request, code, now)
    seat = _seat_of(body, seat_id)
    try:
        last_day = JalaliDate.parse(request.POST.get("last_day", "")).to_date()
        end_seat(member=seat, last_day=last_day, by=desk.actor, now=now)
    except Refusal as refusal:
        form = TermForm(posts=_posts(body, now), initial=term_of(seat))
        context = {**head(desk, body, now), "form": form, "seat": seat, "whose": whose(seat), "refusal": refusal}
        return render(request, "council/seat.html", context, status=refusal.status)
    messages.success(request, _("The seat ends on that day."))
    return redirect("council:body", code=code)


@require_POST
@staff(Power.BODIES_EDIT)
def account(request: HttpRequest, code: str, seat_id: int) -> HttpResponse:
    """Send the link to the account of a member from outside once more."""
    now = clock.now()
    desk, body = edited(request, code, now)
    send_account(member=_seat_of(body, seat_id), by=desk.actor, now=now)
    messages.success(request, _("The link to the account was sent."))
    return redirect("council:change_seat", code=code, seat_id=seat_id)


@require_POST
@staff(Power.BODIES_EDIT)
def subject(request: HttpRequest, code: str) -> HttpResponse:
    """Name a subject, perhaps as one secretary's own."""
    now = clock.now()
    desk, body = edited(request, code, now)
    seats = [seat for seat in members_on(body, clock.local_date(now)) if seat.role == Role.SECRETARY]
    form = SubjectForm(request.POST, secretaries=[(seat.pk, whose(seat)) for seat in seats])
    if form.is_valid():
        data = form.cleaned_data
        chosen = next((seat for seat in seats if str(seat.pk) == data["secretary"]), None)
        try:
            named = {"name_fa": data["name_fa"], "name_en": data["name_en"]}
            name_subject(body=body, **named, secretary=chosen, by=desk.actor, now=now)
        except BodyUnclear as refusal:
            form.add_error("name_fa", str(refusal.found["name_fa"]))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The subject was added."))
            return redirect("council:body", code=code)
    return render(request, "council/subject.html", {**head(desk, body, now), "form": form}, status=422)


@require_POST
@staff(Power.BODIES_EDIT)
def drop_subject(request: HttpRequest, code: str, subject_id: int) -> HttpResponse:
    """The body no longer deals with it."""
    now = clock.now()
    desk, body = edited(request, code, now)
    found = get_object_or_404(desk_council.subjects(body), pk=subject_id)
    end_subject(subject=found, by=desk.actor, now=now)
    return redirect("council:body", code=code)
