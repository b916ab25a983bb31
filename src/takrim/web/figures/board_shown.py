"""What the board prints: its head, the league table, ranks that moved, volume against speed, a sheet to take along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.evaluation.models import Finding
from takrim.evaluation.movement import Moved
from takrim.evaluation.ranking import Ranking
from takrim.evaluation.scoring.engine import Standing
from takrim.evaluation.trials import Tested
from takrim.evaluation.watching import WATCHES
from takrim.indicators.indicator import INDICATORS, Measure, value_of
from takrim.orgs.units import all_names
from takrim.web.figures import shown
from takrim.web.figures.ranking import names, place_of
from takrim.web.figures.sure import from_to
from takrim.web.parts.charts import Chart, Number, Series

FINDINGS: Final = 4
# Lines that can still be told apart.
_LINES: Final = 6
_TOP: Final = 3


def head(found: Ranking, lang: str) -> dict[str, shown.Tile]:
    """The numbers above the table."""
    ranked, number = found.ranked, words.number
    totals = sorted(one.total or Fraction(0) for one in ranked)
    figures = [found.figures[one.unit] for one in found.places]
    ended = sum(of.given for of in figures)
    tiles = {
        "first": _first(ranked, lang),
        "ranked": shown.Tile(
            _("Ranked"),
            number(len(ranked), lang),
            _("of {number} offices").format(number=number(len(found.places), lang)),
            icon="office",
        ),
        "middle": shown.Tile(
            _("Middle of all totals"),
            number(totals[len(totals) // 2], lang) if totals else words.NOTHING,
            _("from {low} to {high}").format(low=number(totals[0], lang), high=number(totals[-1], lang))
            if totals
            else "",
            icon="star",
        ),
        "answers": shown.Tile(_("Answers"), number(ended, lang), icon="done"),
    }
    return tiles


def _first(ranked: Sequence[Standing], lang: str) -> shown.Tile:
    title = _("First")
    if not ranked:
        return shown.Tile(title, words.NOTHING, icon="rank")
    return shown.Tile(title, all_names()[ranked[0].unit].short(lang), _points(ranked[0], lang), icon="rank")


def _points(one: Standing, lang: str) -> str:
    return _("{number} points").format(number=words.number(one.total, lang, 2))


def league(found: Ranking, lang: str) -> dict[str, Any]:
    """The table, those that are not ranked, and those without any figure."""
    quiet = [one for one in found.unranked if shown.silent(found.figures[one.unit])]
    return {
        "places": [place_of(one, found, lang) for one in found.ranked],
        "unranked": [place_of(one, found, lang) for one in found.unranked if one not in quiet],
        "quiet": names(quiet, lang),
    }


@dataclass(frozen=True)
class MovedRow:
    """One office's ranks, the last with how far it rose or fell. `way`: rise, fall or nothing."""

    name: str
    ranks: list[str]
    change: str
    way: str


def moved(steps: Sequence[Moved], titles: Sequence[str], name: Callable[[str], str], lang: str) -> dict[str, Any]:
    """The table of ranks by period, and the lines of the first and of those that moved most."""
    rows = [
        MovedRow(name(one.unit), [words.number(rank, lang) for rank in one.ranks], *_change(one, lang)) for one in steps
    ]
    return {"titles": titles, "moved": rows, "chart": _lines(steps, titles, name, lang)}


def _change(one: Moved, lang: str) -> tuple[str, str]:
    rise = one.rise
    if rise is None:
        return words.NOTHING, ""
    if not rise:
        return _("as before"), ""
    number = words.number(abs(rise), lang)
    if rise > 0:
        return "▲ " + _("{number} up").format(number=number), "rise"
    return "▼ " + _("{number} down").format(number=number), "fall"


