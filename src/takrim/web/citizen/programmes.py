"""What offices have planned that anybody may come to: a page and a calendar feed. Nobody is named in either."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.orgs.paths import ROOT
from takrim.orgs.units import all_names, unit_name
from takrim.programmes.feed import feed
from takrim.programmes.models import Kind, Planned
from takrim.programmes.programme import programmes_of, title_of
from takrim.programmes.words import KINDS
from takrim.web import desk_programmes
from takrim.web.desk import PublicDesk, PublicRequest
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

_SHOWN = 100
# Calendar programmes learn of what was called off or changed for so long after it.
_KEPT = timedelta(days=60)


class Open(NamedTuple):
    """One action as the public sees it."""

    of: Planned
    kind: str | Promise
    unit: str
    programme: str


def _place(request: HttpRequest) -> str:
    """The path of the province or office that is asked for; without one, the whole country."""
    asked = request.GET.get("place", "")
    path = f"{ROOT}{asked.strip('/')}/" if asked else ROOT
    if path not in all_names():
        raise Http404
    return path


def _provinces() -> list[tuple[str, str]]:
    """The provinces to choose from."""
    lang = language()
    found = [unit for unit in all_names().values() if unit.kind == "directorate"]
    return [(unit.path.removeprefix(ROOT).strip("/"), unit.short(lang)) for unit in found]


@require_safe
@public
def programmes(request: HttpRequest) -> HttpResponse:
    """What is ahead, the next first."""
    desk: PublicDesk = cast(PublicRequest, request).desk
    path, now, lang = _place(request), clock.now(), language()
    rows = list(desk_programmes.open_to_people(desk, path, now)[:_SHOWN])
    known = programmes_of(path)
    place = path.removeprefix(ROOT).strip("/")
    address = request.build_absolute_uri(reverse("citizen:programmes_feed"))
    context = {
        "here": "programmes",
        "place": place,
        "provinces": _provinces(),
        "office": unit_name(path, lang) if place else "",
        "rows": [
            Open(row, KINDS[Kind(row.kind)], unit_name(row.unit_path, lang), title_of(row.programme, known, lang))
            for row in rows
        ],
        "feed": f"{address}?place={place}" if place else address,
    }
    return render(request, "citizen/programmes.html", context)


@require_safe
@public
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """The same for calendar programmes."""
    desk: PublicDesk = cast(PublicRequest, request).desk
    path, now, lang = _place(request), clock.now(), language()
    rows = desk_programmes.open_to_people(desk, path, now - _KEPT)[: _SHOWN * 5]
    name = _("Programmes open to people: {office}").format(office=unit_name(path, lang))
    response = HttpResponse(feed(rows, name=name, lang=lang, now=now), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="programmes.ics"'
    response.headers["Cache-Control"] = "public, max-age=900"
    return response
