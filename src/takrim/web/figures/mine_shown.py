"""What the page of one's own office prints: its losses, its rivals, the levers and what they would do."""

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
from takrim.evaluation.what_if import Lever, levers
from takrim.evaluation.what_if import what_if as compute
from takrim.indicators.indicator import INDICATORS, Direction, Measure
from takrim.orgs.units import all_names
from takrim.web.figures import shown
from takrim.web.figures.places import address
from takrim.web.figures.ranking import place_of


@dataclass(frozen=True)
class LossRow:
    """One indicator of the office. `bar`: the part of all that can be earned; `remark`: why it does not count."""

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


@dataclass(frozen=True)
class LeverRow:
    """One slider. `says`: what its present place means; `least` and `most` what its ends mean."""

    code: str
    title: str | Promise
    now: str
    step: int
    most: int
    ends: str
    says: str


def shares(found: Ranking) -> list[str]:
    """Indicators that are a part of their cases."""
    return [row.code for row in found.plan.rows if INDICATORS[row.code].unit is Measure.SHARE]


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
    """The levers as they stand, and where the office would stand; the engine computes it as it computes the ranking."""
    parts = shares(found)
    movable = [one for one in levers(found.scored, path, parts) if _enough(found, one, path)]
    outcome = compute(found.scored, path, {one.code: steps.get(one.code, 0) for one in movable}, parts)
    moved = any(steps.get(one.code) for one in movable)
    gain = outcome.gain
    return {
        "levers": [_lever(one, min(steps.get(one.code, 0), one.most), lang) for one in movable],
        "moved": moved,
        "before": _stands(outcome.before.total, outcome.before.rank, lang),
        "after": _stands(outcome.after.total, outcome.after.rank, lang),
        "gain": words.number(abs(gain), lang, 2),
        "worse": gain < 0,
        "ranks_up": _up(outcome.before.rank, outcome.after.rank, lang),
    }


def _enough(found: Ranking, lever: Lever, path: str) -> bool:
    standing = found.of(path)
    return standing is not None and found.scored.worked[lever.code].verdict(standing.place) is Verdict.SCORED


def _up(before: float | None, after: float | None, lang: str) -> str:
    if before is None or after is None or after >= before:
        return ""
    return words.number(before - after, lang)


def _stands(total: Fraction | None, rank: float | None, lang: str) -> dict[str, str]:
    return {"total": words.number(total, lang, 2), "rank": words.number(rank, lang)}


def _lever(one: Lever, step: int, lang: str) -> LeverRow:
    indicator = INDICATORS[one.code]
    value = shown.write(indicator.unit, Fraction(one.value), lang)
    then = shown.write(indicator.unit, one.moved(step), lang)
    return LeverRow(
        code=one.code,
        title=indicator.title,
        now=value,
        step=step,
        most=one.most,
        ends=_ends(one, lang),
        says=_says(one, step, then, lang),
    )


def _ends(one: Lever, lang: str) -> str:
    most = words.number(one.most, lang)
    if one.whole is None:
        return _("up to {number} hours less").format(number=most)
    whole = words.number(one.whole, lang)
    if INDICATORS[one.code].direction is Direction.LESS_IS_BETTER:
        return _("up to {number} fewer of {whole}").format(number=most, whole=whole)
    return _("up to {number} more of {whole}").format(number=most, whole=whole)


def _says(one: Lever, step: int, then: str, lang: str) -> str:
    if not step:
        return _("as it is")
    number = words.number(step, lang)
    if one.whole is None:
        return _("{number} hours less: {value}").format(number=number, value=then)
    if INDICATORS[one.code].direction is Direction.LESS_IS_BETTER:
        return _("{number} fewer: {value}").format(number=number, value=then)
    return _("{number} more: {value}").format(number=number, value=then)
