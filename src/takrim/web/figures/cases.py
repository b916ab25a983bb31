"""The cases behind a number of the figures, within one's scope."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.period import Period
from takrim.cases.kind import KINDS
from takrim.cases.models import Case
from takrim.duties.models import Duty, State
from takrim.indicators.figures import as_of
from takrim.indicators.grains import DAY
from takrim.indicators.increments import moment_of, now_slot
from takrim.orgs.paths import under
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names, unit_name
from takrim.web.desk import Desk, StaffRequest
from takrim.web.figures import periods
from takrim.web.figures.desk_office import scope_of
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """Which cases are wanted. `beyond`: from so many hours on an answer took long."""

    desk: Desk
    path: str
    period: Period
    now: datetime
    beyond: int = 72


@dataclass(frozen=True)
class List:
    """A list behind a number, in the order of a time that an index keeps: what is due soonest, or what was newest."""

    title: str | Promise
    rows: Callable[[Asked], QuerySet[Any]]
    by: str = "due_at"

    @property
    def backwards(self) -> bool:
        return self.by != "due_at"


def _final(asked: Asked) -> QuerySet[Duty]:
    return asked.desk.duties().filter(under(asked.path), kind="final_answer")


def _owed(asked: Asked) -> QuerySet[Duty]:
    return _final(asked).filter(settled_at=None)


def _given(asked: Asked) -> QuerySet[Duty]:
    start, end = asked.period.bounds()
    return _final(asked).filter(state=State.ACCEPTED, answered_at__gte=start, answered_at__lt=end)


def _soon(asked: Asked) -> QuerySet[Duty]:
    slot = now_slot(asked.now)
    return _owed(asked).filter(due_at__gt=moment_of(slot), due_at__lte=moment_of(slot + 3 * DAY))


def _missed(asked: Asked) -> QuerySet[Duty]:
    start, end = asked.period.bounds()
    due = _final(asked).filter(due_at__gte=start, due_at__lt=min(end, as_of(asked.now)))
    return due.filter(Q(answered_at__gt=F("due_at")) | Q(settled_at=None))


def _slow(asked: Asked) -> QuerySet[Duty]:
    return _given(asked).filter(answered_at__gt=F("opened_at") + timedelta(hours=asked.beyond))


def _behind_date(asked: Asked, days: int, by: str) -> QuerySet[Duty]:
    """Not answered so many days behind a moment of theirs, where that day fell in the period."""
    start, end = asked.period.bounds()
    later = timedelta(days=days)
    reached = {f"{by}__gte": start - later, f"{by}__lt": min(end, as_of(asked.now)) - later}
    return _final(asked).filter(Q(answered_at__gt=F(by) + later) | Q(settled_at=None), **reached)


def _received(asked: Asked) -> QuerySet[Case]:
    start, end = asked.period.bounds()
    return asked.desk.cases().filter(under(asked.path), received_at__gte=start, received_at__lt=end)


def _reopened(asked: Asked) -> QuerySet[Case]:
    start, end = asked.period.bounds()
    objected = asked.desk.cases().filter(under(asked.path), objections__at__gte=start, objections__at__lt=end)
    return objected.distinct()


def _upheld(asked: Asked) -> QuerySet[Case]:
    start, end = asked.period.bounds()
    decided = {"objections__decided_at__gte": start, "objections__decided_at__lt": end, "objections__upheld": True}
    return asked.desk.cases().filter(under(asked.path), **decided).distinct()


LISTS: dict[str, List] = {
    "open": List(_("Still open"), _owed),
    "overdue": List(_("Overdue"), lambda asked: _owed(asked).filter(due_at__lte=as_of(asked.now))),
    "soon": List(_("Due within three days"), _soon),
    "received": List(_("Received"), _received, by="received_at"),
    "answered": List(_("Answered"), _given, by="answered_at"),
    "late": List(_("Answered late"), lambda asked: _given(asked).filter(answered_at__gt=F("due_at")), by="answered_at"),
    "missed": List(_("Date missed"), _missed),
    "slow": List(_("Took longer than the standard"), _slow, by="answered_at"),
    "long_overdue": List(_("More than 20 days behind"), lambda asked: _behind_date(asked, 20, "due_at")),
    "day_75": List(_("Past day 75"), lambda asked: _behind_date(asked, 75, "opened_at")),
    "reopened": List(_("Objected to"), _reopened, by="received_at"),
    "upheld": List(_("Objection upheld"), _upheld, by="received_at"),
}
# What is owed now, whatever the period.
PRESENT = frozenset({"open", "overdue", "soon"})


@staff(Power.CASE_SEE)
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """One page of a list, in keyset steps: as quick at its end as at its beginning."""
    now, lang, desk = clock.now(), language(), request.desk
    what = request.GET.get("what", "overdue")
    path = request.GET.get("unit", "") or scope_of(desk)
    wanted = LISTS.get(what)
    if wanted is None or path not in all_names() or not path.startswith(desk.actor.unit_path):
        raise Http404
    period = periods.chosen(request, now)
    beyond = _beyond(request.GET.get("beyond", ""))
    rows = _page(wanted, Asked(desk, path, period, now, beyond), request.GET.get("after", ""))
    shown = rows[:PAGE]
    context = {
        "title": wanted.title,
        "unit": unit_name(path, lang),
        "period": "" if what in PRESENT else period.title(lang),
        "as_of": as_of(now) if what in PRESENT else None,
        "tabs": [(code, one.title, _url(code, path, period, beyond), code == what) for code, one in LISTS.items()],
        "rows": _lines(desk, wanted, shown, lang),
        "now": now,
        "next_url": _url(what, path, period, beyond, _mark(shown[-1], wanted)) if len(rows) > PAGE else "",
        "first_url": _url(what, path, period, beyond) if "after" in request.GET else "",
        "here": "desk",
    }
    return render(request, "figures/cases.html", context)


def _beyond(text: str) -> int:
    """From so many hours on an answer took long; what is no number is three days."""
    return int(text) if text.isdecimal() and len(text) < 6 else 72


def _url(what: str, path: str, period: Period, beyond: int, after: str = "") -> str:
    query = {"what": what, "unit": path, "period": period.code}
    if what == "slow":
        query["beyond"] = str(beyond)
    return "?" + urlencode({**query, "after": after} if after else query)


def _mark(row: Any, wanted: List) -> str:
    """Where the next page begins: behind this row."""
    at = getattr(row, wanted.by)
    return f"{at.isoformat() if at else ''}~{row.pk}"


def _page(wanted: List, asked: Asked, after: str) -> list[Any]:
    rows = wanted.rows(asked)
    rows = rows.filter(_behind(wanted, after)) if "~" in after else rows
    order = F(wanted.by).desc(nulls_last=True) if wanted.backwards else F(wanted.by).asc(nulls_last=True)
    return list(rows.order_by(order, "-pk" if wanted.backwards else "pk")[: PAGE + 1])


def _behind(wanted: List, after: str) -> Q:
    """Rows that come later in the order: those without a moment stand last."""
    at, _tilde, number = after.partition("~")
    try:
        last, moment = int(number), datetime.fromisoformat(at) if at else None
    except ValueError:
        raise Http404 from None
    by, later = wanted.by, "lt" if wanted.backwards else "gt"
    if moment is None:
        return Q(**{by: None, f"pk__{later}": last})
    behind = Q(**{f"{by}__{later}": moment}) | Q(**{by: moment, f"pk__{later}": last})
    return behind if wanted.backwards else behind | Q(**{by: None})


def _lines(desk: Desk, wanted: List, rows: Iterable[Any], lang: str) -> list[dict[str, Any]]:
    """The rows with their cases: one query for a whole page of duties."""
    listed = list(rows)
    if listed and isinstance(listed[0], Duty):
        found = {case.code: case for case in desk.cases().filter(code__in=[row.about for row in listed])}
        pairs = [(found[row.about], row) for row in listed if row.about in found]
    else:
        pairs = [(case, None) for case in listed]
    names, kinds = all_names(), {code: kind.title for code, kind in KINDS}
    return [
        {
            "case": case,
            "kind": kinds.get(case.kind, case.kind),
            "unit": names[case.unit_path].short(lang) if case.unit_path in names else "",
            "due": duty.due_at if duty else None,
            "open": duty is not None and duty.settled_at is None,
            "at": duty.answered_at if duty and duty.settled_at else case.received_at,
        }
        for case, duty in pairs
    ]
