"""Replies to invitations: at the meeting's page, and by the signed link of the letter."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.councils import links
from takrim.councils.actions_replies import (
    Instead,
    NoReasonGiven,
    SubstituteUnnamed,
    accept,
    by_link,
    decline,
    send_substitute,
)
from takrim.councils.models_meetings import Invitation, Reply
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.citizen import limits
from takrim.web.council.meeting import meeting_head, meeting_of
from takrim.web.council.meeting_forms import ReplyForm
from takrim.web.desk import PublicDesk, PublicRequest
from takrim.web.gates import public, seated


def reply_form(data: Any, seat: Invitation, colleagues: list[Person]) -> ReplyForm:
    """The form with what was replied so far."""
    first = {
        "reply": seat.reply or None,
        "reason": seat.reply_note,
        "colleague": str(seat.substitute_person_id or ""),
        "substitute_name": "" if seat.substitute_person_id else seat.substitute_name,
        "substitute_title": seat.substitute_title,
    }
    return ReplyForm(data, colleagues=colleagues, initial=first)


def _take(form: ReplyForm, seat: Invitation, colleagues: list[Person], by: Actor, now: datetime) -> bool:
    """Whether the reply was taken; what was wrong stands in the form."""
    if not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        if data["reply"] == Reply.ACCEPTED:
            accept(invitation=seat, by=by, now=now)
        elif data["reply"] == Reply.DECLINED:
            decline(invitation=seat, reason=data["reason"], by=by, now=now)
        else:
            send_substitute(invitation=seat, instead=_instead(data, colleagues), by=by, now=now)
    except NoReasonGiven as refusal:
        form.add_error("reason", str(refusal))
    except SubstituteUnnamed as refusal:
        form.add_error("substitute_name", str(refusal))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _instead(data: dict[str, Any], colleagues: list[Person]) -> Instead:
    chosen = next((one for one in colleagues if str(one.pk) == data.get("colleague")), None)
    if chosen is not None:
        return Instead(person=chosen, title=data["substitute_title"])
    return Instead(name=data["substitute_name"], title=data["substitute_title"])


@require_http_methods(["GET", "HEAD", "POST"])
@seated(Power.COUNCIL_SEE)
def reply(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever was invited replies."""
    now = clock.now()
    desk, meeting = meeting_of(request, code, now)
    seat = desk_council.own_invitation(desk, meeting)
    if seat is None:
        raise Http404
    colleagues = list(desk_council.colleagues(meeting, seat, clock.local_date(meeting.starts_at)))
    form = reply_form(request.POST or None, seat, colleagues)
    if request.method == "POST" and _take(form, seat, colleagues, desk.actor, now):
        messages.success(request, _("Your reply was noted. Thank you."))
        return redirect("council:meeting", code=code)
    context = {**meeting_head(desk, meeting, now), "form": form, "seat": seat}
    return render(request, "council/reply.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever opened the link of their letter replies, without signing in."""
    now = clock.now()
    limits.check(request, "invitation", now=now)
    number = links.read_invitation(token)
    seat = desk_council.opened_invitation(_desk(request), number) if number else None
    if seat is None:
        limits.count(request, "invitation", now=now)
        raise Http404
    colleagues = list(desk_council.colleagues(seat.meeting, seat, clock.local_date(seat.meeting.starts_at)))
    form = reply_form(request.POST or None, seat, colleagues)
    done = request.method == "POST" and _take(form, seat, colleagues, by_link(seat), now)
    context = {"here": "", "meeting": seat.meeting, "body": seat.meeting.body, "seat": seat, "form": form, "done": done}
    return render(request, "council/invitation.html", context, status=422 if form.errors else 200)


def _desk(request: HttpRequest) -> PublicDesk:
    return cast(PublicRequest, request).desk
