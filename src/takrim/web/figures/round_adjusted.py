"""Every office of a round raw and adjusted, side by side: its shares, and the rank it would have without adjustment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from takrim.base import words
from takrim.cases.kind import KINDS
from takrim.evaluation.round_table import scored
from takrim.evaluation.scoring.adjust import FEWEST, bands, volumes
from takrim.evaluation.scoring.columns import Column
from takrim.evaluation.scoring.engine import Scored, score
from takrim.evaluation.scoring.plan import Adjust, Indicator, Volume
from takrim.evaluation.scoring.work import Verdict, Worked
from takrim.web.figures import round_shown
from takrim.web.figures.round_shown import Shown


@dataclass(frozen=True)
class Step:
    """One share of an office, raw, at equal difficulty, and drawn towards its peers; "" where that is not done.

    `why`: by which volume it was adjusted, or why it was not. `left`: the plan adjusts, and this one stayed as it is.
    """

    code: str
    title: str
    raw: str
    adjusted: str
    drawn: str
    why: str = ""
    left: bool = False


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
    """One kind of work over all offices, or one band of volume: how many, and which share of them counts.

    `offices`: how many have such a volume; `few`: too few, so that they are not adjusted.
    """

    title: str
    whole: str
    share: str
    offices: str = ""
    few: bool = False


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
        value = column.at(place) if place is not None and shown_at(worked, place) else None
        return words.percent(None if value is None else Fraction(value), lang)

    return Step(
        code=one.code,
        title=titles[one.code],
        raw=said(worked.denominated),
        adjusted=said(worked.adjusted) if one.adjust else "",
        drawn=said(worked.shrunk) if one.shrink else "",
        why=_why(found, one, place, lang),
        left=bool(one.adjust and shown_at(worked, place) and not worked.moved[place]),
    )


def shown_at(worked: Worked, place: int | None) -> bool:
    """Whether a share may be shown: whoever is late is in the round, and in no table."""
    return place is not None and worked.verdict(place) is Verdict.SCORED


def _why(found: Scored, one: Indicator, place: int | None, lang: str) -> str:
    """The volume of an office by which a share was adjusted, or why it was not."""
    worked = found.worked[one.code]
    if not one.adjust or place is None or not shown_at(worked, place):
        return ""
    if isinstance(one.adjust, Adjust):
        return "" if worked.moved[place] else _("Not adjusted: the mix of its work is not known.")
    volume, people = (found.table.numbers[name].at(place) for name in one.adjust.columns)
    each = volumes(one.adjust, found.table).at(place)
    if each is None or volume is None or people is None:
        return _("Not adjusted: how many officers it had is not known.")
    facts = {
        "volume": words.number(Fraction(volume), lang, 0),
        "people": words.number(Fraction(people), lang, 1),
        "each": words.number(Fraction(each), lang, 1),
        "band": band_title(one.adjust, place_of(one.adjust, Fraction(each)), lang),
    }
    if not worked.moved[place]:
        fewest = words.number(FEWEST, lang)
        few = _("Not adjusted: fewer than {fewest} offices have about as much for each officer ({each}).")
        return few.format(**facts, fewest=fewest)
    return _("{volume} matters by {people} officers are {each} for each; compared with offices of {band}.").format(
        **facts
    )


def place_of(how: Volume, each: Fraction) -> int:
    """The band in which a volume for each officer lies."""
    return sum(each >= bound for bound in how.bands)


def band_title(how: Volume, place: int, lang: str) -> str:
    """From which volume to which, the lower end inside."""
    ends = [words.number(bound, lang, 0 if bound.denominator == 1 else 2) for bound in how.bands]
    if place == 0:
        return _("below {end}").format(end=ends[0])
    if place == len(ends):
        return _("{begin} and more").format(begin=ends[-1])
    return _("{begin} to below {end}").format(begin=ends[place - 1], end=ends[place])


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
            {"title": titles[one.code], "kinds": kinds, "volume": isinstance(one.adjust, Volume)}
            for one in rows
            if one.adjust and (kinds := _sorts(found, one, lang))
        ],
    }


def _plain(one: Indicator) -> Indicator:
    return replace(one, adjust=None, shrink=None)


def _sorts(found: Scored, one: Indicator, lang: str) -> list[Kind]:
    if isinstance(one.adjust, Volume):
        return _bands(found, one, one.adjust, lang)
    return _kinds(found, one.adjust, lang) if one.adjust else []


def _bands(found: Scored, one: Indicator, how: Volume, lang: str) -> list[Kind]:
    """The share of each band over its offices, with which each of them is compared."""
    numbers = found.table.numbers
    parts, wholes = numbers[one.column], numbers[one.denominator]
    place = bands(how, volumes(how, found.table), exact=found.plan.exact)
    measured = parts.there & wholes.there & (wholes.values > 0).astype(bool)
    rows = []
    for band in range(len(how.bands) + 1):
        inside = measured & (place == band)
        many = int(inside.sum())
        if not many:
            continue
        done, given = (Fraction(sum(map(Fraction, column.values[inside]))) for column in (parts, wholes))
        few = many < FEWEST
        share = words.NOTHING if few else words.percent(done / given, lang)
        title, whole = band_title(how, band, lang), words.number(given, lang, 0)
        rows.append(Kind(title, whole, share, words.number(many, lang), few))
    return rows


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
