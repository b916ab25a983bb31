"""What offices have done and a secretary lets everybody see: in words and pictures, without anybody's name."""

from __future__ import annotations

from typing import NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from takrim.orgs.paths import ROOT
from takrim.orgs.units import unit_name
from takrim.proofs.models import Action
from takrim.web import desk_proofs
from takrim.web.citizen import places
from takrim.web.desk import PublicRequest
from takrim.web.files import send_picture
from takrim.web.gates import public
from takrim.web.parts.done import MANNERS, days, people
from takrim.web.parts.templatetags.takrim import language


class PictureShown(NamedTuple):
    """One picture: its number among the attachments, small for the list, and large to look at."""

    number: int
    small: str
    large: str


class Done(NamedTuple):
    """One action as the public sees it."""

    title: str
    days: str
    place: str
    unit: str
    manner: str | Promise
    people: SafeString
    pictures: list[PictureShown]


@require_safe
@public
def done(request: HttpRequest) -> HttpResponse:
    """The newest first, of the whole country, a province or an office."""
    desk, path = cast(PublicRequest, request).desk, _path(request.GET.get("place", ""))
    after = request.GET.get("after", "")
    number = int(after) if after.isascii() and after.isdecimal() and len(after) < 19 else 0
    found = desk_proofs.shown_to_all(desk, path, number)
    shown = found[: desk_proofs.SIZE]
    place = path.removeprefix(ROOT).strip("/")
    here = reverse("citizen:done")
    context = {
        "here": "done",
        "office": unit_name(path, language()) if place else "",
        "office_url": reverse("citizen:office", args=[place]) if place else "",
        "choices": _choices(path),
        "rows": _rows(shown),
        "prev_url": _address(here, place=place) if number else "",
        "next_url": _address(here, place=place, after=shown[-1].pk) if len(found) > len(shown) else "",
    }
    return render(request, "citizen/done.html", context)


def _path(place: str) -> str:
    """The path of the office that is asked for; without one, the whole country."""
    path = f"{ROOT}{place.strip('/')}/" if place else ROOT
    if place and places.answering_at(path) is None:
        raise Http404
    return path


def _choices(chosen: str) -> list[tuple[str, str, bool]]:
    """The provinces, and the offices of the one that was chosen."""
    units = places.answering()
    offered = [unit for unit in units if unit.kind == places.DIRECTORATE]
    province = next((unit for unit in offered if chosen.startswith(unit.path)), None)
    if province is not None:
        mine = [unit for unit in units if unit.kind == places.COUNTY and unit.path.startswith(province.path)]
        after = offered.index(province) + 1
        offered = [*offered[:after], *mine, *offered[after:]]
    return [(unit.path.removeprefix(ROOT).strip("/"), unit.short, unit.path == chosen) for unit in offered]


def _address(here: str, **given: str | int) -> str:
    said = urlencode({name: value for name, value in given.items() if value})
    return f"{here}?{said}" if said else here


def _rows(actions: list[Action]) -> list[Done]:
    lang, files = language(), desk_proofs.files_of(actions)
    thumbs = desk_proofs.with_thumbs([file for several in files.values() for file in several])
    rows = []
    for action in actions:
        numbers = [file.number for file in files[action.pk] if file.evidence and file.evidence.file_id in thumbs]
        base = f"/done/{action.code}/"
        pictures = [PictureShown(number, f"{base}{number}/small/", f"{base}{number}/") for number in numbers]
        unit = unit_name(action.unit_path, lang)
        manner = MANNERS[action.manner]
        rows.append(Done(action.title, days(action), action.place, unit, manner, people(action), pictures))
    return rows


@require_safe
@public
def picture(request: HttpRequest, code: str, number: int, size: str = "") -> HttpResponseBase:
    """A picture of an action that everybody may see, drawn anew, without what it said of time, place and camera."""
    evidence = desk_proofs.shown_picture(cast(PublicRequest, request).desk, code, number)
    if evidence is None:
        raise Http404
    return send_picture(desk_proofs.thumb_of(evidence) if size == "small" else evidence.file.preview)
