"""What will be told to those above in the next three days, while it can still be prevented."""

from __future__ import annotations

from datetime import datetime, timedelta
from operator import attrgetter
from typing import NamedTuple, cast

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.cases.letters._to_office import step_words
from takrim.cases.queries import heads_about, partners_of
from takrim.duties import clocks
from takrim.duties.kind import heads_of
from takrim.duties.models import Duty, DutyQuerySet
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import jdatetime, language, timeleft
from takrim.web.staff.shown import duty_title, kind_title

AHEAD = timedelta(days=3)
PAGE = 50
WHOM: dict[str, str | Promise] = {
    "holder": _("whoever does it"),
    "head": _("head of the office"),
    "deputy": _("deputy"),
    "director": _("director-general"),
    "legal": _("legal department"),
    "keepers": _("chair and secretary"),
}


class Row(NamedTuple):
    """One step that comes: when, of which clock, whom it tells, about what."""

    at: datetime
    left: str
    moment: str
    step: str
    whom: str
    page: str
    subject: str
    kind: str
    unit: str


@staff(Power.OFFICE_SEE)
@require_safe
def escalations(request: HttpRequest) -> HttpResponse:
    """The steps in the order in which they come. Three queries for a page, however many duties there are."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    coming = desk.owed_by_office().owed().filter(answered_at=None, rung_at__lte=now + AHEAD).order_by("rung_at", "pk")
    duties = list(_behind(coming, request.GET.get("after", ""))[: PAGE + 1])
    shown = duties[:PAGE]
    about = _words(shown)
    asked = partners_of(shown)
    rows = [
        row._replace(unit=asked[duty.pk]) if duty.pk in asked else row
        for duty in shown
        if duty.pk in about
        for row in _rows(duty, about[duty.pk], now)
    ]
    last = shown[-1] if len(duties) > PAGE else None
    context = {
        "rows": sorted(rows, key=attrgetter("at")),
        "next": f"{last.rung_at.isoformat()}~{last.pk}" if last and last.rung_at else "",
        "sees_cases": desk.actor.may(Power.CASE_SEE),
        "here": "office",
    }
    return render(request, "staff/escalations.html", context)


def _behind(duties: DutyQuerySet, after: str) -> DutyQuerySet:
    """What comes behind the place where the last page ended."""
    if not after:
        return duties
    at, _tilde, number = after.partition("~")
    try:
        moment, last = datetime.fromisoformat(at), int(number)
    except ValueError:
        raise Http404 from None
    return duties.filter(Q(rung_at__gt=moment) | Q(rung_at=moment, pk__gt=last))


def _words(duties: list[Duty]) -> dict[int, tuple[str, str, str]]:
    """What duties are about, by their number: page, subject, kind."""
    cases, others = heads_about(duty.about for duty in duties), heads_of(duties)
    about = {
        duty.pk: (f"/staff/cases/{duty.about}/", cases[duty.about]["subject"], kind_title(cases[duty.about]["kind"]))
        for duty in duties
        if duty.about in cases
    }
    kinds = {duty.pk: duty_title(duty.kind) for duty in duties}
    return about | {number: (head.page, head.title, kinds[number]) for number, head in others.items()}


def _rows(duty: Duty, about: tuple[str, str, str], now: datetime) -> list[Row]:
    lang, (page, subject, kind) = language(), about
    steps = sorted(
        (moment, f"{one.regime} {at}", to)
        for one in clocks.read(duty.clocks, duty.opened_at)
        for moment, at, to in one.rungs()
        if moment <= now + AHEAD
    )
    return [
        Row(
            at=moment,
            left=timeleft(moment, now),
            moment=jdatetime(moment),
            step=step_words(step, lang),
            whom=" · ".join(str(WHOM[word]) for word in to),
            page=page,
            subject=subject,
            kind=kind,
            unit=unit_name(duty.unit_path, lang),
        )
        for moment, step, to in steps
    ]
