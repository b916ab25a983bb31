"""What a plan for offices says beyond the engine's: where values come from, what is asked, how results are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.registry import Folder
from takrim.cases.kind import KINDS
from takrim.evaluation.scoring import keys, reading
from takrim.evaluation.scoring.errors import BadPlan
from takrim.indicators.indicator import INDICATORS, Indicator, Measure
from takrim.indicators.tables import kept_by_sort
from takrim.indicators.values import is_on

CATALOGUE: Final[Folder[Indicator]] = INDICATORS
# Keys of the whole plan and of an indicator that the engine is not told.
TOP: Final = ("of", "live", "basis", "band")
ROW: Final = ("source", "measure", "definition", "proof")
BY_KIND: Final = "kind"
# `adjust = { per_officer = [20, 60] }`: compared at like volume, from bound to bound of matters for each officer.
PER_OFFICER: Final = "per_officer"
# How many matters an office received; how many officers it had on an average day of the period, where that is known.
RECEIVED, OFFICERS = "received", "officers"
# What the catalogue says of an indicator; a plan cannot say otherwise.
SAID: Final = ("column", "direction", "sample", "denominator", *ROW)


class Source(StrEnum):
    """Where a value comes from: counted from the journal, told by the office with proof, or asked of people."""

    COMPUTED = auto()
    DECLARED = auto()
    SURVEYED = auto()


class Answer(StrEnum):
    """In what a value that is declared is given; a share is 0 to 1, yes–partly–no is 1, ½ and 0."""

    COUNT = auto()
    SHARE = auto()
    HOURS = auto()
    YES_NO = auto()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an office is asked in one row: in which measure, in which words, and whether with proof."""

    source: Source
    measure: Answer
    definition: Mapping[str, str]
    proof: bool


@dataclass(frozen=True)
class Band:
    """A class of results, such as “very good”, from so much of the full points upwards."""

    least: Fraction
    titles: Mapping[str, str]


def counts(code: object) -> bool:
    """Whether the catalogue counts an indicator itself. What is off there a plan may ask of offices in own words."""
    return isinstance(code, str) and code in CATALOGUE and is_on(code)


def asked_of(row: Mapping[str, Any], where: str) -> Asked | None:
    """What a row says about its value; None for an indicator of the catalogue, which says it itself."""
    if counts(row.get("code")):
        return None
    if "source" not in row:
        reason = _(
            "“{code}” is no indicator of the catalogue. Possible: {possible}. A value that offices declare "
            "needs “source”, “measure”, “title” and “definition”."
        )
        raise BadPlan(reason, code=row.get("code", "—"), possible=", ".join(filter(counts, CATALOGUE.items)))
    possible = (Source.DECLARED, Source.SURVEYED)
    source = Source(keys.one_of(row, "source", where, possible, default=None))
    titles, definition = keys.titles(row, "title"), keys.titles(row, "definition")
    for key, found in (("title", titles), ("definition", definition)):
        if found is None or not all(text.strip() for text in found.values()):
            raise BadPlan(_("{where}: “{key}” says it to people, in Persian and English."), where=where, key=key)
    proof = keys.flag(row, "proof", where, default=source is Source.DECLARED)
    measure = Answer(keys.one_of(row, "measure", where, tuple(Answer), default=None))
    return Asked(source=source, measure=measure, definition=definition or {}, proof=proof)


def bands_of(content: Mapping[str, Any]) -> tuple[Band, ...]:
    """The classes, the best first; the last one begins at nothing, so that everybody is in one."""
    rows = keys.tables(content, "band")
    found = [_band(row, where) for row, where in rows]
    least = [band.least for band in found]
    if least and (sorted(set(least), reverse=True) != least or least[0] > 1 or least[-1] != 0):
        raise BadPlan(_("[[band]]: “least” falls from one to the next, from at most 1 down to 0."))
    return tuple(found)


