"""Notices on the cartable, and who else has a case open."""

from __future__ import annotations

import re
from typing import NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.persian import ascii_digits
from takrim.cases import actions_notices as deeds
from takrim.cases.actions_notices import MENTION, NoSuchNumber
from takrim.cases.actions_praise import PRAISED
from takrim.cases.models_together import Notice
from takrim.orgs.powers import Power
from takrim.web import desk_together
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import number
from takrim.web.staff.matter import open_matter

_WHOLE = re.compile(r"[0-9]{1,6}")


class Told(NamedTuple):
    notice: Notice
    sentence: str
    url: str


@require_safe
@staff(Power.CASE_SEE)
def notices(request: HttpRequest) -> HttpResponse:
    """What was not put away yet, newest first; fetched behind the cartable, or a page of its own."""
    desk = cast(StaffRequest, request).desk
    rows = [_told(notice) for notice in desk_together.notices(desk)]
    template = "staff/_notices.html" if request.headers.get("HX-Request") else "staff/notices.html"
    return render(request, template, {"here": "cartable", "rows": rows})


def _told(notice: Notice) -> Told:
    if notice.kind == MENTION and notice.case is not None:
        sentence = _("{name} named you in a note on “{subject}”.")
        words = sentence.format(name=notice.by_name, subject=notice.case.subject)
        return Told(notice, words, reverse("staff:case", args=[notice.case.code]))
    if notice.kind == PRAISED:
        return Told(notice, _("Somebody has thanked you by name."), reverse("staff:voices"))
    many = notice.facts["number"]
    sentence = ngettext(
        "Your view “{name}” has reached {number} case.", "Your view “{name}” has reached {number} cases.", many
    )
    words = sentence.format(name=notice.facts["name"], number=number(many))
    return Told(notice, words, f"{reverse('staff:cartable')}?{notice.facts['query']}")


@require_POST
@staff(Power.CASE_SEE)
def put_away(request: HttpRequest, notice_id: int) -> HttpResponse:
    """A notice of one's own was read."""
    desk = cast(StaffRequest, request).desk
    deeds.put_away(notice_id=notice_id, by=desk.actor, now=clock.now())
    return redirect("staff:notices")


@require_POST
@staff(Power.CASE_SEE)
def here(request: HttpRequest, code: str) -> HttpResponse:
    """Renew one's presence at a case; shows who else has it open."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    others = deeds.be_here(case=matter.case, by=desk.actor, now=matter.now)
    return render(request, "staff/_here.html", {"others": others})


@require_POST
@staff(Power.CASE_SEE)
def warn(request: HttpRequest, view_id: int) -> HttpResponse:
    """From how many cases on one wants to be told of a view; nothing typed: no more."""
    desk = cast(StaffRequest, request).desk
    typed = ascii_digits(request.POST.get("number", "")).strip()
    if typed and not _WHOLE.fullmatch(typed):
        raise NoSuchNumber(most=deeds.MOST_WARNED_FROM)
    wanted = int(typed) if typed else None
    deeds.warn_from(view_id=view_id, number=wanted, holding_id=desk.seat.pk, by=desk.actor, now=clock.now())
    return redirect("staff:cartable")
