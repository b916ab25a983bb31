"""How a plan turns values into ranks, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base import words
from takrim.evaluation.plan import ANSWERS
from takrim.evaluation.plan_form import RECEIVED
from takrim.evaluation.scoring.plan import Adjust, Floor, Mean, Plan, Policy, Ties, Volume

_NORMALISE: Final[dict[str, str | Promise]] = {
    "points": gettext_lazy(
        "Where more is better an indicator earns its value divided by the standard, where less is better the standard "
        "divided by the value; never more than all, never less than nothing."
    ),
    "goalposts": gettext_lazy("An indicator earns the part of the way that its value is between two fixed posts."),
    "target": gettext_lazy("An indicator earns all at its target, nothing at the other end, and a part between them."),
    "minmax": gettext_lazy("An indicator earns the part of the way between the worst office and the best."),
    "zscore": gettext_lazy("An indicator earns by how many standard deviations it lies above the mean."),
    "rank": gettext_lazy("An indicator earns its place counted from the last office."),
    "reference": gettext_lazy("An indicator earns its value measured against a reference."),
    "share": gettext_lazy("An indicator earns its part of the sum of all offices."),
    "asis": gettext_lazy("An indicator earns its value as it is."),
}
_MEANS: Final[dict[Mean, str | Promise]] = {
    Mean.ARITHMETIC: gettext_lazy("Scores are put together as weighted means."),
    Mean.GEOMETRIC: gettext_lazy(
        "Some scores are put together as geometric means: a weak one cannot be wholly made up for by a strong one."
    ),
    Mean.HARMONIC: gettext_lazy(
        "Some scores are put together as harmonic means: a weak one weighs more than a strong one."
    ),
    Mean.MINIMUM: gettext_lazy("In some groups the weakest score counts."),
}
_MISSING: Final[dict[Policy, str | Promise]] = {
    Policy.DROP: gettext_lazy("What was not measured, or from too few cases, neither earns nor costs."),
    Policy.ZERO: gettext_lazy("What an office has to give and did not give earns nothing."),
    Policy.MEAN: gettext_lazy("What was not measured counts as the mean of the peers."),
}
_TIES: Final[dict[Ties, str | Promise]] = {
    Ties.COMPETITION: gettext_lazy("equals share a rank and the ranks behind them are left out: 1, 2, 2, 4"),
    Ties.DENSE: gettext_lazy("equals share a rank and none is left out: 1, 2, 2, 3"),
    Ties.AVERAGE: gettext_lazy("equals share the mean of their ranks: 1, 2.5, 2.5, 4"),
}
_FLOORS: Final[dict[str, str | Promise]] = {
    ANSWERS: gettext_lazy("An office that gave fewer than {least} answers in the period is shown, but not ranked."),
    RECEIVED: gettext_lazy("An office that received fewer than {least} matters is shown, but not ranked."),
}


def method_words(plan: Plan, lang: str) -> list[str]:
    """Sentence by sentence, in the order in which it is done."""
    return list(_sentences(plan, lang))


def _sentences(plan: Plan, lang: str) -> Iterator[str]:
    number = words.number(len(plan.indicators), lang)
    yield _("Indicators compared: {number}.").format(number=number)
    for method in dict.fromkeys(one.normalise.method for one in plan.indicators):
        yield str(_NORMALISE.get(method, method))
    yield from _corrected(plan, lang)
    for policy in dict.fromkeys(one.missing.policy for one in plan.indicators):
        if policy in _MISSING:
            yield str(_MISSING[policy])
    for mean in dict.fromkeys(node.mean for node in plan.nodes):
        yield str(_MEANS[mean])
    rounded = _("The total is out of {points}, rounded to {decimals} decimals before it is ranked; {ties}.")
    yield rounded.format(
        points=words.number(plan.points, lang), decimals=words.number(plan.decimals, lang), ties=_TIES[plan.ties]
    )
    yield from _ranked(plan, lang)


def _corrected(plan: Plan, lang: str) -> Iterator[str]:
    if any(isinstance(one.adjust, Adjust) for one in plan.indicators):
        yield _("Shares are compared at equal difficulty: what an office's own mix of work would give is taken off.")
    if any(isinstance(one.adjust, Volume) for one in plan.indicators):
        yield _(
            "Shares are compared at like volume: the share of offices that received about as much for each officer is "
            "taken off. Whoever's officers are not known, or whose like are fewer than three, keeps its own."
        )
    if any(one.shrink for one in plan.indicators):
        yield _("Shares of few cases are drawn towards those of their peers.")


def _ranked(plan: Plan, lang: str) -> Iterator[str]:
    if plan.peers:
        yield _("Offices are ranked among their peers.")
    for floor in plan.floors:
        yield floor_words(floor, lang)
    if plan.intervals:
        level = words.percent(plan.intervals.level, lang, 0)
        draws = words.number(plan.intervals.draws, lang)
        sure = _("What chance may have done is drawn {draws} times; the range holds {level} of the totals.")
        yield sure.format(draws=draws, level=level)


def floor_words(floor: Floor | None, lang: str) -> str:
    """Below what an office is shown, but not ranked."""
    if floor is None:
        return ""
    least = words.number(floor.least, lang, 0 if floor.least.denominator == 1 else 2)
    text = _FLOORS.get(floor.column) or _("Below {least} in “{what}” an office is shown, but not ranked.")
    return str(text).format(least=least, what=floor.what)
