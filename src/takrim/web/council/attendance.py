"""Who came: the list the secretary ticks, the door with its code, joining remotely."""

from __future__ import annotations

from datetime import datetime
from typing import cast

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.codes import same_secret
from takrim.base.errors import Refusal
from takrim.councils import links
from takrim.councils.actions_attendance import leave, note_attendance, sign_in
from takrim.councils.models_meetings import Attendance, Invitation, Meeting, State
from takrim.councils.queries import require_keeper
from takrim.orgs.powers import Power
from takrim.web import desk_council
from takrim.web.council.meeting import meeting_head, meeting_of
from takrim.web.council.meeting_parts.people import rows_of
from takrim.web.desk_council import Reach, SeatedRequest
from takrim.web.gates import seated


@require_POST
@seated(Power.MEETING_KEEP)
def note(request: HttpRequest, code: str, invitation_id: int) -> HttpResponse:
    """Tick somebody on the list; htmx gets the list alone."""
    now = clock.now()
    desk, meeting = meeting_of(request, code, now)
    row = get_object_or_404(desk_council.invitations(meeting).select_related("meeting__body"), pk=invitation_id)
    refusal: Refusal | None = None
    try:
        _note(row, request.POST.get("came", ""), desk, now)
    except Refusal as error:
        refusal = error
    if request.headers.get("HX-Target") == "people":
        part = rows_of(desk, meeting, now)
        context = {"part": part, "meeting": meeting, "refusal": refusal}
        return render(request, "council/_people.html", context, status=refusal.status if refusal else 200)
    if refusal is not None:
        raise refusal
    return redirect("council:meeting", code=code)


def _note(row: Invitation, came: str, desk: Reach, now: datetime) -> None:
    if came == "left":
        leave(invitation=row, by=desk.actor, now=now)
        return
    by_substitute = came == "substitute"
    if came not in {*Attendance, "substitute"}:
        raise Http404
    attendance = Attendance.PRESENT if by_substitute else Attendance(came)
    note_attendance(invitation=row, attendance=attendance, by_substitute=by_substitute, by=desk.actor, now=now)


@never_cache
@require_safe
@seated(Power.MEETING_KEEP)
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """The code to be shown or printed at the door; only who keeps the meeting sees it."""
    now = clock.now()
    desk, meeting = meeting_of(request, code, now)
    require_keeper(meeting.body, desk.actor, clock.local_date(now))
    address = links.door_address(meeting)
    qr = segno.make(address, error="m").svg_data_uri(border=2, scale=8)
    return render(request, "council/door_poster.html", {**meeting_head(desk, meeting, now), "qr": qr})


def _at_door(request: HttpRequest, token: str, now: datetime) -> tuple[Reach, Meeting, Invitation]:
    """The meeting whose door was scanned, and the seat of who scanned it."""
    desk = cast(SeatedRequest, request).desk
    read = links.read_door(token)
    meeting = desk_council.meetings(desk, now).filter(pk=read[0]).first() if read else None
    if read is None or meeting is None or not same_secret(read[1], meeting.door_nonce):
        raise Http404
    return desk, meeting, _seat(desk, meeting)


def _seat(desk: Reach, meeting: Meeting) -> Invitation:
    seat = desk_council.instead_of(desk, meeting) or desk_council.own_invitation(desk, meeting)
    if seat is None:
        raise Http404
    return seat


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Power.COUNCIL_SEE)
def door(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has scanned the code says with one press that they are there."""
    now = clock.now()
    desk, meeting, seat = _at_door(request, token, now)
    if request.method == "POST":
        sign_in(invitation=seat, by=desk.actor, now=now)
        messages.success(request, _("Your attendance was noted."))
        return redirect("council:meeting", code=meeting.code)
    open_still = meeting.state in {State.INVITED, State.HELD, State.DRAFTED} and meeting.closed_at is None
    context = {**meeting_head(desk, meeting, now), "seat": seat, "open_still": open_still}
    return render(request, "council/door.html", context)


@require_POST
@seated(Power.COUNCIL_SEE)
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody takes part remotely: noted, then on to the address of the meeting."""
    now = clock.now()
    desk, meeting = meeting_of(request, code, now)
    seat = _seat(desk, meeting)
    if not meeting.online_url or clock.local_date(meeting.starts_at) != clock.local_date(now):
        raise Http404
    sign_in(invitation=seat, remote=True, by=desk.actor, now=now)
    return redirect(meeting.online_url)
