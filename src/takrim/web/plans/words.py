"""Words for the parts of a plan, and each formula told with its own numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.evaluation.plan_form import BY_KIND, PER_OFFICER, Answer, Source
from takrim.evaluation.plan_problem import Problem
from takrim.evaluation.scoring.keys import Where
from takrim.evaluation.scoring.plan import Indicator, Mean, Policy, Step, Ties

Word = str | Promise
SOURCES: dict[str, Word] = {
    Source.COMPUTED: _("Counted from the journal"),
    Source.DECLARED: _("Declared by the office"),
    Source.SURVEYED: _("Asked of people"),
}
MEASURES: dict[str, Word] = {
    Answer.COUNT: _("A count"),
    Answer.SHARE: _("Share, 0 to 1"),
    Answer.HOURS: _("Clock hours"),
    Answer.YES_NO: _("Yes, partly or no"),
}
DIRECTIONS: dict[str, Word] = {"more": _("More is better"), "less": _("Less is better")}
MEANS: dict[str, Word] = {
    Mean.ARITHMETIC: _("Weighted mean"),
    Mean.GEOMETRIC: _("Geometric mean"),
    Mean.HARMONIC: _("Harmonic mean"),
    Mean.MINIMUM: _("The lowest counts"),
}
POLICIES: dict[str, Word] = {
    Policy.ZERO: _("It earns nothing, for a reason"),
    Policy.DROP: _("The others bear its weight"),
    Policy.MEAN: _("It gets the mean of the others"),
    Policy.REFUSE: _("Nobody is ranked until it is there"),
}
TIES: dict[str, Word] = {
    Ties.COMPETITION: _("1, 2, 2, 4"),
    Ties.DENSE: _("1, 2, 2, 3"),
    Ties.AVERAGE: _("1, 2.5, 2.5, 4"),
}
NORMALISERS: dict[str, Word] = {
    "points": _("Against a standard (A ÷ S)"),
    "target": _("Target scale"),
    "goalposts": _("Between two posts"),
    "minmax": _("From the worst to the best"),
    "rank": _("By place"),
    "zscore": _("Standard deviations"),
    "reference": _("Against a reference"),
    "share": _("Part of the sum"),
    "asis": _("The value itself"),
}
TREATMENTS: dict[str, Word] = {
    "cap": _("Cap"),
    "percentiles": _("Cap at quantiles"),
    "winsorise": _("Pull outliers in"),
    "log": _("Logarithm"),
}
ADJUSTMENTS: dict[str, Word] = {
    BY_KIND: _("With an equal mix of kinds of message"),
    PER_OFFICER: _("With about as many matters for each officer"),
}
SETTINGS: dict[str, Word] = {
    "standard": _("Standard"),
    "target": _("Target"),
    "nothing": _("Nothing is earned at"),
    "low": _("Low end"),
    "high": _("High end"),
    "log": _("Logarithmic scale (true or false)"),
    "cap": _("Cap at the posts (true or false)"),
    "scaled": _("From 0 to 1 (true or false)"),
    "of": _("Deviation of (sample or population)"),
    "to": _("Reference (number, mean, median or best)"),
    "as": _("Compared as (ratio or difference)"),
    "shift": _("Shift (none or range)"),
    "skew": _("Skewness up to"),
    "kurtosis": _("Kurtosis up to"),
    "most": _("Values at most"),
    "then": _("Then (log or stop)"),
}
# What a key of the file says, for whoever reads what changed.
KEYS: dict[str, Word] = {
    "title": _("Title"),
    "of": _("Compares"),
    "points": _("A full score"),
    "arithmetic": _("Computed in"),
    "basis": _("Where the plan comes from"),
    "code": _("Code"),
    "weight": _("Weight"),
    "mean": _("Put together by"),
    "sum": _("Its weights must add up to"),
    "in": _("Stands in"),
    "normalise": _("How a value becomes a score"),
    "treatment": _("Before that"),
    "missing": _("Where nothing was measured"),
    "source": _("Where it comes from"),
    "measure": _("Given as"),
    "direction": _("Direction"),
    "definition": _("What the office is asked"),
    "proof": _("With proof"),
    "least": _("At least"),
    "adjust": _("Compared at equal difficulty"),
    PER_OFFICER: _("Bounds of matters for each officer"),
    "shrink": _("Drawn towards the peers"),
    "noise": _("What chance may do"),
    "rank": _("How it is ranked"),
    "peers": _("Ranked in groups by"),
    "intervals": _("Intervals"),
    "sensitivity": _("With other weights"),
    "live": _("Also day by day"),
}
TABLES: dict[str, Word] = {
    "plan": _("The plan"),
    "node": _("Node"),
    "indicator": _("Indicator"),
    "band": _("Class"),
    "floor": _("Floor"),
    "default": _("Usual keys"),
    "rank": _("Ranks"),
    "peers": _("Groups"),
    "intervals": _("Intervals"),
    "sensitivity": _("Sensitivity"),
    "method": _("Method"),
}


_QUOTED = re.compile(r"(?<=[«“])[A-Za-z][\w.-]*(?=[»”])")


def sentence(problem: Problem) -> str:
    """What is wrong, for whoever fills the form in: the key in the words of its field, codes never turned round."""

    def told(found: re.Match[str]) -> str:
        return key_word(found[0]) if found[0] == problem.key else _apart(found[0])

    facts = {name: fact.told(key_word) if isinstance(fact, Where) else fact for name, fact in problem.facts.items()}
    return _QUOTED.sub(told, str(replace(problem, facts=facts)))


def key_word(key: str) -> str:
    """What people call a key of the file or a table in it."""
    word = KEYS.get(key) or TABLES.get(key)
    return str(word) if word else _apart(key)


def _apart(code: str) -> str:
    """A code that no sentence turns round."""
    return f"\u2066{code}\u2069"


def figure(value: Any, lang: str) -> str:
    """A number of a plan as people write it: no more digits than it has."""
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return str(value)
    places = 0
    while places < 4 and (Fraction(value) * 10**places).denominator != 1:
        places += 1
    return words.number(Fraction(value), lang, places)


def formula(row: Indicator, lang: str) -> str:
    """How a value becomes a score, in a sentence."""
    given = {name: figure(value, lang) for name, value in row.normalise.given.items()}
    parts = [_treated(step, lang) for step in row.treatment]
    return " ".join([*parts, str(_scored(row, row.normalise.given)).format(**given)])


def _treated(step: Step, lang: str) -> str:
    given = {name: figure(value, lang) for name, value in step.given.items() if value is not None}
    if step.method == "cap":
        if set(given) == {"low", "high"}:
            return gettext("Below {low} it counts as that, above {high} as that.").format(**given)
        if "low" in given:
            return gettext("Below {low} it counts as that.").format(**given)
        return gettext("Above {high} it counts as that.").format(**given)
    if step.method == "percentiles":
        return gettext("What lies beyond the quantiles {low} and {high} counts as those.").format(**given)
    if step.method == "winsorise":
        return gettext("Outliers, at most {most}, are pulled in to their neighbours.").format(**given)
    return gettext("Its logarithm counts.")


# Sentences of the scales that read the same for all directions.
_SAME: dict[str, Word] = {
    "target": _("All at {target} and better, nothing at {nothing} and worse, in a straight line between."),
    "minmax": _("The worst office gets {low}, the best {high}, the others between."),
    "rank": _("Its place among the offices, counted from the worst."),
    "zscore": _("How many standard deviations it lies from the mean."),
    "reference": _("Compared with {to}."),
    "share": _("Its part of the sum of all offices."),
}


def _scored(row: Indicator, given: Mapping[str, Any]) -> Word:
    if row.normalise.method == "points":
        return _("{standard} ÷ value, at most all.") if row.less else _("Value ÷ {standard}, at most all.")
    if row.normalise.method == "goalposts":
        if given["log"]:
            return _("From {low} to {high} on a logarithmic scale.")
        return _("All at {low}, nothing at {high}.") if row.less else _("Nothing at {low}, all at {high}.")
    return _SAME.get(row.normalise.method, _("The value itself."))
