"""What people brought, and how it was answered."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from takrim.cases.kind import KINDS
from takrim.channels.channel import CHANNELS
from takrim.indicators.figures import Figures, breakdowns
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, value_of
from takrim.reports.cells import Cell, Column, Kind, Measured, Row, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, of_indicator, of_month, of_unit, titled
from takrim.reports.telling import Change, Part, Told, changed, of_counts, of_shares, write

_RECEIVED = INDICATORS["received"].title
_ON_TIME = INDICATORS["answered_on_time"].title
_ANSWERED = gettext_lazy("Answered")
# From fewer answers on, an office is named neither first nor last.
_LEAST = 10

_TOTALS = Table(
    code="totals",
    title=gettext_lazy("Messages and answers as a whole"),
    of=gettext_lazy("Figure"),
    columns=(
        Column(code="now", title=gettext_lazy("This period"), kind=Kind.OF_ROW),
        Column(code="before", title=gettext_lazy("Same period last year"), kind=Kind.OF_ROW),
    ),
)
_MONTHS = Table(
    code="months",
    title=gettext_lazy("Month by month"),
    of=gettext_lazy("Month"),
    columns=(
        Column(code="received", title=_RECEIVED),
        Column(code="answered", title=_ANSWERED),
        Column(code="on_time", title=_ON_TIME, kind=Kind.SHARE),
        Column(code="median", title=INDICATORS["median_hours"].title, kind=Kind.HOURS),
    ),
    picture=("received", "answered"),
)
_OFFICES = Table(
    code="offices",
    title=gettext_lazy("Office by office"),
    of=gettext_lazy("Office"),
    columns=(
        Column(code="received", title=_RECEIVED),
        Column(code="answered", title=_ANSWERED),
        Column(code="on_time", title=_ON_TIME, kind=Kind.SHARE),
        Column(code="median", title=INDICATORS["median_hours"].title, kind=Kind.HOURS),
        Column(code="overdue", title=gettext_lazy("Overdue at the end")),
        Column(code="in_time", title="", shown=False),
        Column(code="with_due", title="", shown=False),
        Column(code="received_before", title="", shown=False),
        Column(code="in_time_before", title="", shown=False),
        Column(code="with_due_before", title="", shown=False),
    ),
    picture=("on_time",),
)
_BY = (
    Column(code="received", title=_RECEIVED),
    Column(code="share", title=gettext_lazy("Share of all"), kind=Kind.SHARE),
    Column(code="answered", title=_ANSWERED),
    Column(code="on_time", title=_ON_TIME, kind=Kind.SHARE),
)
_KINDS = Table(code="kinds", title=gettext_lazy("By kind of message"), of=gettext_lazy("Kind"), columns=_BY)
_CHANNELS = Table(
    code="channels",
    title=gettext_lazy("By the way they came"),
    of=gettext_lazy("Way of receipt"),
    columns=_BY,
    picture=("received",),
)


def _measure(scope: Scope) -> Measured:
    found = breakdowns(scope.path, ("kind", "channel"), scope.period)
    kinds = {code: kind.title for code, kind in KINDS}
    channels = {code: channel.title for code, channel in CHANNELS}
    return {
        "totals": _totals(scope),
        "months": [of_month(month, *_month(of)) for month, of in zip(scope.months, scope.by_month, strict=True)],
        "offices": [row for unit in scope.offices if (row := of_unit(unit, *_office(scope, unit.path))).cells[0]],
        "kinds": _parts(found["kind"], kinds),
        "channels": _parts(found["channel"], channels),
    }


def _totals(scope: Scope) -> list[Row]:
    own, before = scope.of(scope.path), scope.of_before(scope.path)
    counted = (
        ("received", _RECEIVED, own[Count.RECEIVED], before[Count.RECEIVED]),
        ("answered", _ANSWERED, own[Count.ANSWERED], before[Count.ANSWERED]),
        ("refused", gettext_lazy("Refused with a reason"), own[Count.REFUSED], before[Count.REFUSED]),
        ("closed", gettext_lazy("Closed"), own[Count.CLOSED], before[Count.CLOSED]),
        ("objections", gettext_lazy("Objections of the people"), own[Count.REOPENED], before[Count.REOPENED]),
        ("open", gettext_lazy("Open at the end"), own.standing.open, before.standing.open),
        ("overdue", gettext_lazy("Overdue at the end"), own.standing.overdue, before.standing.overdue),
    )
    rows = [in_both(code, *titled(title), now, then) for code, title, now, then in counted]
    codes = ("answered_on_time", "median_hours", "p90_hours", "reopened")
    return rows + [of_indicator(code, value_of(code, own), value_of(code, before)) for code in codes]


def _month(of: Figures) -> tuple[Cell, ...]:
    return of[Count.RECEIVED], of.given, value_of("answered_on_time", of), value_of("median_hours", of)


def _office(scope: Scope, path: str) -> tuple[Cell, ...]:
    of, before = scope.of(path), scope.of_before(path)
    return (
        *_month(of),
        of.standing.overdue,
        *(of[Count.ON_TIME], of[Count.ON_TIME] + of[Count.LATE]),
        before[Count.RECEIVED],
        *(before[Count.ON_TIME], before[Count.ON_TIME] + before[Count.LATE]),
    )


def _parts(found: dict[str, Figures], titles: Mapping[str, object]) -> list[Row]:
    """The largest first."""
    whole = sum(of[Count.RECEIVED] for of in found.values())
    rows = []
    for code, of in sorted(found.items(), key=lambda item: (-item[1][Count.RECEIVED], item[0])):
        if received := of[Count.RECEIVED]:
            share = Fraction(received, whole)
            cells = (received, share, of.given, value_of("answered_on_time", of))
            rows.append(in_both(code, *titled(titles.get(code, code)), *cells))
    return rows


def _suggest(told: Told) -> list[str]:
    return [line for line in (_received(told), _on_time(told), _time(told), *_ends(told), _ways(told)) if line]


def _whole(told: Told, code: str, places: str = "") -> Change | None:
    """How a figure of the whole changed: against last year, or from the first month to the last."""
    row = told.row("totals", code)
    if row is None:
        return None
    now, before = row.cells
    return Change(row.name(told.lang), row.kind, before, now, told.last_year, places)


def _counted_before(told: Told) -> bool:
    row = told.row("totals", "received")
    return bool(row and row.cells[1])


def _received(told: Told) -> str:
    now = told.counts("offices", "received")
    if not _counted_before(told):
        row = told.row("totals", "received")
        most = sorted(now, key=lambda key: (-now[key], key))[:2]
        if row is None or not row.cells[0] or not most:
            return ""
        places = told.names("offices", most)
        count = write(Kind.COUNT, row.cells[0], told.lang)
        sentence = ngettext(
            "{count} message was received, in {places}.",
            "{count} messages were received, most of them in {places}.",
            int(row.cells[0]),
        )
        return sentence.format(count=count, places=places)
    places = told.names("offices", of_counts(told.counts("offices", "received_before"), now))
    change = _whole(told, "received", places)
    return changed(change, told.lang) if change else ""


def _shares(told: Told, part: str, whole: str) -> dict[str, Part]:
    parts, wholes = told.counts("offices", part), told.counts("offices", whole)
    return {key: Part(parts[key], wholes[key]) for key in parts}


def _on_time(told: Told) -> str:
    if not _counted_before(told):
        return _over_months(told, "on_time", str(_ON_TIME), Kind.SHARE)
    before = _shares(told, "in_time_before", "with_due_before")
    places = told.names("offices", of_shares(before, _shares(told, "in_time", "with_due")))
    change = _whole(told, "answered_on_time", places)
    return changed(change, told.lang) if change else ""


def _time(told: Told) -> str:
    if not _counted_before(told):
        return _over_months(told, "median", str(INDICATORS["median_hours"].title), Kind.HOURS)
    change = _whole(told, "median_hours")
    return changed(change, told.lang) if change else ""


def _over_months(told: Told, column: str, title: str, kind: Kind) -> str:
    """From the first month that was measured to the last."""
    rows = [row for row in told.rows("months") if told.cell("months", row, column) is not None]
    if len(rows) < 2:
        return ""
    first, last = rows[0], rows[-1]
    before, now = (told.cell("months", row, column) for row in (first, last))
    name = _("{what} in {month}").format(what=title, month=last.name(told.lang))
    return changed(Change(name, kind, before, now, first.name(told.lang)), told.lang)


def _ends(told: Told) -> list[str]:
    """Who answered most and least often on time; how much was overdue in the end."""
    lines = []
    shares = {key: Fraction(of.part, of.whole) for key, of in _enough(told).items()}
    ordered = sorted(shares, key=lambda key: (shares[key], key))
    if len(ordered) > 1 and shares[ordered[0]] < shares[ordered[-1]]:
        facts = {
            "best": told.names("offices", ordered[-1:]),
            "most": write(Kind.SHARE, shares[ordered[-1]], told.lang),
            "worst": told.names("offices", ordered[:1]),
            "least": write(Kind.SHARE, shares[ordered[0]], told.lang),
        }
        lines.append(_("{best} answered most often on time ({most}), {worst} least often ({least}).").format(**facts))
    overdue = told.counts("offices", "overdue")
    late = sorted((key for key in overdue if overdue[key]), key=lambda key: (-overdue[key], key))
    if late:
        many, places = sum(overdue.values()), told.names("offices", late[:2])
        sentence = ngettext(
            "At its end {count} answer was overdue, in {places}.",
            "At its end {count} answers were overdue, most of them in {places}.",
            many,
        )
        lines.append(sentence.format(count=told.number(many), places=places))
    return lines


def _enough(told: Told) -> dict[str, Part]:
    return {key: of for key, of in _shares(told, "in_time", "with_due").items() if of.whole >= _LEAST}


def _ways(told: Told) -> str:
    rows = told.rows("channels")
    if not rows:
        return ""
    share = write(Kind.SHARE, told.cell("channels", rows[0], "share"), told.lang)
    return _("{share} of the messages came by this way: {way}.").format(share=share, way=rows[0].name(told.lang))


PLUGIN = Chapter(
    title=gettext_lazy("Messages of the people and their answers"),
    about=gettext_lazy(
        "What people brought in the period, and the answers that were given in it. An answer is on time when it was "
        "given by its due date; times run from the moment the answer was owed. What was open or overdue is as of the "
        "end of the period, or of the day of the report while the period runs."
    ),
    place=30,
    tables=(_TOTALS, _MONTHS, _OFFICES, _KINDS, _CHANNELS),
    measure=_measure,
    suggest=_suggest,
)
