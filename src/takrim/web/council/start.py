"""The first page of meetings and orders: what one has to do, and the ways to all the rest."""

from __future__ import annotations

from functools import cache
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.registry import Folder
from takrim.orgs.powers import Power
from takrim.web.council.section import Section
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff


@cache
def sections() -> list[Section]:
    """All sections in their order."""
    return sorted(Folder("takrim.web.council.sections", Section).items.values(), key=lambda section: section.place)


@require_safe
@staff(Power.COUNCIL_SEE)
def start(request: HttpRequest) -> HttpResponse:
    """The page; a section appears to who has one of its powers."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    shown = [section for section in sections() if any(desk.actor.may(power) for power in section.powers)]
    return render(
        request,
        "council/start.html",
        {
            "here": "council",
            "sections": [
                {"of": section, "url": reverse(f"council:{section.address}"), "lines": section.to_do(desk, now)}
                for section in shown
            ],
        },
    )
