"""Figures turned into what a page prints: tiles, table rows, words. Small numbers of survey replies stay hidden."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from takrim.base import words
from takrim.indicators.figures import Figures
from takrim.indicators.histogram import P90
from takrim.indicators.increments import Count
from takrim.indicators.indicator import INDICATORS, Measure, value_of
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.orgs.units import UnitNames
from takrim.web.figures.places import address

# From so many hours on a time is told in days.
_IN_DAYS = 48


def write(unit: Measure, value: Fraction | None, lang: str) -> str:
    """A value in words of its unit; None is a dash."""
    if unit is Measure.SHARE:
        return words.percent(value, lang)
    if unit is Measure.HOURS:
        return words.NOTHING if value is None else brief(value, lang)
    if unit in {Measure.MARK, Measure.RATE}:
        return words.number(value, lang, 1)
    return words.number(value, lang)


def brief(hours: Fraction, lang: str) -> str:
    """A time in one unit, short enough for a table and no finer than it is known: two digits, minutes to days."""
    if hours < 1:
        minutes = int(hours * 60 + Fraction(1, 2))
        text = ngettext("{number} minute", "{number} minutes", minutes)
        return text.format(number=words.number(minutes, lang))
    in_days = hours >= _IN_DAYS
    amount = hours / 24 if in_days else hours
    tenths = Fraction(int(amount * 10 + Fraction(1, 2)), 10)
    whole = amount >= 10 or tenths.denominator == 1
    text = _("{number} days") if in_days else ngettext("{number} hour", "{number} hours", 1 if tenths == 1 else 2)
    return text.format(number=words.number(amount if whole else tenths, lang, 0 if whole else 1))


@dataclass(frozen=True)
class Tile:
    """One number of a page."""

    title: str | Promise
    value: str
    note: str = ""
    url: str = ""
    icon: str = ""
    tone: str = ""


def hidden(of: Figures) -> bool:
    """Whether satisfaction must not be shown."""
    return of[Count.RESPONSES] < FEWEST_REPLIES


def satisfaction(of: Figures, lang: str) -> str:
    """The share of content people, or a dash where too few replied."""
    return words.NOTHING if hidden(of) else words.percent(value_of("satisfaction", of), lang)


def replied(of: Figures, lang: str) -> str:
    """What stands beside satisfaction wherever it is shown: the response rate, or why there is no score."""
    if hidden(of):
        return _("fewer than {number} replies").format(number=words.number(FEWEST_REPLIES, lang))
    return _("response rate {rate}").format(rate=words.percent(value_of("response_rate", of), lang))


def _value(code: str, of: Figures, lang: str) -> str:
    return write(INDICATORS[code].unit, value_of(code, of), lang)


def tiles(of: Figures, lang: str) -> dict[str, Tile]:
    """The numbers at the head of a page, by code."""
    number = words.number
    on_time, ended = of[Count.ON_TIME], of[Count.ON_TIME] + of[Count.LATE]
    p90, rate = of.hours.quantile(P90), value_of("response_rate", of)
    title = {code: INDICATORS[code].title for code in INDICATORS.items}
    shown = {
        "received": Tile(title["received"], number(of[Count.RECEIVED], lang), icon="inbox"),
        "answered": Tile(_("Answered"), number(of.given, lang), _refused(of, lang), icon="done"),
        "answered_on_time": Tile(
            title["answered_on_time"],
            _value("answered_on_time", of, lang),
            _("{part} of {whole} answers").format(part=number(on_time, lang), whole=number(ended, lang))
            if ended
            else "",
            icon="clock",
        ),
        "median_hours": Tile(title["median_hours"], _value("median_hours", of, lang), icon="hourglass"),
        "p90_hours": Tile(
            title["p90_hours"],
            write(Measure.HOURS, p90, lang),
            _("nine of ten answers came within it") if p90 is not None else "",
            icon="hourglass",
        ),
        "overdue": Tile(
            title["overdue"],
            number(of.standing.overdue, lang),
            _("{share} of {open} still open").format(
                share=_value("overdue", of, lang), open=number(of.standing.open, lang)
            )
            if of.standing.open
            else "",
            icon="late",
        ),
        "reopened": Tile(title["reopened"], _value("reopened", of, lang), _objections(of, lang), icon="reopen"),
        "satisfaction": Tile(title["satisfaction"], satisfaction(of, lang), _replies(of, rate, lang), icon="survey"),
    }
    return shown


def _refused(of: Figures, lang: str) -> str:
    refused = of[Count.REFUSED]
    return _("{number} of them refused with a reason").format(number=words.number(refused, lang)) if refused else ""


def _objections(of: Figures, lang: str) -> str:
    many = of[Count.REOPENED]
    text = ngettext("{number} objection", "{number} objections", many)
    return text.format(number=words.number(many, lang)) if many else ""


def _replies(of: Figures, rate: Fraction | None, lang: str) -> str:
    """Satisfaction never stands without how many replied."""
    if rate is None:
        return ""
    if hidden(of):
        return _("fewer than {number} replies: not shown").format(number=words.number(FEWEST_REPLIES, lang))
    many = of[Count.RESPONSES]
    text = ngettext("{number} reply, response rate {rate}", "{number} replies, response rate {rate}", many)
    return text.format(number=words.number(many, lang), rate=words.percent(rate, lang))


@dataclass(frozen=True)
class Line:
    """One office in a table, ready to print."""

    name: str
    url: str
    received: str
    answered: str
    on_time: str
    median: str
    overdue: str
    satisfaction: str
    replied: str
    path: str = ""
    cases_url: str = ""


def line(unit: UnitNames, of: Figures, lang: str) -> Line:
    """An office's figures in one table row."""
    return Line(
        name=unit.short(lang),
        url=address(unit.path),
        received=words.number(of[Count.RECEIVED], lang),
        answered=words.number(of.given, lang),
        on_time=_value("answered_on_time", of, lang),
        median=_value("median_hours", of, lang),
        overdue=words.number(of.standing.overdue, lang),
        satisfaction=satisfaction(of, lang),
        replied=replied(of, lang),
        path=unit.path,
    )


def silent(of: Figures) -> bool:
    """Whether there is nothing to say about an office: it belongs below the table."""
    return not (of[Count.RECEIVED] or of.ended or of.standing.open)
