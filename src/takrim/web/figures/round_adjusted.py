"""Every office of a round raw and adjusted, side by side: its shares, and the rank it would have without adjustment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from takrim.base import words
from takrim.cases.kind import KINDS
from takrim.evaluation.round_table import scored
from takrim.evaluation.scoring.columns import Column
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.plan import Adjust, Indicator
from takrim.evaluation.scoring.work import Verdict
from takrim.web.figures import round_shown
from takrim.web.figures.round_shown import Shown


@dataclass(frozen=True)
class Step:
    """One share of an office, raw, at the same mix of work, and drawn towards its peers; "" where that is not done."""

    code: str
    title: str
    raw: str
    adjusted: str
    drawn: str


@dataclass(frozen=True)
class OfficeRow:
    """One office: its rank, the one without adjustment, and its shares."""

    name: str
    url: str
    rank: str
    raw_rank: str
    other: bool
    steps: Sequence[Step]


@dataclass(frozen=True)
class Kind:
    """One kind of work over all offices: how many, and which share of them counts."""

    title: str
    whole: str
    share: str


def changed(plan_rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows in which a share is made comparable before it is scored."""
    return [one for one in plan_rows if one.adjust or one.shrink]


def steps(found: Scored, path: str, titles: Mapping[str, str], lang: str) -> list[Step]:
    """One office's shares on their way; what is of too few cases is not shown, since who replied could be guessed."""
    standing = found.of(path)
    place = standing.place if standing else None
    return [_step(found, one, place, titles, lang) for one in changed(found.plan.indicators)]


def _step(found: Scored, one: Indicator, place: int | None, titles: Mapping[str, str], lang: str) -> Step:
    worked = found.worked[one.code]

    def said(column: Column) -> str:
        # Whoever is late is in the round, and in no table.
        shown = place is not None and worked.verdict(place) is Verdict.SCORED
        value = column.at(place) if shown and place is not None else None
        return words.percent(None if value is None else Fraction(value), lang)

    return Step(
        code=one.code,
        title=titles[one.code],
        raw=said(worked.denominated),
        adjusted=said(worked.adjusted) if one.adjust else "",
        drawn=said(worked.shrunk) if one.shrink else "",
    )


def table(of: Shown, lang: str) -> dict[str, Any]:
    """The whole table; empty where the plan neither adjusts nor shrinks."""
    rows = changed(of.plan.indicators)
    if not rows:
        return {}
    found = scored(of.round)
    raw = score(replace(of.plan, indicators=tuple(_plain(one) for one in of.plan.indicators)), found.table)
    titles = {code: row.title(lang) for code, row in round_shown.asked(of.round).items()}
    made = []
    for one in of.results:
        path = one.entrant.unit_path
        with_it, without = found.of(path), raw.of(path)
        ranks = [standing.rank if standing else None for standing in (with_it, without)]
        made.append(
            OfficeRow(
                name=round_shown.short_name(one, lang),
                url=round_shown.office_url(of.round, path),
                rank=words.number(ranks[0], lang),
                raw_rank=words.number(ranks[1], lang),
                other=ranks[0] != ranks[1],
                steps=steps(found, path, titles, lang),
            )
        )
    return {
        "heads": [
            {"code": one.code, "title": titles[one.code], "adjusts": one.adjust, "draws": one.shrink} for one in rows
        ],
        "rows": made,
        "mixes": [
            {"title": titles[one.code], "kinds": kinds}
            for one in rows
            if one.adjust and (kinds := _kinds(found, one.adjust, lang))
        ],
    }


def _plain(one: Indicator) -> Indicator:
    return replace(one, adjust=None, shrink=None)


def _kinds(found: Scored, how: Adjust, lang: str) -> list[Kind]:
    """The share of each kind over all offices, from which follows what an office's own mix lets expect."""
    kinds = []
    for part, whole in zip(how.parts, how.wholes, strict=True):
        parts, wholes = found.table.numbers[part], found.table.numbers[whole]
        known = parts.there & wholes.there
        done, given = sum(map(Fraction, parts.values[known])), sum(map(Fraction, wholes.values[known]))
        if given:
            share = words.percent(Fraction(done) / Fraction(given), lang)
            kinds.append(Kind(_kind_title(whole), words.number(given, lang, 0), share))
    return kinds


def _kind_title(column: str) -> str:
    """The kind that a column is of; a column that a plan names in its own words stays as it is."""
    code = column.rpartition(".")[0].rpartition(".")[2]
    return str(KINDS[code].title) if code in KINDS.items else column


def steps_in(of: Shown, path: str, lang: str) -> list[Step]:
    """The shares of one office in a round; nothing is scored where the plan changes none."""
    if not changed(of.plan.indicators):
        return []
    titles = {code: row.title(lang) for code, row in round_shown.asked(of.round).items()}
    return steps(scored(of.round), path, titles, lang)
