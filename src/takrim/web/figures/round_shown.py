"""What the pages and papers of a round's result print: its table, its numbers, one office's form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base import words
from takrim.evaluation import rounds_read
from takrim.evaluation.lateness import LATE, late_words
from takrim.evaluation.models_entrants import Result
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.models_values import Outcome
from takrim.evaluation.plan_form import Answer
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.rounds_read import Line
from takrim.evaluation.scoring.engine import Standing, Unranked
from takrim.evaluation.scoring.intervals import Interval
from takrim.evaluation.scoring.plan import Plan
from takrim.evaluation.scoring.reading import plan_of_text
from takrim.indicators.figures import figures
from takrim.indicators.indicator import value_of
from takrim.orgs.units import all_names
from takrim.web.figures import method_words, shown
from takrim.web.figures.sure import Span, from_to, span

RATE: Final = "response_rate"
_GRADES: Final = {
    Fraction(1): gettext_lazy("yes"),
    Fraction(1, 2): gettext_lazy("partly"),
    Fraction(0): gettext_lazy("no"),
}
_REMARKS: Final[Mapping[str, str | Promise]] = {
    "not_measured": gettext_lazy("nothing to measure: left out"),
    "too_few": gettext_lazy("too few cases: left out"),
    "mean": gettext_lazy("not measured: the mean of its peers"),
    "zero": gettext_lazy("not given: earns nothing"),
}


@dataclass(frozen=True)
class RoundRow:
    """One office in the table of a round, ready to print; `why` where it is not ranked."""

    unit: str
    name: str
    url: str
    rank: str
    first: bool
    group: str
    total: str
    bar: float
    span: Span | None
    sure: str
    ranks: str
    band: str
    rate: str
    upheld: str
    why: str


@dataclass(frozen=True)
class FormLine:
    """One indicator of an office in a round."""

    code: str
    title: str
    definition: str
    value: str
    weight: str
    points: str
    lost: str
    remark: str
    bar: float


@dataclass(frozen=True)
class Shown:
    """A published round read once: its plan, its results in their order, rates and objections."""

    round: Round
    plan: Plan
    results: Sequence[Result]
    rates: Mapping[str, Fraction | None]
    objections: Mapping[str, Counter[str]]

    @property
    def ranked(self) -> list[Result]:
        return [one for one in self.results if one.rank is not None]

    @property
    def upheld(self) -> int:
        return sum(_granted(of) for of in self.objections.values())

    @property
    def objected(self) -> int:
        return sum(sum(of.values()) for of in self.objections.values())


def _granted(of: Counter[str]) -> int:
    return of[Outcome.UPHELD] + of[Outcome.PARTLY]


def read(round: Round, now: datetime) -> Shown:
    """A handful of queries for any number of offices."""
    results = list(rounds_read.standings(round))
    objections: dict[str, Counter[str]] = {}
    for one in rounds_read.objections_of(round):
        objections.setdefault(one.value.entrant.unit_path, Counter())[one.outcome] += 1
    return Shown(round, plan_of_text(round.plan_text), results, _rates(round, results, now), objections)


def _rates(round: Round, results: Sequence[Result], now: datetime) -> dict[str, Fraction | None]:
    """The response rate by office: as it counted in the round, else as the figures have it."""
    lines = {one.entrant.unit_path: rounds_read.lines_of(one) for one in results}
    counted = {path: line.value for path, of in lines.items() for line in of if line.code == RATE}
    if counted:
        return counted
    found = figures(list(lines), round.of_period, now)
    return {path: value_of(RATE, of) for path, of in found.items()}


def total_of(result: Result) -> Fraction | None:
    """What is ranked."""
    return Fraction(result.rounded) if result.rounded else None


def standings(results: Sequence[Result]) -> list[Standing]:
    """Results as the engine's own standings, for maps and for what moved."""
    return [
        Standing(
            unit=one.entrant.unit_path,
            place=at,
            total=total_of(one),
            group=one.group,
            rank=None if one.rank is None else _rank(one),
        )
        for at, one in enumerate(results)
    ]


def _rank(one: Result) -> int | float:
    assert one.rank is not None
    return int(one.rank) if one.rank == int(one.rank) else float(one.rank)


def intervals(results: Sequence[Result]) -> dict[str, Interval]:
    """What chance may have done, as the round keeps it; how often first is not kept with it."""
    return {
        one.entrant.unit_path: Interval(
            low=float(Fraction(one.low)),
            high=float(Fraction(one.high)),
            best=one.best or 1,
            worst=one.worst or 1,
            first=0.0,
            bands=(one.band_from or 0, one.band_to or 0),
        )
        for one in results
        if one.low and one.high
    }