def _band(row: Mapping[str, Any], where: str) -> Band:
    keys.only(row, where, ("least", "title"))
    titles = keys.titles(row, "title")
    if titles is None:
        raise BadPlan(_("{where} lacks “{key}”."), where=where, key="title")
    return Band(keys.number(row, "least", where), titles)


def of_catalogue(row: Mapping[str, Any], where: str, sample: str) -> dict[str, Any]:
    """What the catalogue says of an indicator need not be said again, and cannot be said otherwise."""
    for key in SAID:
        if key in row:
            raise BadPlan(_("{where}: “{key}” is what the catalogue of indicators says."), where=where, key=key)
    indicator = CATALOGUE[row["code"]]
    if indicator.direction is indicator.direction.NEITHER:
        raise BadPlan(_("{where} is neither better nor worse when it grows."), where=where)
    less = indicator.direction is indicator.direction.LESS_IS_BETTER
    said = {"direction": "less" if less else "more", "sample": sample, "least": indicator.least}
    return {**said, **_parts(row), **row, **_adjusted(row, where)}


def _parts(row: Mapping[str, Any]) -> dict[str, str]:
    """A share that is shrunk, adjusted or drawn by chance is told by its part and its whole: the columns of a round."""
    noise = row.get("noise")
    drawn = noise == "share" or (isinstance(noise, Mapping) and noise.get("method") == "share")
    if not drawn and "shrink" not in row and "adjust" not in row:
        return {}
    return {"column": f"{row['code']}.part", "denominator": f"{row['code']}.whole"}


def _adjusted(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    """What `adjust` of a plan for offices stands for: columns of a round's table."""
    how = row.get("adjust")
    if how == BY_KIND:
        return _by_kind(row, where)
    if isinstance(how, Mapping) and PER_OFFICER in how:
        return _by_volume(row, how, keys.within(where, "adjust"))
    if "adjust" in row and not isinstance(how, Mapping):
        # One or the other: where hard work and much work fall together, both would take off the same twice.
        reason = _("{where} is “kind”, the same mix of messages, or a table with “per_officer”, like volume; not both.")
        raise BadPlan(reason, where=keys.within(where, "adjust"))
    return {}


def _by_volume(row: Mapping[str, Any], how: Mapping[str, Any], where: str) -> dict[str, Any]:
    """`adjust = { per_officer = [20, 60] }`: compared with offices that received about as much for each officer."""
    keys.only(how, where, (PER_OFFICER,))
    if PER_OFFICER not in adjustments(row["code"]):
        reason = _("{where}: only a share can be compared at like volume.")
        raise BadPlan(reason, where=where)
    bands = reading.volume_bands(how, PER_OFFICER, where)
    return {"adjust": {"volume": RECEIVED, "per": OFFICERS, "bands": list(bands)}}


def _by_kind(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    """`adjust = "kind"`: compared at the same mix of kinds of messages, which are columns of a round's table."""
    code = row["code"]
    if BY_KIND not in adjustments(code):
        reason = _("{where}: only a share that is counted by kind of message can be compared at the same mix of them.")
        raise BadPlan(reason, where=keys.within(where, "adjust"))
    parts, wholes = ([kind_column(code, kind, part) for kind in KINDS.items] for part in ("part", "whole"))
    return {"adjust": {"parts": parts, "wholes": wholes}}


def adjustments(code: str) -> tuple[str, ...]:
    """In which ways an indicator can be compared at equal difficulty: only a share can, by kind only if so counted."""
    if not counts(code) or CATALOGUE[code].unit is not Measure.SHARE:
        return ()
    return (BY_KIND, PER_OFFICER) if kept_by_sort(code) else (PER_OFFICER,)


def kind_column(code: str, kind: str, part: str) -> str:
    """The column that says of how many cases of a kind ("whole") how many count ("part")."""
    return f"{code}.{kind}.{part}"


def title_of(code: str, titles: Mapping[str, str] | None, lang: str) -> str | Promise:
    """What people read for an indicator: the catalogue's words, or those of the plan."""
    if counts(code):
        return CATALOGUE[code].title
    return titles[lang] if titles else code
