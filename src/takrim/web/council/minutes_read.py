"""Minutes that are read: the draft with its comments, the sealed words with their hash, the issued ones with errata."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.councils import actions_errata, actions_sealing, composing
from takrim.councils.models_minutes import Minutes
from takrim.councils.printing import printed
from takrim.councils.queries import is_chair, keeps
from takrim.orgs.powers import Power
from takrim.web import desk_minutes
from takrim.web.council.agenda_shown import title_of
from takrim.web.council.meeting_found import found_minutes, head
from takrim.web.council.minutes_forms import CommentForm, ErratumForm, IssueForm
from takrim.web.desk import Desk
from takrim.web.gates import seated, staff
from takrim.web.parts.templatetags.takrim import language


def reading(
    request: HttpRequest,
    desk: Desk,
    minutes: Minutes,
    now: datetime,
    *,
    status: int = 200,
    comment: CommentForm | None = None,
    issuing: IssueForm | None = None,
    erratum: ErratumForm | None = None,
) -> HttpResponse:
    """The minutes to be read, with what this person may do about them."""
    keeper = keeps(minutes.meeting.body, desk.actor, local_date(now))
    seat = actions_sealing.own_seat(minutes, desk.actor)
    base = {**head(minutes.meeting, "minutes"), "minutes": minutes, "keeper": keeper}
    # A draft is for who was there; sealed words are for all who see the meeting.
    if minutes.sealed_at is None and not (minutes.shown_at and (seat or keeper)):
        return render(request, "council/minutes_none.html", {**base, "may_begin": False})
    context = {
        **base,
        **_words(minutes),
        **_signing(desk, minutes, seat is not None, now),
        "comments": desk_minutes.comments(minutes),
        "may_comment": minutes.sealed_at is None,
        "comment_form": comment or _comment_form(minutes),
        "issue_form": issuing or IssueForm(),
        "errata": desk_minutes.errata(minutes),
        "erratum_form": erratum or ErratumForm(),
    }
    return render(request, "council/minutes_read.html", context, status=status)


def _words(minutes: Minutes) -> dict[str, Any]:
    content = minutes.content or composing.compose(composing.read(minutes), "")
    return {"said": printed(content, language())}


def _comment_form(minutes: Minutes, data: Any = None) -> CommentForm:
    items = [(item.pk, title_of(item, language())) for item in desk_minutes.items(minutes.meeting)]
    return CommentForm(data, items=items)


def _signing(desk: Desk, minutes: Minutes, was_there: bool, now: datetime) -> dict[str, Any]:
    """Who has signed, who has not, and whether the person at the screen is among these."""
    if minutes.sealed_at is None:
        return {"signatures": [], "unsigned": [], "may_sign": False, "may_sign_errata": False}
    unsigned = actions_sealing.unsigned(minutes)
    mine = any(one.who_came_id == desk.actor.person_id for one in unsigned)
    return {
        "signatures": desk_minutes.signatures(minutes),
        "unsigned": unsigned,
        "may_sign": was_there and mine and minutes.issued_at is None,
        "may_sign_errata": is_chair(minutes.meeting.body, desk.actor, local_date(now)),
    }


@require_POST
@seated(Power.COUNCIL_SEE)
def comments(request: HttpRequest, meeting: str) -> HttpResponse:
    """Comment on the draft."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    form = _comment_form(minutes, request.POST)
    if not form.is_valid():
        return reading(request, desk, minutes, now, comment=form, status=422)
    number = form.cleaned_data["item"]
    item = desk_minutes.item(held, int(number)) if number else None
    try:
        actions_sealing.comment(minutes=minutes, item=item, text=form.cleaned_data["text"], by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return reading(request, desk, minutes, now, comment=form, status=refusal.status)
    messages.success(request, gettext("The secretary sees your comment and replies to it."))
    return redirect("council:minutes", held.code)


@require_POST
@staff(Power.MEETING_KEEP)
def comment(request: HttpRequest, meeting: str, comment_id: int) -> HttpResponse:
    """Reply to a comment."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    said = desk_minutes.said(minutes, comment_id)
    if said is None:
        raise Http404
    actions_sealing.settle_comment(said=said, reply=request.POST.get("reply", ""), by=desk.actor, now=now)
    return redirect("council:minutes", held.code)


@require_POST
@staff(Power.MEETING_KEEP)
def back(request: HttpRequest, meeting: str) -> HttpResponse:
    """Take sealed minutes back to mend them."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    actions_sealing.take_back(minutes=minutes, by=desk.actor, now=now)
    messages.success(request, gettext("The minutes are open again. Who had signed signs the new words."))
    return redirect("council:minutes", held.code)


@require_POST
@seated(Power.COUNCIL_SEE)
def sign(request: HttpRequest, meeting: str) -> HttpResponse:
    """Sign the words that were on the page."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    actions_sealing.sign(minutes=minutes, seen=request.POST.get("hash", ""), by=desk.actor, now=now)
    messages.success(request, gettext("You have signed the minutes."))
    return redirect("council:minutes", held.code)


@require_POST
@staff(Power.MEETING_KEEP)
def issue(request: HttpRequest, meeting: str) -> HttpResponse:
    """Issue the signed minutes."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    form = IssueForm(request.POST)
    try:
        anyway = form.cleaned_data["anyway"] if form.is_valid() else ""
        actions_sealing.issue(minutes=minutes, anyway=anyway, by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return reading(request, desk, minutes, now, issuing=form, status=refusal.status)
    messages.success(request, gettext("The minutes are issued. Their decisions are owed from now on."))
    return redirect("council:minutes", held.code)


@require_POST
@staff(Power.MEETING_KEEP)
def errata(request: HttpRequest, meeting: str) -> HttpResponse:
    """Write an erratum."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    form = ErratumForm(request.POST)
    if not form.is_valid():
        return reading(request, desk, minutes, now, erratum=form, status=422)
    try:
        actions_errata.write_erratum(minutes=minutes, said=form.correction, by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return reading(request, desk, minutes, now, erratum=form, status=refusal.status)
    messages.success(request, gettext("The erratum waits for the signature of the chair."))
    return redirect("council:minutes", held.code)


@require_POST
@seated(Power.COUNCIL_SEE)
def sign_erratum(request: HttpRequest, meeting: str, erratum_id: int) -> HttpResponse:
    """Sign an erratum."""
    now = clock.now()
    desk, held, minutes = found_minutes(request, meeting, now)
    erratum = desk_minutes.erratum(minutes, erratum_id)
    if erratum is None:
        raise Http404
    actions_errata.sign_erratum(erratum=erratum, seen=request.POST.get("hash", ""), by=desk.actor, now=now)
    messages.success(request, gettext("The erratum holds from now on."))
    return redirect("council:minutes", held.code)