def office_url(round: Round, path: str) -> str:
    """The page of one office in a round."""
    return reverse("figures:round_office", args=[round.code, path.rstrip("/")])


def short_name(result: Result, lang: str) -> str:
    """What fits into a table: the office's short name, or the one it had if it is gone."""
    unit = all_names().get(result.entrant.unit_path)
    return unit.short(lang) if unit else result.entrant.name


def rows(of: Shown, lang: str) -> tuple[list[RoundRow], list[RoundRow]]:
    """Those that are ranked, and those that are shown without a rank."""
    sure = intervals(of.results)
    ends = (min((one.low for one in sure.values()), default=0.0), max((one.high for one in sure.values()), default=1.0))
    made = [_row(one, of, sure.get(one.entrant.unit_path), ends, lang) for one in of.results]
    return [one for one in made if not one.why], [one for one in made if one.why]


def _row(one: Result, of: Shown, sure: Interval | None, ends: tuple[float, float], lang: str) -> RoundRow:
    path, total = one.entrant.unit_path, total_of(one)
    return RoundRow(
        unit=path,
        name=short_name(one, lang),
        url=office_url(of.round, path),
        rank=words.NOTHING if one.rank is None else words.number(_rank(one), lang),
        first=one.rank == 1,
        group=group_words(one.group, lang),
        total=words.number(total, lang, of.plan.decimals),
        bar=float(total or 0),
        span=span(sure.low, sure.high, float(total or 0), ends) if sure else None,
        sure=from_to(sure.low, sure.high, lang) if sure else words.NOTHING,
        ranks=from_to(sure.best, sure.worst, lang) if sure else words.NOTHING,
        band=from_to(*sure.bands, lang) if sure else words.NOTHING,
        rate=words.percent(of.rates.get(path), lang),
        upheld=words.number(_granted(of.objections.get(path, Counter())), lang),
        why=_why(one, of.plan, lang),
    )


def group_words(group: str, lang: str) -> str:
    """The name of a band of volumes, in the digits of the language."""
    return words.digits(group, lang)


def _why(one: Result, plan: Plan, lang: str) -> str:
    if not one.why:
        return ""
    if one.why == LATE:
        return late_words(one.entrant.stale, lang)
    if one.why == Unranked.BELOW_FLOOR and plan.floors:
        return method_words.floor_words(plan.floors[0], lang)
    if one.why == Unranked.NO_GROUP:
        return _("It belongs to no group of peers.")
    return _("Nothing was measured.")


def write(row: Row, value: Fraction | None, lang: str) -> str:
    """A value in words of its measure."""
    if value is None:
        return words.NOTHING
    if row.measure is Answer.SHARE:
        return words.percent(value, lang)
    if row.measure is Answer.HOURS:
        return shown.brief(value, lang)
    if row.measure is Answer.YES_NO:
        return str(_GRADES.get(value, words.percent(value, lang)))
    return words.number(value, lang, 0 if value.denominator == 1 else 2)


def asked(round: Round) -> dict[str, Row]:
    """The rows of the round's plan by code."""
    return {row.code: row for row in rows_of(plan_of(round.plan))}


def form(result: Result, of: Shown, lang: str) -> list[FormLine]:
    """One office indicator by indicator, what cost most first."""
    known = asked(of.round)
    lines = sorted(rounds_read.lines_of(result), key=lambda line: -(line.lost or 0))
    return [_line(line, known[line.code], lang) for line in lines if line.code in known]


def _line(line: Line, row: Row, lang: str) -> FormLine:
    few = line.verdict == "too_few"
    counts = line.points is not None
    return FormLine(
        code=line.code,
        title=row.title(lang),
        definition=row.words(lang),
        # A value of too few cases is not shown: who replied could be guessed.
        value=words.NOTHING if few else write(row, line.value, lang),
        weight=words.number(row.weight, lang, 0 if row.weight.denominator == 1 else 2),
        points=words.number(line.points, lang, 2) if counts else words.NOTHING,
        lost=words.number(line.lost, lang, 2) if line.lost is not None else words.NOTHING,
        remark=str(_REMARKS.get(line.verdict, "")),
        bar=min(max(float(line.score or 0), 0.0), 1.0),
    )
