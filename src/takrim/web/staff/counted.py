"""How each date of a case is counted: every clock day by day, what stood, was given more, moved with a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Any, NamedTuple, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.length import Length
from takrim.cases.charging import Charged, charged
from takrim.duties.clocks import Clock, read
from takrim.duties.models import Duty, TimeNote
from takrim.duties.regime import REGIMES
from takrim.journal.record import looked
from takrim.journal.tell import Line as Entry
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_calendar
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.changes import Told, told
from takrim.web.parts.clocks import ClockLine, clock_line
from takrim.web.parts.counting import Day, count_of_clock
from takrim.web.staff import shown
from takrim.web.staff.matter import Matter, open_matter

WAITS = {"person": lambda: _("the applicant"), "agency": lambda: _("another agency")}


class Stood(NamedTuple):
    """From when until when a clock stood, for whom, and the reason that was written."""

    since: datetime
    until: datetime | None
    awaits: str
    reason: str


class More(NamedTuple):
    """Time that was added."""

    length: str
    reason: str
    by: str


class Moved(NamedTuple):
    """A date before and after a change of the calendar, and what changed."""

    at: datetime
    before: datetime | None
    after: datetime | None
    sweep: int
    causes: list[Told]


class Line(NamedTuple):
    """One clock of the duty."""

    head: ClockLine
    length: str
    start: datetime
    due: datetime | None
    internal: bool
    nearest: bool
    stood: list[Stood]
    more: list[More]
    days: list[Day]
    gone: str


@dataclass(frozen=True)
class Around:
    """What is told beside the clocks of one duty."""

    duty: Duty
    notes: list[TimeNote]
    extended: list[Entry]
    reasons: Mapping[date, str]

    def said(self, what: str, at: datetime) -> str:
        return next((note.why for note in self.notes if note.what == what and note.at == at), "")


@require_safe
@staff(Power.CASE_SEE)
def counted(request: HttpRequest, code: str) -> HttpResponse:
    """Every clock of what is or was owed about the case: the answer, or what was asked of another office."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    looked(at=matter.now, by=desk.actor, subject=matter.case.code, page="counted")
    duty = _duty(matter, request.GET.get("duty", ""))
    happened = matter.lines[::-1]
    ran = charged(duty, happened, matter.now) if duty is matter.final else ()
    context = {
        "here": "cartable",
        "case": matter.case,
        "tabs": _tabs(matter, duty),
        **count_shown(desk, duty, happened, ran),
    }
    return render(request, "staff/counted.html", context)


def count_shown(desk: Desk, duty: Duty, happened: Sequence[Entry], ran: Iterable[Charged] = ()) -> dict[str, Any]:
    """What _counted.html needs of a duty; `happened` is what the journal tells of its subject, oldest first."""
    clocks = read(duty.clocks, duty.opened_at)
    extended = _happened(happened, duty, "duty.extended")
    around = Around(duty, list(duty.time_notes.order_by("id")), extended, _reasons(duty, clocks))
    charges = {charge.clock: charge for charge in ran}
    return {
        "duty": duty,
        "office": unit_name(duty.unit_path, shown.lang()),
        "counted_at": unit_name(duty.calendar_path, shown.lang()) if duty.calendar_path else "",
        "place": duty.counted_at.rstrip("/"),
        "lines": [_line(one, around, charges.get(one.regime)) for one in clocks],
        "moved": _moved(desk, happened, duty),
        "may_changes": desk.actor.may(Power.CALENDAR_EDIT),
    }


def _duty(matter: Matter, asked: str) -> Duty:
    if not asked and matter.final is not None:
        return matter.final
    found = [duty for duty in matter.duties if not asked or str(duty.pk) == asked]
    if not found:
        raise Http404
    return found[-1]


def _tabs(matter: Matter, current: Duty) -> list[dict[str, Any]]:
    """All that is or was owed; one alone needs no choice."""
    address = reverse("staff:counted", args=[matter.case.code])
    if len(matter.duties) < 2:
        return []
    return [
        {
            "title": f"{shown.duty_title(duty.kind)} · {shown.unit_short(duty.unit_path)}",
            "url": f"{address}?duty={duty.pk}",
            "current": duty.pk == current.pk,
        }
        for duty in matter.duties
    ]


def _reasons(duty: Duty, clocks: list[Clock]) -> dict[date, str]:
    ends = [one.due for one in clocks if one.due is not None]
    if not ends:
        return {}
    span = (local_date(duty.opened_at), local_date(max(ends)))
    return {row.day: row.reason for row in desk_calendar.closures_of(duty.counted_at, *span)}


def _line(one: Clock, around: Around, charge: Charged | None) -> Line:
    count = count_of_clock(around.duty, one)
    return Line(
        head=clock_line(one, charge),
        length=Length.parse(one.length).title(shown.lang()) if one.length else "",
        start=one.start,
        due=one.due,
        internal=one.rule.internal,
        nearest=one.due is not None and one.due == around.duty.due_at and not one.rule.internal,
        stood=[
            Stood(pause.since, pause.until, WAITS[pause.why](), around.said("pause", pause.since))
            for pause in one.pauses
        ],
        more=_more(one, around),
        days=count.days(around.reasons) if count else [],
        gone="" if count else _why_none(one),
    )


def _more(one: Clock, around: Around) -> list[More]:
    """Extensions of the clock with their reasons; what is a share of the given time got its share with them."""
    mine = [
        line
        for line in around.extended
        if line.facts["clock"] == one.regime or (one.rule.share and REGIMES[line.facts["clock"]].length is None)
    ]
    return [
        More(
            Length.parse(text).title(shown.lang()),
            around.said("extension", line.at) if line else "",
            line.by if line else "",
        )
        for text, line in zip_longest(one.more, mine[: len(one.more)])
    ]


def _why_none(one: Clock) -> str:
    if not one.length:
        return _("The date was given with the case; nothing was counted.")
    if one.due is None:
        return _("The clock stands: its end is counted when it goes on.")
    return _("It was counted by the calendar of its time, which has changed since it stopped.")


def _happened(told: Sequence[Entry], duty: Duty, verb: str) -> list[Entry]:
    """What the journal tells of the duty with that verb, oldest first."""
    return [line for line in told if line.verb == verb and line.facts.get("duty") == duty.pk]


def _moved(desk: Desk, happened: Sequence[Entry], duty: Duty) -> list[Moved]:
    """Each time that a change of the calendar moved the date, with the change."""
    found = _happened(happened, duty, "duty.moved")
    causes = told(desk_calendar.causes_of(desk, {line.facts.get("sweep", 0) for line in found})) if found else []
    return [
        Moved(
            line.at,
            _moment(line.facts.get("before")),
            _moment(line.facts.get("due")),
            line.facts.get("sweep", 0),
            [cause for cause in causes if cause.sweep == line.facts.get("sweep")],
        )
        for line in found
    ]


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
