"""Handing a tablet to people: for one case, or to stand at the desk; the officer's own session never goes with it."""

from __future__ import annotations

from typing import cast

import segno
from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.cases.models import Answer
from takrim.orgs.powers import Power
from takrim.surveys import links
from takrim.surveys.questionnaire import questionnaire
from takrim.web import desk_voices
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.staff.matter import Matter, open_matter


def to_judge(matter: Matter) -> Answer | None:
    """The answer that the person at the desk may be asked about now. One query, for an answered case only."""
    served = next((answer for answer in matter.answers if answer.delivered_at), None)
    if served is None or served.delivered_at is None or matter.now - served.delivered_at > questionnaire().open_for:
        return None
    return None if desk_voices.is_judged(matter.case, served) else served


@never_cache
@require_safe
@staff(Power.CASE_FILE)
def for_case(request: HttpRequest, code: str) -> HttpResponse:
    """The link for one case: to be opened on the tablet, or on this device after signing out."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    answer = to_judge(matter)
    token = links.make_tablet(matter.case.code, answer.number) if answer else ""
    return _page(request, reverse("citizen:tablet", args=[token]) if token else "", code=code)


@never_cache
@require_safe
@staff(Power.CASE_FILE)
def stand(request: HttpRequest) -> HttpResponse:
    """The link for a tablet that stands at the desk of one's office for the day."""
    desk = cast(StaffRequest, request).desk
    return _page(request, reverse("citizen:stand", args=[links.make_stand(desk.unit.path)]), code="")


def _page(request: HttpRequest, path: str, *, code: str) -> HttpResponse:
    address = f"{settings.ADDRESS}{path}"
    context = {
        "here": "tablet",
        "code": code,
        "path": path,
        "address": address,
        "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=4) if path else "",
        "minutes": int(links.HANDED_OVER.total_seconds() // 60),
        "hours": int(links.STANDS.total_seconds() // 3600),
    }
    return render(request, "staff/tablet.html", context)


@never_cache
@require_POST
@staff()
def hand_over(request: HttpRequest) -> HttpResponse:
    """Sign out here, then open the questionnaire on this very device."""
    path = request.POST.get("path", "")
    known = [reverse("citizen:tablet", args=["x"])[:-2], reverse("citizen:stand", args=["x"])[:-2]]
    token = path.rstrip("/").rsplit("/", 1)[-1]
    if path not in {f"{one}{token}/" for one in known}:
        raise Http404
    logout(request)
    return redirect(path)