def _lines(steps: Sequence[Moved], titles: Sequence[str], name: Callable[[str], str], lang: str) -> Chart | None:
    first = [one for one in steps if one.last is not None][:_TOP]
    most = sorted((one for one in steps if one.rise and one not in first), key=lambda one: -abs(one.rise or 0))
    drawn = [*first, *most[: _LINES - len(first)]]
    if not any(sum(rank is not None for rank in one.ranks) > 1 for one in drawn):
        return None
    return Chart(
        id="ranks",
        title=_("The first, and those that moved most"),
        kind="ranks",
        labels=titles,
        series=[Series(name(one.unit), [None if rank is None else float(rank) for rank in one.ranks]) for one in drawn],
        write=lambda value: words.number(value, lang),
        axis=_("Period"),
    )


def speed(found: Ranking, lang: str) -> Chart | None:
    """Answers given across, the median time upwards, a point an office."""
    rows = [
        (all_names()[one.unit].short(lang), of.given, hours)
        for one in found.places
        if (of := found.figures[one.unit]).given and (hours := value_of("median_hours", of)) is not None
    ]
    if len(rows) < 2:
        return None

    def days(value: Number) -> str:
        return words.NOTHING if value is None else words.number(value, lang, 1)

    return Chart(
        id="speed",
        title=_("Answers given, and days until half of them were given"),
        kind="scatter",
        labels=[name for name, _given, _hours in rows],
        series=[
            Series(_("Answers"), [given for _name, given, _hours in rows]),
            Series(_("Median time in days"), [float(hours / 24) for _name, _given, hours in rows], write=days),
        ],
        write=lambda value: words.number(value, lang),
        axis=_("Office"),
    )


@dataclass(frozen=True)
class FindingRow:
    """One finding on the board."""

    id: int
    title: str | Promise
    unit: str
    state: str
    found_at: datetime


def finding(row: Finding, lang: str) -> FindingRow:
    """A finding, short."""
    watch, unit = WATCHES.get(row.watch), all_names().get(row.unit_path)
    return FindingRow(
        row.pk, watch.title if watch else row.watch, unit.short(lang) if unit else "", row.state, row.found_at
    )


def sheet(found: Ranking, tested: Tested, lang: str) -> tuple[list[str], list[list[str]]]:
    """Heading and rows: totals, each indicator's value, cases and points lost, and how sure it is."""
    heads = [_("Rank"), _("Office"), _("Points"), _("Answers")]
    for row in found.plan.rows:
        title = str(INDICATORS[row.code].title)
        heads += [title, _("{title}: cases").format(title=title), _("{title}: points lost").format(title=title)]
    sure = [_("Points with 95 in 100"), _("Band"), _("Ranks under other weights"), _("How often first")]
    heads += sure if tested else []
    return heads, [_sheet_row(one, found, tested, lang) for one in found.places]


def _sheet_row(one: Standing, found: Ranking, tested: Tested, lang: str) -> list[str]:
    of = found.figures[one.unit]
    cells = [words.number(one.rank, lang), all_names()[one.unit].name(lang), words.number(one.total, lang, 2)]
    cells.append(words.number(of.given, lang))
    for row in found.form(one):
        unit: Measure = INDICATORS[row.code].unit
        # A value of too few cases is not shown anywhere: who replied could be guessed.
        cells.append(shown.write(unit, row.actual, lang) if row.counts else words.NOTHING)
        cells += [words.number(row.sample, lang), words.number(row.lost, lang, 2) if row.counts else words.NOTHING]
    return cells + (_sure_cells(one, tested, lang) if tested else [])


def _sure_cells(one: Standing, tested: Tested, lang: str) -> list[str]:
    chance, weights = tested.chance.get(one.unit), tested.weights.get(one.unit)
    if chance is None or weights is None:
        return [words.NOTHING] * 4
    return [
        from_to(chance.low, chance.high, lang),
        from_to(*chance.bands, lang),
        from_to(weights.best, weights.worst, lang),
        words.percent(weights.first, lang),
    ]
