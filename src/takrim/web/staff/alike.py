"""Cases that may repeat one another: beside a case, beside one that is being written down, and those already joined."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock, identity
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.cards.queries import card_on
from takrim.cases import alike as likeness
from takrim.cases.alike import Alike, Brought, Same
from takrim.cases.models import Case
from takrim.cases.moves import Move
from takrim.journal.record import looked
from takrim.journal.tell import Line, timelines
from takrim.orgs.powers import Power
from takrim.web import desk_together
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import code as shown_code
from takrim.web.parts.templatetags.takrim import jdate, listed, pill
from takrim.web.staff.fields import LONGEST_TEXT, find_units
from takrim.web.staff.matter import open_matter

SAME: dict[Same, str | Promise] = {
    Same.PERSON: _("the same person"),
    Same.CARD: _("the same service"),
    Same.OFFICE: _("the same office"),
    Same.WORDS: _("similar words"),
}


class Shown(NamedTuple):
    """A case that may be the same matter."""

    code: str
    shown_code: SafeString | str
    subject: str
    pill: SafeString
    day: str
    same: str
    earlier: bool


def dressed(found: list[Alike], case_id: int = 0) -> list[Shown]:
    """What was found, in words; only to an earlier case another can be joined."""
    return [
        Shown(
            alike.head["code"],
            shown_code(alike.head["code"]),
            alike.head["subject"],
            pill(alike.head["state"]),
            jdate(alike.head["received_at"]),
            listed(str(SAME[same]) for same in alike.same),
            alike.head["id"] < case_id,
        )
        for alike in found
    ]


@require_safe
@staff(Power.CASE_SEE)
def alike(request: HttpRequest, code: str) -> HttpResponse:
    """What may be the same matter as a case; to be fetched behind the page, or a page of its own."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    found = likeness.find(likeness.brought(matter.case), desk.cases())
    context = {
        "here": "cartable",
        "case": matter.case,
        "found": dressed(found, matter.case.pk),
        "may_join": matter.may(Move.MARK_DUPLICATE),
        "version": str(matter.latest.number if matter.latest else 0),
    }
    template = "staff/_alike.html" if request.headers.get("HX-Request") else "staff/alike.html"
    return render(request, template, context)


@require_POST
@staff(Power.CASE_FILE)
def alike_new(request: HttpRequest) -> HttpResponse:
    """What may be the same matter as one that is being written down. By POST: what people say is in no address."""
    desk = cast(StaffRequest, request).desk
    return render(request, "staff/_alike.html", {"found": dressed(of_new(request, desk)), "quiet": True})


def of_new(request: HttpRequest, desk: Desk) -> list[Alike]:
    """What the form of a new case says, held against the cases of this desk."""
    text = clean_text(request.POST.get("text", ""))[:LONGEST_TEXT]
    if not text.strip():
        return []
    units = find_units(request.POST.get("unit", ""))
    card = card_on(request.POST.get("card", ""), clock.local_date(clock.now()))
    brought = Brought(
        text=text,
        parties=_parties(request, desk),
        unit_id=units[0].id if len(units) == 1 else 0,
        card_id=card.pk if card else 0,
    )
    return likeness.find(brought, desk.cases())


def _parties(request: HttpRequest, desk: Desk) -> frozenset[int]:
    numbers = {
        "mobile": _read(identity.mobile, request.POST.get("mobile", "")),
        "national_code": _read(identity.national_code, request.POST.get("national_code", "")),
    }
    if not any(numbers.values()):
        return frozenset()
    return frozenset(desk.people(**numbers).order_by("-id").values_list("pk", flat=True)[:5])


def _read(read: Any, text: str) -> str:
    try:
        return str(read(text)) if text else ""
    except Refusal:
        return ""


class Joined(NamedTuple):
    """One case of a merge: what it said, and all that happened to it."""

    case: Case
    shown_code: SafeString | str
    pill: SafeString
    events: list[Line]


@require_safe
@staff(Power.CASE_SEE)
def merged(request: HttpRequest, code: str) -> HttpResponse:
    """The cases that were joined to a case, or the one it was joined to: their words and their history."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    cases = desk_together.merged_with(desk, matter.case)
    told = timelines([case.code for case in cases])
    for case in cases:
        looked(at=matter.now, by=desk.actor, subject=case.code, page="merged")
    rows = [Joined(case, shown_code(case.code), pill(case.state), told.get(case.code, [])[::-1]) for case in cases]
    context = {"here": "cartable", "case": matter.case, "rows": rows, "is_later": matter.case.original_id is not None}
    return render(request, "staff/merged.html", context)
