"""Levers in people's words: what could be moved, how far it is moved, and where the office would stand then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.evaluation.scoring.engine import Scored, checked_unit
from takrim.evaluation.scoring.work import Verdict
from takrim.evaluation.what_if import Lever, levers
from takrim.evaluation.what_if import what_if as compute

# Beyond this many digits a number of steps is a joke.
_MOST = 7


@dataclass(frozen=True)
class Telling:
    """How the indicators of a table are told. `shares`: see what_if.levers; `write`: a value that a lever can have."""

    shares: Mapping[str, int]
    titles: Mapping[str, str | Promise]
    write: Callable[[Lever, Fraction], str]


@dataclass(frozen=True)
class LeverRow:
    """One slider. `says`: what its present place means; `ends`: what its far end means."""

    code: str
    title: str | Promise
    now: str
    step: int
    most: int
    ends: str
    says: str


def steps_of(asked: QueryDict, codes: list[str]) -> dict[str, int]:
    """How far each lever is moved in an address; what is no number moves nothing."""
    texts = {code: asked.get(f"more_{code}", "") for code in codes}
    return {code: int(text) for code, text in texts.items() if text.isdecimal() and len(text) <= _MOST}


def what_if(scored: Scored, path: str, steps: Mapping[str, int], tell: Telling, lang: str) -> dict[str, Any]:
    """The levers as they stand, and where the office would stand; the engine computes it as it computes the ranking."""
    place = checked_unit(scored, path).place
    found = levers(scored, path, tell.shares)
    movable = [one for one in found if scored.worked[one.code].verdict(place) is Verdict.SCORED]
    outcome = compute(scored, path, {one.code: steps.get(one.code, 0) for one in movable}, tell.shares)
    gain = outcome.gain
    return {
        "levers": [_lever(one, min(steps.get(one.code, 0), one.most), tell, lang) for one in movable],
        "moved": any(steps.get(one.code) for one in movable),
        "before": _stands(outcome.before.total, outcome.before.rank, lang),
        "after": _stands(outcome.after.total, outcome.after.rank, lang),
        "gain": words.number(abs(gain), lang, 2),
        "worse": gain < 0,
        "ranks_up": _up(outcome.before.rank, outcome.after.rank, lang),
    }


def _up(before: float | None, after: float | None, lang: str) -> str:
    if before is None or after is None or after >= before:
        return ""
    return words.number(before - after, lang)


def _stands(total: Fraction | None, rank: float | None, lang: str) -> dict[str, str]:
    return {"total": words.number(total, lang, 2), "rank": words.number(rank, lang)}


def _lever(one: Lever, step: int, tell: Telling, lang: str) -> LeverRow:
    def then(steps: int) -> str:
        return tell.write(one, one.moved(steps))

    return LeverRow(
        code=one.code,
        title=tell.titles[one.code],
        now=tell.write(one, Fraction(one.value)),
        step=step,
        most=one.most,
        ends=_ends(one, then(one.most), lang),
        says=_says(one, step, then(step), lang),
    )


def _ends(one: Lever, best: str, lang: str) -> str:
    most = words.number(one.most, lang)
    if not one.cases:
        return _("up to {value}").format(value=best)
    if one.whole is None:
        return _("up to {number} hours less").format(number=most)
    whole = words.number(one.whole, lang)
    if one.indicator.less:
        return _("up to {number} fewer of {whole}").format(number=most, whole=whole)
    return _("up to {number} more of {whole}").format(number=most, whole=whole)


def _says(one: Lever, step: int, then: str, lang: str) -> str:
    if not step:
        return _("as it is")
    number = words.number(step, lang)
    if not one.cases:
        return then
    if one.whole is None:
        return _("{number} hours less: {value}").format(number=number, value=then)
    if one.indicator.less:
        return _("{number} fewer: {value}").format(number=number, value=then)
    return _("{number} more: {value}").format(number=number, value=then)
