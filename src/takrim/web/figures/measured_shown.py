"""An indicator turned into what its page prints: tiles, lines of offices with their intervals, pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.base.jalali import month_name
from takrim.base.period import Period
from takrim.indicators.indicator import INDICATORS, Direction, Indicator, Measure, Measured
from takrim.indicators.intervals import interval
from takrim.orgs.paths import ROOT
from takrim.web.figures.shown import Tile, write
from takrim.web.parts.charts import Chart, Number, Series

# Upper ends of the classes of a picture, in the unit of the value; behind the last one it is open.
_CLASSES: Final = {
    Measure.SHARE: [Fraction(n, 10) for n in range(1, 10)],
    Measure.HOURS: [Fraction(24 * days) for days in (1, 2, 3, 5, 10, 15, 20, 30, 45)],
    Measure.MARK: [Fraction(n, 2) for n in range(3, 10)],
}
# With fewer offices there is nothing to spread.
_FEWEST: Final = 5


@dataclass(frozen=True)
class Row:
    """One indicator in the list of all."""

    code: str
    title: str | Promise
    url: str
    now: str
    before: str
    sample: str
    # better | worse, as pills are called; "" where that cannot be said.
    change: str

    @property
    def is_silent(self) -> bool:
        """Whether nothing was measured in either period."""
        return {self.now, self.before} == {words.NOTHING}


def row(code: str, current: Measured, before: Measured, lang: str, query: str) -> Row:
    """This period and the one before, and whether that is better."""
    one = INDICATORS[code]
    return Row(
        code=code,
        title=one.title,
        url=f"{reverse('figures:measured', args=[code])}?{query}",
        now=_written(one, current, lang),
        before=_written(one, before, lang),
        sample=words.number(cases, lang) if (cases := sample(one, current)) else words.NOTHING,
        change=_change(one, current, before),
    )


def sample(one: Indicator, measured: Measured) -> int:
    """Of how many cases a value is; 0 where nothing was measured, and of what is counted itself."""
    if measured is None or measured.value is None or one.unit is Measure.COUNT:
        return 0
    return measured.sample


def _written(one: Indicator, measured: Measured, lang: str) -> str:
    return write(one.unit, measured.value if measured else None, lang)


def _change(one: Indicator, current: Measured, before: Measured) -> str:
    """Whether it became better or worse; nothing where that cannot be said or nothing changed."""
    value, was = (found.value if found else None for found in (current, before))
    if value is None or was is None or value == was or one.direction is Direction.NEITHER:
        return ""
    return "better" if (value > was) is (one.direction is Direction.MORE_IS_BETTER) else "worse"


def tiles(code: str, current: Measured, before: Measured, nation: Measured, lang: str) -> dict[str, Tile]:
    """The value with its interval and sample, the one before, and that of all offices together."""
    one = INDICATORS[code]
    cases = sample(one, current)
    of = _("from {number}").format(number=words.number(cases, lang)) if cases else ""
    few = _("too few to be compared") if 0 < cases < one.least else ""
    return {
        "now": Tile(_("This period"), _written(one, current, lang), _joined(of, few), icon="chart"),
        "sure": Tile(_("Between, 19 times of 20"), _between(one, current, lang), _("by chance alone"), icon="trend"),
        "before": Tile(
            _("Period before"),
            _written(one, before, lang),
            {"better": _("better now"), "worse": _("worse now")}.get(_change(one, current, before), ""),
            icon="back",
        ),
        "nation": Tile(_("All offices together"), _written(one, nation, lang), icon="globe"),
    }


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _between(one: Indicator, measured: Measured, lang: str) -> str:
    found = interval(measured, one.unit)
    if found is None:
        return words.NOTHING
    low, high = (write(one.unit, Fraction(bound).limit_denominator(10_000), lang) for bound in found)
    return _("{low} to {high}").format(low=low, high=high)


@dataclass(frozen=True)
class Office:
    """An office and what was measured there."""

    name: str
    path: str
    measured: Measured

    @property
    def value(self) -> Fraction | None:
        return self.measured.value if self.measured else None


def in_order(one: Indicator, offices: Sequence[Office]) -> list[Office]:
    """The best first; those where nothing was measured last."""
    less = one.direction is Direction.LESS_IS_BETTER

    def place(office: Office) -> tuple[bool, Fraction, str]:
        value = office.value
        return value is None, (value if less else -value) if value is not None else Fraction(0), office.path

    return sorted(offices, key=place)


def office_line(code: str, office: Office, own: str, period: Period, lang: str) -> dict[str, Any]:
    """One office in the table."""
    one, measured = INDICATORS[code], office.measured
    cases = sample(one, measured)
    query = urlencode({"period": period.code, "of": office.path})
    return {
        "name": office.name,
        # Beyond one's own office only its name stands there.
        "url": f"?{query}" if office.path.startswith(own) else "",
        "own": office.path == own,
        "value": _written(one, measured, lang),
        "between": _between(one, measured, lang),
        "sample": words.number(cases, lang) if cases else words.NOTHING,
        "few": 0 < cases < one.least,
    }


def _number(value: Fraction | None) -> Number:
    return None if value is None else float(value)


def _write(code: str, lang: str) -> Any:
    unit = INDICATORS[code].unit
    return lambda value: write(unit, None if value is None else Fraction(value).limit_denominator(10_000), lang)


def trend(code: str, months: Sequence[tuple[Period, Any, Any]], path: str, lang: str) -> Chart:
    """Month by month; beside it all offices together, unless the office is all of them or numbers are counted."""
    one = INDICATORS[code]
    series = [Series(_("This office"), [_number(own) for _month, own, _nation in months], "accent")]
    if path != ROOT and one.unit is not Measure.COUNT:
        series.append(Series(_("All offices together"), [_number(nation) for _month, _own, nation in months], "plain"))
    first, last = months[0][0], months[-1][0]
    return Chart(
        id="trend",
        title=_("Month by month"),
        kind="line",
        labels=[month_name(month.index, lang) for month, _own, _nation in months],
        series=series,
        write=_write(code, lang),
        axis=_("Month"),
        note=_("{first} to {last}").format(first=first.title(lang), last=last.title(lang)),
        percent=one.unit is Measure.SHARE,
    )


def spread(code: str, values: Sequence[Fraction], lang: str) -> Chart | None:
    """How many offices lie in which class; None with too few of them."""
    one = INDICATORS[code]
    ends = _CLASSES.get(one.unit)
    if ends is None or len(values) < _FEWEST:
        return None
    counted = Counter(sum(value >= end for end in ends) for value in values)
    words_of = [write(one.unit, end, lang) for end in ends]
    labels = [_("below {end}").format(end=words_of[0])]
    labels += [_("{low} to {high}").format(low=low, high=high) for low, high in pairwise(words_of)]
    labels.append(_("{end} and more").format(end=words_of[-1]))
    return Chart(
        id="spread",
        title=_("How offices are spread"),
        kind="bar",
        labels=labels,
        series=[Series(_("Offices"), [counted[place] for place in range(len(labels))], "info")],
        write=lambda value: words.number(value, lang),
        axis=str(one.title),
    )


def bars(code: str, offices: Sequence[Office], lang: str) -> Chart | None:
    """Offices side by side, the best first; their intervals stand in the table below."""
    one = INDICATORS[code]
    measured = [office for office in offices if office.value is not None]
    if len(measured) < 2:
        return None
    return Chart(
        id="offices",
        title=_("Office by office"),
        kind="hbar",
        labels=[office.name for office in measured],
        series=[Series(str(one.title), [_number(office.value) for office in measured])],
        write=_write(code, lang),
        axis=_("Office"),
        percent=one.unit is Measure.SHARE and all((office.value or 0) <= 1 for office in measured),
    )
