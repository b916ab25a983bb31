"""What people said: praise of oneself; for who answers for an office also its praise, its score, people's words."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.period import Period, PeriodKind
from takrim.cases.models_judged import Praise
from takrim.indicators.figures import figures
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.orgs.powers import Power
from takrim.surveys.models import Response
from takrim.web import desk_voices
from takrim.web.desk import Desk, StaffRequest
from takrim.web.figures import shown as figure
from takrim.web.gates import staff
from takrim.web.staff import shown

MOST_PRAISE, PAGE = 50, 30


class Said(NamedTuple):
    """What somebody wrote beside their marks, without name, number and mark."""

    text: str
    unit: str
    at: datetime
    kept: bool


class Thanks(NamedTuple):
    """One praise."""

    officer: str
    unit: str
    card: str
    text: str
    at: datetime
    known: bool


@require_safe
@staff(Power.CASE_SEE, Power.OFFICE_SEE)
def voices(request: HttpRequest) -> HttpResponse:
    """The page; what others were praised for and the words of people are for heads."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    mine = desk_voices.my_praise(desk)
    context: dict[str, Any] = {
        "here": "voices",
        "mine": [_thanks(row) for row in mine[:MOST_PRAISE]],
        "mine_count": mine.count(),
        "heads": desk.actor.may(Power.OFFICE_SEE),
    }
    if context["heads"]:
        context |= _of_office(request, desk, now)
    return render(request, "staff/voices.html", context)


def _of_office(request: HttpRequest, desk: Desk, now: datetime) -> dict[str, Any]:
    path, year = desk.actor.unit_path, Period.containing(local_date(now), PeriodKind.YEAR)
    counted = desk_voices.counted(desk, year.bounds()[0])
    return {
        "tile": figure.tiles(figures([path], year, now)[path], shown.lang())["satisfaction"],
        "least": FEWEST_REPLIES,
        "counted": [(name, shown.unit_short(unit), many) for name, unit, many in counted],
        "praise": [_thanks(row) for row in desk_voices.praise_below(desk)[:MOST_PRAISE]],
        **_words(request, desk),
    }


def _words(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    rows, before = desk_voices.words(desk), request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    page = list(rows[: PAGE + 1])
    replies = desk_voices.replies_of({row.unit_path for row in page})
    address = reverse("staff:voices")
    return {
        "words": [
            _said(row)
            for row in page[:PAGE]
            if not desk_voices.named_me(desk, row) and (row.kept_from or replies[row.unit_path] >= FEWEST_REPLIES)
        ],
        "first_url": f"{address}#words" if before else "",
        "next_url": f"{address}?before={page[PAGE - 1].pk}#words" if len(page) > PAGE else "",
    }


def _said(row: Response) -> Said:
    return Said(row.comment, shown.unit_short(row.unit_path), row.at, bool(row.kept_from))


def _thanks(row: Praise) -> Thanks:
    return Thanks(
        officer=row.officer.name if row.officer else row.named,
        unit=shown.unit_short(row.unit_path),
        card=row.case.card.title if row.case.card else shown.kind_title(row.case.kind),
        text=row.text,
        at=row.at,
        known=row.officer_id is not None,
    )
