"""The pictures of the figures pages; each is a value whose table says the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.base.jalali import month_name
from takrim.base.period import Period
from takrim.indicators.figures import Figures, last_months, local_month
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, value_of
from takrim.web.figures.shown import hidden
from takrim.web.parts.charts import Chart, Number, Series

MONTHS = 12


def months_until(period: Period, now: datetime) -> list[Period]:
    """The twelve months that end with the period, or with this month if the period is still running."""
    last = period.months()[-1]
    running = local_month(now)
    return last_months(running if last.start() > running.start() else last, MONTHS)


def _float(value: Fraction | None) -> Number:
    return None if value is None else float(value)


def _labels(months: Sequence[Period], lang: str) -> list[str]:
    return [month_name(month.index, lang) for month in months]


def _span(months: Sequence[Period], lang: str) -> str:
    return _("{first} to {last}").format(first=months[0].title(lang), last=months[-1].title(lang))


def flow(months: Sequence[Period], found: Sequence[Figures], lang: str) -> Chart:
    """What came in and what was ended, month by month."""
    return Chart(
        id="flow",
        title=_("Received and answered"),
        kind="bar",
        labels=_labels(months, lang),
        series=[
            Series(str(INDICATORS["received"].title), [one[Count.RECEIVED] for one in found], "info"),
            Series(_("Answered"), [one.given for one in found], "accent"),
        ],
        write=lambda value: words.number(value, lang),
        axis=_("Month"),
        note=_span(months, lang),
    )


def quality(months: Sequence[Period], found: Sequence[Figures], lang: str) -> Chart:
    """Answers in time and content people, month by month; a month with too few replies is a gap."""
    content = [None if hidden(one) else _float(value_of("satisfaction", one)) for one in found]
    return Chart(
        id="quality",
        title=_("On time and satisfied"),
        kind="line",
        labels=_labels(months, lang),
        series=[
            Series(
                str(INDICATORS["answered_on_time"].title), [_float(value_of("answered_on_time", one)) for one in found]
            ),
            Series(str(INDICATORS["satisfaction"].title), content, "ok"),
            # A score is read with how many said it.
            Series(str(INDICATORS["response_rate"].title), [_float(value_of("response_rate", one)) for one in found]),
        ],
        write=lambda value: words.percent(value, lang),
        axis=_("Month"),
        note=_span(months, lang),
        percent=True,
    )


def parts(
    code: str, title: str, found: Mapping[str, Figures], titles: Mapping[str, str | Promise], lang: str
) -> Chart | None:
    """How what came in divides, the largest first; None when nothing came in."""
    counts = {value: one[Count.RECEIVED] for value, one in found.items() if one[Count.RECEIVED]}
    if not counts:
        return None
    ordered = sorted(counts, key=lambda value: -counts[value])
    return Chart(
        id=code,
        title=title,
        kind="hbar",
        labels=[str(titles.get(value, value)) for value in ordered],
        series=[Series(str(INDICATORS["received"].title), [counts[value] for value in ordered])],
        write=lambda value: words.number(value, lang),
        axis=title,
    )


def totals(title: str, names: Sequence[str], values: Sequence[Fraction], lang: str) -> Chart:
    """The totals of a ranking, best first."""
    return Chart(
        id="totals",
        title=title,
        kind="hbar",
        labels=names,
        series=[Series(_("Points"), [float(value) for value in values])],
        write=lambda value: words.number(value, lang, 2),
        axis=_("Office"),
    )
