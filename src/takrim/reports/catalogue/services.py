"""Service cards: what people read in them instead of coming, and how the promised times were kept."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Sum
from django.utils.translation import gettext_lazy, ngettext

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.cards.models import CardVersion, HelpCount
from takrim.cards.queries import valid_cards
from takrim.indicators.figures import breakdown
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, value_of
from takrim.orgs.units import house_of
from takrim.reports.cells import Column, Kind, Measured, Row, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, titled
from takrim.reports.telling import Change, Told, changed, of_counts, write

_SHOWN = gettext_lazy("Answers of cards shown")
_AVOIDED = gettext_lazy("Visits avoided")
_MARKS = ("shown", "enough", "not_enough", "filed")

_TOTALS = Table(
    code="totals",
    title=gettext_lazy("Service cards as a whole"),
    of=gettext_lazy("Figure"),
    columns=(
        Column(code="now", title=gettext_lazy("This period")),
        Column(code="before", title=gettext_lazy("Same period last year")),
    ),
    note=gettext_lazy("A visit counts as avoided when somebody said of an answer on a card that it was enough."),
)
_CARDS = Table(
    code="cards",
    title=gettext_lazy("Service by service"),
    of=gettext_lazy("Service"),
    columns=(
        Column(code="received", title=INDICATORS["received"].title),
        Column(code="on_time", title=INDICATORS["answered_on_time"].title, kind=Kind.SHARE),
        Column(code="median", title=INDICATORS["median_hours"].title, kind=Kind.HOURS),
        Column(code="shown", title=_SHOWN),
        Column(code="enough", title=_AVOIDED),
        Column(code="enough_before", title="", shown=False),
    ),
    picture=("enough",),
)

Helped = dict[str, dict[str, int]]


def _helped(scope: Scope, period: Period) -> Helped:
    """By card, how often its answers were shown and were enough, in the house of the office."""
    codes = [month.code for month in period.months()]
    rows = HelpCount.objects.filter(path=house_of(scope.path), period__in=codes).order_by("card")
    counted = rows.values_list("card").annotate(*(Sum(mark) for mark in _MARKS))
    return {card: dict(zip(_MARKS, sums, strict=True)) for card, *sums in counted}


def _measure(scope: Scope) -> Measured:
    now, before = _helped(scope, scope.period), _helped(scope, scope.before)
    last = min(scope.period.last_day(), local_date(scope.now))
    versions = {version.card.code: version for version in valid_cards(last, scope.path)}
    counts = {mark: [sum(of[mark] for of in found.values()) for found in (now, before)] for mark in _MARKS}
    titles = {
        "shown": _SHOWN,
        "enough": _AVOIDED,
        "not_enough": gettext_lazy("Answers that were not enough"),
        "filed": gettext_lazy("Filed all the same"),
    }
    totals = [in_both("cards", *titled(gettext_lazy("Cards that hold")), len(versions), _cards_before(scope))]
    totals += [in_both(mark, *titled(titles[mark]), *counts[mark]) for mark in _MARKS]
    return {"totals": totals, "cards": _cards(scope, versions, now, before)}


def _cards_before(scope: Scope) -> int:
    return len(valid_cards(scope.before.last_day(), scope.path))


def _cards(scope: Scope, versions: Mapping[str, CardVersion], now: Helped, before: Helped) -> list[Row]:
    found = breakdown(scope.path, "card", scope.period)
    rows = []
    for code in sorted({*found, *now}, key=lambda one: (-(found[one][Count.RECEIVED] if one in found else 0), one)):
        version = versions.get(code)
        names = (version.title_fa, version.title_en) if version else (code, code)
        of, helped = found.get(code), now.get(code, {})
        cells = (
            of[Count.RECEIVED] if of else 0,
            value_of("answered_on_time", of) if of else None,
            value_of("median_hours", of) if of else None,
            helped.get("shown", 0),
            helped.get("enough", 0),
            before.get(code, {}).get("enough", 0),
        )
        rows.append(in_both(code, *names, *cells))
    return rows


def _suggest(told: Told) -> list[str]:
    row = told.row("totals", "enough")
    if row is None or not row.cells[0]:
        return []
    now, before = row.cells
    if before:
        parts = of_counts(told.counts("cards", "enough_before"), told.counts("cards", "enough"))
        change = Change(row.name(told.lang), Kind.COUNT, before, now, told.last_year, told.names("cards", parts))
        return [changed(change, told.lang)]
    counts = told.counts("cards", "enough")
    most = max(counts, key=lambda key: (counts[key], key))
    facts = {"count": write(Kind.COUNT, now, told.lang), "card": told.names("cards", [most])}
    sentence = ngettext(
        "Answers on service cards spared {count} visit, for “{card}”.",
        "Answers on service cards spared {count} visits, most of them for “{card}”.",
        1 if now == 1 else 2,
    )
    return [sentence.format(**facts)]


PLUGIN = Chapter(
    title=gettext_lazy("Service cards and visits avoided"),
    about=gettext_lazy(
        "How often people found their answer on a service card, and how the times promised on the cards were kept. "
        "What was read on cards is counted for the whole province."
    ),
    place=50,
    tables=(_TOTALS, _CARDS),
    measure=_measure,
    suggest=_suggest,
)
