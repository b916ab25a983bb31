"""A meeting is planned, changed, called off; guests are put on its list."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.councils.actions_meetings import cancel_meeting, change_meeting, invite_guest, plan_meeting
from takrim.councils.models_meetings import Meeting
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.body import head
from takrim.web.council.body_edit import edited
from takrim.web.council.meeting import meeting_head
from takrim.web.council.meeting_forms import GuestForm, WhenForm, WhyForm, first_of, when_of
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff


def kept_meeting(request: HttpRequest, code: str, now: datetime) -> tuple[Desk, Meeting]:
    """The desk, and a meeting it sees; whether the person keeps it is for the deed to say."""
    desk = cast(StaffRequest, request).desk
    return desk, get_object_or_404(desk_council.meetings(desk, now), code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.MEETING_KEEP)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Plan the next meeting of a body."""
    now = clock.now()
    desk, body = edited(request, code, now)
    form = WhenForm(request.POST or None, initial=first_of(body))
    if request.method == "POST" and form.is_valid():
        try:
            meeting = plan_meeting(body=body, when=form.when, by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting was planned. Nobody is told before you invite."))
            return redirect("council:meeting", code=meeting.code)
    context = {**head(desk, body, now), "form": form}
    return render(request, "council/meeting_plan.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.MEETING_KEEP)
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Another time, place or title."""
    now = clock.now()
    desk, meeting = kept_meeting(request, code, now)
    form = WhenForm(request.POST or None, initial=when_of(meeting))
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("version", "")
        try:
            number = int(seen) if seen.isascii() and seen.isdecimal() else 0
            change_meeting(meeting=meeting, when=form.when, seen=number, by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting was changed."))
            return redirect("council:meeting", code=code)
    version = request.POST.get("version", meeting.version)
    return _page(request, "council/meeting_edit.html", desk, meeting, form, now, version=version)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.MEETING_KEEP)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Call it off, with the reason."""
    now = clock.now()
    desk, meeting = kept_meeting(request, code, now)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_meeting(meeting=meeting, why=form.cleaned_data["why"], by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting was called off."))
            return redirect("council:meeting", code=code)
    return _page(request, "council/meeting_cancel.html", desk, meeting, form, now)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.MEETING_KEEP)
def guest(request: HttpRequest, code: str) -> HttpResponse:
    """Put a guest on the list."""
    now = clock.now()
    desk, meeting = kept_meeting(request, code, now)
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invite_guest(meeting=meeting, **form.cleaned_data, by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The guest is on the list."))
            return redirect("council:meeting", code=code)
    return _page(request, "council/guest.html", desk, meeting, form, now)


def _page(
    request: HttpRequest,
    template: str,
    desk: Desk,
    meeting: Meeting,
    form: forms.Form,
    now: datetime,
    **more: object,
) -> HttpResponse:
    context = {**meeting_head(desk, meeting, now), "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)
