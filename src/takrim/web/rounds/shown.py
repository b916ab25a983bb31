"""Rounds in people's words: amounts, stages, the lines of an office."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.base import words
from takrim.evaluation.amounts import NONE, amount
from takrim.evaluation.lateness import LATE, late_words
from takrim.evaluation.models_entrants import Entrant, Result
from takrim.evaluation.models_rounds import Round, Stage, Step
from takrim.evaluation.models_values import Column
from takrim.evaluation.plan_form import Answer
from takrim.evaluation.round_measures import Row
from takrim.orgs.units import all_names
from takrim.web.parts.card_path import Drawn
from takrim.web.parts.card_path import Path as DrawnPath
from takrim.web.parts.templatetags.takrim import language

GRADES: Mapping[str, str | Promise] = {
    "1": gettext_lazy("Yes"),
    "0.5": gettext_lazy("Partly"),
    "0": gettext_lazy("No"),
}
STAGES: Mapping[Stage, str | Promise] = {
    Stage.DEFINED: gettext_lazy("Definition"),
    Stage.DECLARING: gettext_lazy("Self-assessment"),
    Stage.ASSESSING: gettext_lazy("Assessment"),
    Stage.PRELIMINARY: gettext_lazy("Preliminary result and objections"),
    Stage.FINAL: gettext_lazy("Final result"),
}
STEPS: Mapping[Step, str | Promise] = {
    Step.FREEZE: gettext_lazy("Freezing the automatic values"),
    Step.PRELIMINARY: gettext_lazy("Computing the preliminary result"),
    Step.FINAL: gettext_lazy("Computing the final result"),
}
COLUMNS: Mapping[Column, str | Promise] = {
    Column.AUTOMATIC: gettext_lazy("Counted"),
    Column.DECLARED: gettext_lazy("Declared"),
    Column.ASSESSED: gettext_lazy("Assessed"),
    Column.SECOND: gettext_lazy("Second assessor"),
    Column.FINAL: gettext_lazy("Counts"),
}
MEASURES: Mapping[Answer, str | Promise] = {
    Answer.SHARE: gettext_lazy("A share, such as 17/23 or 85%."),
    Answer.COUNT: gettext_lazy("How many, such as 12 or 3.5."),
    Answer.HOURS: gettext_lazy("In hours, such as 71.5."),
    Answer.YES_NO: gettext_lazy("Yes, partly or no."),
}


def told(text: str, measure: Answer) -> str:
    """An exact text as people read it: "17 of 23 (73.9%)"."""
    if text == NONE:
        return _("Not proven")
    found = amount(text)
    if found is None or found.value is None:
        return "—"
    lang, value = language(), found.value
    if measure is Answer.YES_NO:
        return str(GRADES.get(text, text))
    if measure is Answer.HOURS:
        return _("{hours} hours").format(hours=words.number(value, lang, 1))
    shown = words.percent(value, lang) if measure is Answer.SHARE else _number(value, lang)
    if found.whole is None:
        return shown
    parts = {"part": _number(found.part, lang), "whole": _number(found.whole, lang)}
    return _("{part} of {whole} ({value})").format(**parts, value=shown)


def _number(value: Fraction, lang: str) -> str:
    return words.number(value, lang, 0 if value.denominator == 1 else 2)


def points(value: Fraction | str | None, decimals: int = 2) -> str:
    if value is None or value == "":
        return "—"
    return words.number(Fraction(value), language(), decimals)


def typed(text: str) -> str:
    """An exact text as it stands in a field, in the digits of the language."""
    return "" if text in {"", NONE} else words.digits(text, language())


def path_of(round: Round) -> DrawnPath | None:
    """The stages as a path, with the day of each."""
    if round.stage == Stage.CANCELLED:
        return None
    lang = language()
    notes = {
        Stage.DEFINED: words.date(round.defined_at, lang),
        Stage.DECLARING: _until(round.declare_until),
        Stage.ASSESSING: _until(round.assess_until),
        Stage.PRELIMINARY: _("{day}, objections until {last}").format(
            day=words.date(round.preliminary_on, lang), last=words.date(round.object_until, lang)
        ),
        Stage.FINAL: words.date(round.final_on, lang),
    }
    order = list(STAGES)
    here = order.index(Stage(round.stage))
    over = round.stage == Stage.FINAL
    steps = [
        Drawn(
            title=str(STAGES[stage]),
            note=notes[stage],
            state="done" if place < here or over else "now" if place == here else "later",
        )
        for place, stage in enumerate(order)
    ]
    return DrawnPath(tuple(steps))


def _until(day: date) -> str:
    return _("until {day}").format(day=words.date(day, language()))


def short(entrant: Entrant) -> str:
    """The short name of an office in a round; the one it had then where it is gone."""
    return short_at(entrant.unit_path, entrant.name_fa, entrant.name_en, language())


def short_at(path: str, name_fa: str, name_en: str, lang: str) -> str:
    """The same of an office by its path and the names it had."""
    unit = all_names().get(path)
    if unit is not None:
        return unit.short(lang)
    return (name_en if lang == "en" else "") or name_fa


class Standing(NamedTuple):
    """One office in a result, ready to print."""

    number: int
    name: str
    rank: str
    first: bool
    score: str
    interval: str
    ranks: str
    band: str
    moved: str
    why: str


_WHY: Mapping[str, str | Promise] = {
    "nothing_measured": gettext_lazy("nothing was measured"),
    "below_floor": gettext_lazy("too few cases to be ranked"),
    "no_group": gettext_lazy("no group to be compared with"),
}


def standing(result: Result, before: Mapping[str, Result]) -> Standing:
    """`before`: the earlier result by path of the office."""
    lang = language()
    earlier = before.get(result.entrant.unit_path)
    return Standing(
        number=result.entrant_id,
        name=short(result.entrant),
        rank="—" if result.rank is None else words.number(result.rank, lang, 0 if result.rank % 1 == 0 else 1),
        first=result.rank == 1,
        score=points(result.rounded),
        interval=_range(points(result.low), points(result.high)) if result.low else "",
        ranks=_range(words.number(result.best, lang), words.number(result.worst or 0, lang)) if result.best else "",
        band=_range(words.number(result.band_from, lang), words.number(result.band_to or 0, lang))
        if result.band_from
        else "",
        moved=_moved(result, earlier),
        why=late_words(result.entrant.stale, lang) if result.why == LATE else str(_WHY.get(result.why, "")),
    )


def _range(low: str, high: str) -> str:
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def _moved(result: Result, earlier: Result | None) -> str:
    if earlier is None or earlier.rank is None or result.rank is None or earlier.rank == result.rank:
        return ""
    steps = words.number(abs(earlier.rank - result.rank), language(), 0)
    sentence = _("{steps} up") if result.rank < earlier.rank else _("{steps} down")
    return sentence.format(steps=steps)


def titles(rows: Sequence[Row]) -> dict[str, str]:
    lang = language()
    return {row.code: row.title(lang) for row in rows}
