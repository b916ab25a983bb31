"""Lists of decisions: the register across bodies, those of my office, what waits to be confirmed; to take along."""

from __future__ import annotations

from typing import Any, NamedTuple, cast
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.jalali import numeric
from takrim.base.period import BadPeriod, Period
from takrim.base.persian import clean_text
from takrim.base.words import digits
from takrim.cases.queries import Place, read_place
from takrim.decisions import queries
from takrim.decisions.models import Share
from takrim.decisions.queries import Narrow, Part
from takrim.orgs.powers import Power
from takrim.web import desk_decisions
from takrim.web.council import decisions_shown as shown
from takrim.web.desk import Desk, StaffRequest
from takrim.web.desk_council import Reach, SeatedRequest
from takrim.web.gates import seated, staff
from takrim.web.parts.pills import PILLS
from takrim.web.sheets import sheet_of
from takrim.web.staff.fields import TextField
from takrim.web.staff.shown import lang, right_choices

SIZE = 25
MOST_EXPORTED = 20_000
LONGEST_QUERY = 200
NARROWING = ("q", "body", "unit", "state", "time", "right", "month")


class RegisterForm(forms.Form):
    """What the register is narrowed down to; wrong values narrow nothing."""

    q = TextField(label=gettext_lazy("Words of the text"), required=False, max_length=LONGEST_QUERY)
    body = forms.ChoiceField(label=gettext_lazy("Body"), required=False)
    unit = forms.ChoiceField(label=gettext_lazy("Carried out by"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)
    time = forms.ChoiceField(label=gettext_lazy("Due date"), required=False)
    right = forms.ChoiceField(label=gettext_lazy("Citizens' right"), required=False)

    def __init__(self, data: QueryDict, *, desk: Reach, now: Any) -> None:
        super().__init__(data)
        bodies = desk_decisions.bodies_named(desk, data.get("body", ""), now)
        self._offer("body", _("All bodies"), [(one.code, one.name) for one in bodies])
        if isinstance(desk, Desk):
            others = desk_decisions.organisation_named(desk, data.get("unit", ""), now)
            offices = [(unit.path, unit.short(lang())) for unit in desk.unit_names()]
            self._offer("unit", _("All offices"), [*offices, *others.items()])
        else:
            del self.fields["unit"]
        self._offer("state", _("All states"), shown.state_choices())
        self._offer("time", _("All dates"), [("late", _("Past due"))])
        self._offer("right", _("All rights"), right_choices())

    def _offer(self, name: str, everything: str, choices: Any) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = [("", everything), *choices]

    def narrow(self) -> Narrow:
        self.is_valid()
        given = {name: self.cleaned_data.get(name, "") for name in ("body", "unit", "state", "right")}
        return Narrow(
            **given,
            late=self.cleaned_data.get("time") == "late",
            month=_month(self.data.get("month", "")),
            query=self.cleaned_data.get("q", ""),
        )


def _month(text: str) -> Period | None:
    try:
        return Period.parse(text) if text else None
    except BadPeriod:
        return None


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


def _address(request: HttpRequest, **changes: str) -> str:
    """The same register with something changed, from its beginning."""
    given = {name: clean_text(request.GET.get(name, ""))[:LONGEST_QUERY] for name in NARROWING}
    return "?" + urlencode({name: value for name, value in {**given, **changes}.items() if value})


@require_safe
@seated(Power.COUNCIL_SEE)
def register(request: HttpRequest) -> HttpResponse:
    """All decisions within reach, newest first."""
    desk, now = cast(SeatedRequest, request).desk, clock.now()
    form = RegisterForm(request.GET, desk=desk, now=now)
    narrow = form.narrow()
    before = request.GET.get("before", "")
    place = int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None
    found = desk_decisions.page(desk, narrow, place, SIZE + 1, now)
    listed = found[:SIZE]
    context = {
        "here": "council",
        "tab": "register",
        "form": form,
        "narrowed": narrow != Narrow(),
        "month": narrow.month.title(lang()) if narrow.month else "",
        "rows": shown.body_rows(listed, queries.parts_of([one.pk for one in listed]), now),
        "listed": bool(listed),
        "next_url": _address(request, before=str(listed[-1].pk)) if len(found) > SIZE else "",
        "prev_url": _address(request) if place else "",
        "without_month": _address(request, month=""),
        "export": _address(request) if isinstance(desk, Desk) else "",
        "may_write": bool(desk.actor.may(Power.DECISION_CONFIRM)),
    }
    return render(request, "council/decisions.html", context)


_HEAD = (
    gettext_lazy("Number"),
    gettext_lazy("Body"),
    gettext_lazy("Decision"),
    gettext_lazy("Decided on"),
    gettext_lazy("State"),
    gettext_lazy("Carried out by"),
    gettext_lazy("State of the part"),
    gettext_lazy("Due date"),
    gettext_lazy("Reported on"),
    gettext_lazy("Late"),
)


@require_safe
@staff(Power.COUNCIL_SEE)
def export(request: HttpRequest, sheet: str) -> HttpResponse:
    """The register as it is narrowed down, a row for each office that carries something out."""
    desk, now = _desk(request), clock.now()
    narrow = RegisterForm(request.GET, desk=desk, now=now).narrow()
    rows = queries.narrowed(desk_decisions.decisions(desk, now), narrow, now)
    found = queries.newest(rows, None, MOST_EXPORTED)
    parts = queries.parts_of([one.pk for one in found]) if len(found) < MOST_EXPORTED else {}
    lines = [_line(one, part, now) for one in found for part in parts.get(one.pk, [])]
    return sheet_of(sheet, _("Decisions"), [str(word) for word in _HEAD], lines, lang=lang(), now=now)


def _line(decision: Any, part: Part, now: Any) -> list[str]:
    return [
        digits(decision.number, lang()),
        decision.body.name,
        decision.text,
        numeric(decision.decided_on, lang()),
        str(PILLS[decision.state].label),
        shown.doer(part),
        str(PILLS[part.state].label),
        _day(part.due_at),
        _day(part.answered_at),
        _("yes") if part.late(now) else _("no"),
    ]


def _day(moment: Any) -> str:
    return numeric(local_date(moment), lang()) if moment else ""


class Line(NamedTuple):
    """A part in a list of an office."""

    css: str
    due: str
    day: str
    url: str
    title: str
    body: str
    office: str
    state: str
    number: str


TABS: dict[str, str | Promise] = {
    "todo": gettext_lazy("To be carried out"),
    "reported": gettext_lazy("Reported"),
    "done": gettext_lazy("Settled"),
}


@require_safe
@seated(Power.COUNCIL_SEE)
def mine(request: HttpRequest) -> HttpResponse:
    """What my office or organisation carries out: what is due first, what waits to be confirmed, what is over."""
    desk, now = cast(SeatedRequest, request).desk, clock.now()
    tab = request.GET.get("tab", "") if request.GET.get("tab", "") in TABS else "todo"
    can_go_below = isinstance(desk, Desk) and len(desk.unit_names()) > 1
    below = can_go_below and request.GET.get("scope", "") == "below"
    after = read_place(request.GET.get("after", ""))
    shares = desk_decisions.of_office(desk, tab, now, below=below)
    page = desk_decisions.page_by_end if tab == "done" else desk_decisions.page_by_due
    found = page(shares, after, SIZE + 1)
    scope = "below" if below else ""
    last = found[SIZE - 1] if len(found) > SIZE else None
    context = {
        "here": "council",
        "tab": "mine",
        "tabs": [(title, _of(tab=name, scope=scope), name == tab) for name, title in TABS.items()],
        "scopes": [
            (_("My office"), _of(tab=tab), not below),
            (_("With those below"), _of(tab=tab, scope="below"), below),
        ]
        if can_go_below
        else [],
        "lines": [_of_part(share, now) for share in found[:SIZE]],
        "below": below,
        "what": tab,
        "next_url": _of(tab=tab, scope=scope, after=str(_place(last, tab))) if last else "",
        "prev_url": _of(tab=tab, scope=scope) if after else "",
    }
    return render(request, "council/decisions_mine.html", context)


def _of(**given: str) -> str:
    return "?" + urlencode({name: value for name, value in given.items() if value and value != "todo"})


def _place(share: Share, tab: str) -> Place:
    return Place(share.settled_at if tab == "done" else share.duty.due_at, share.pk)


def _of_part(share: Share, now: Any) -> Line:
    part = shown.part_of(share)
    return Line(
        *shown.due_of_part(part, now),
        url=f"{shown.address(share.decision)}#part-{share.place}",
        title=share.title,
        body=share.decision.body.name,
        office=shown.doer(part),
        state=share.state,
        number=share.decision.number,
    )


class Waiting(NamedTuple):
    """A report that waits to be confirmed; `own` where the reader had a hand in it."""

    url: str
    confirm_url: str
    title: str
    number: str
    body: str
    office: str
    report: Any
    due: shown.Due
    own: bool


@require_safe
@staff(Power.DECISION_CONFIRM)
def confirm(request: HttpRequest) -> HttpResponse:
    """The queue of the secretary: what was reported, the oldest first."""
    desk, now = _desk(request), clock.now()
    after = read_place(request.GET.get("after", ""))
    rows = desk_decisions.to_confirm(desk, now)
    found = desk_decisions.page_by_report(rows, after, SIZE + 1)
    listed = found[:SIZE]
    reports = queries.last_reports(share.pk for share in listed)
    own = queries.own_work(listed, desk.actor, local_date(now))
    last = listed[-1] if len(found) > SIZE else None
    context = {
        "here": "council",
        "tab": "confirm",
        "lines": [_waiting(share, reports, own, now) for share in listed],
        "next_url": f"?after={Place(last.duty.answered_at, last.pk)}" if last else "",
        "prev_url": "?" if after else "",
    }
    return render(request, "council/decisions_confirm.html", context)


def _waiting(share: Share, reports: Any, own: set[int], now: Any) -> Waiting:
    part = shown.part_of(share)
    address = shown.address(share.decision)
    return Waiting(
        url=f"{address}#part-{share.place}",
        confirm_url=f"{address}{share.place}/confirm/",
        title=share.title,
        number=share.decision.number,
        body=share.decision.body.name,
        office=shown.doer(part),
        report=reports.get(share.pk),
        due=shown.due_of_part(part, now),
        own=share.pk in own,
    )
