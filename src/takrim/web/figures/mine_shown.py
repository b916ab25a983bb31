"""What the page of one's own office prints: its losses, its rivals, the words of its levers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.evaluation.plan import standard
from takrim.evaluation.ranking import Ranking
from takrim.evaluation.rivals import Rival, rivals
from takrim.evaluation.scoring.explain import Line, explain
from takrim.evaluation.scoring.work import Verdict
from takrim.indicators.indicator import INDICATORS, Measure
from takrim.orgs.units import all_names
from takrim.web.figures import levers_shown, shown
from takrim.web.figures.levers_shown import Telling
from takrim.web.figures.places import address
from takrim.web.figures.ranking import place_of


@dataclass(frozen=True)
class LossRow:
    """One indicator of the office. `bar`: the part of all that can be earned; `remark`: why it does not count."""

    code: str
    title: str | Promise
    value: str
    standard: str
    cases: str
    earned: str
    lost: str
    bar: float
    remark: str
    url: str


@dataclass(frozen=True)
class RivalRow:
    """An office near one's own; `gap` says in words by how much it is ahead or behind."""

    rank: str
    name: str
    total: str
    gap: str
    url: str
    own: bool


def standing(found: Ranking, path: str, urls: Mapping[str, str], lang: str) -> dict[str, Any]:
    """Rank, losses and rivals of one office."""
    told = explain(found.scored, path)
    own = told.standing
    lost = sum((Fraction(line.lost) for line in told.lines if line.lost), Fraction(0))
    rows = [_loss(line, found, own.place, urls, lang) for line in sorted(told.lines, key=_cost)]
    return {
        "place": place_of(own, found, lang),
        "ranked": own.rank is not None,
        "rivals_all": told.rivals,
        "lost": words.number(lost, lang, 2),
        "rows": rows,
        "rivals": [_rival(one, path, lang) for one in rivals(found.scored, path)],
    }


def _cost(line: Line) -> Fraction:
    return -Fraction(line.lost or 0)


def _loss(line: Line, found: Ranking, place: int, urls: Mapping[str, str], lang: str) -> LossRow:
    row, indicator = line.indicator, INDICATORS[line.indicator.code]
    counts = line.verdict is Verdict.SCORED
    sample = found.scored.table.numbers[row.sample].at(place) if row.sample else None
    score = Fraction(line.score or 0)
    return LossRow(
        code=row.code,
        title=indicator.title,
        # A value of too few cases is not only left out, it is not shown: who replied could be guessed.
        value=shown.write(indicator.unit, None if line.raw is None else Fraction(line.raw), lang)
        if counts
        else words.NOTHING,
        standard=shown.write(indicator.unit, standard(row), lang),
        cases=words.number(sample, lang),
        earned=words.percent(score, lang, 0) if counts else words.NOTHING,
        lost=words.number(line.lost, lang, 2) if counts else words.NOTHING,
        bar=float(score),
        remark=_remark(line, lang),
        url=urls.get(row.code, "") if counts and line.lost else "",
    )


def _remark(line: Line, lang: str) -> str:
    if line.verdict is Verdict.NOT_MEASURED:
        return _("nothing to measure: left out")
    if line.verdict is Verdict.TOO_FEW:
        least = words.number(int(line.indicator.least), lang)
        return _("fewer than {number} cases: left out").format(number=least)
    return ""


def _rival(one: Rival, path: str, lang: str) -> RivalRow:
    gap = words.number(abs(one.ahead), lang, 2)
    if one.standing.unit == path:
        said = ""
    elif one.ahead > 0:
        said = _("{number} points ahead").format(number=gap)
    elif one.ahead < 0:
        said = _("{number} points behind").format(number=gap)
    else:
        said = _("equal")
    return RivalRow(
        rank=words.number(one.standing.rank, lang),
        name=all_names()[one.standing.unit].short(lang),
        total=words.number(one.standing.total, lang, 2),
        gap=said,
        url=address(one.standing.unit, "score"),
        own=one.standing.unit == path,
    )


def what_if(found: Ranking, path: str, steps: Mapping[str, int], lang: str) -> dict[str, Any]:
    """The levers as they stand, and where the office would stand."""
    return levers_shown.what_if(found.scored, path, steps, telling(found, lang), lang)


def telling(found: Ranking, lang: str) -> Telling:
    """The words of the catalogue; its shares are parts of their cases."""
    rows = [row.code for row in found.plan.rows]
    return Telling(
        shares={code: 100 for code in rows if INDICATORS[code].unit is Measure.SHARE},
        titles={code: INDICATORS[code].title for code in rows},
        write=lambda lever, value: shown.write(INDICATORS[lever.code].unit, value, lang),
    )
