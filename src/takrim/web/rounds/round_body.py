"""What everybody who may see a round reads of it: its result, its offices, its objections, how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from takrim.evaluation import rounds_read
from takrim.evaluation.actions_rounds_assess import DIFFERS
from takrim.evaluation.models_entrants import Result, ResultOf
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Objection
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.journal.tell import last_about, timeline
from takrim.orgs.stamps import Kept
from takrim.web import desk_rounds
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown

# Stages in which there is a result.
_TOLD: Final = frozenset({Stage.PRELIMINARY, Stage.FINAL})
# Half a megabyte each, of a round of all the country.
MOST: Final = 12


class Body(NamedTuple):
    """The two columns of the page."""

    wide: SafeString
    side: SafeString


class Line(NamedTuple):
    """How far one office is."""

    number: int
    name: str
    declared_at: datetime | None
    assessor: str
    assessed_at: datetime | None
    second: str
    second_at: datetime | None
    late: bool


class Agreement(NamedTuple):
    """How often the second assessor saw the same as the first, and how often they differ."""

    seen: int
    same: int
    unsettled: int


def final_body(found: Round, *, mine: bool) -> Body:
    """Of a final round nothing changes but what is added to its journal, so it is drawn once. One query."""
    return _FINAL.get(found.code, found.final_hash, last_about(found.subject), language(), mine)


def _draw_final(code: str, _hash: str, _last: int, _lang: str, mine: bool) -> Body:
    found = rounds_read.published().select_related("committee").get(code=code)
    return draw(found, rounds_read.objections_of(found), mine=mine)


def draw(found: Round, objections: Iterable[Objection], *, mine: bool) -> Body:
    """A dozen queries for any number of offices; what has a line for each is drawn again only when it has changed."""
    rows = rows_of(plan_of(found.plan))
    titles = shown.titles(rows)
    judged = mine and found.stage in {Stage.ASSESSING, Stage.PRELIMINARY, Stage.FINAL}
    context = {
        "round": found,
        "mine": mine,
        "result": _result(found),
        "offices": _offices(found, mine=mine),
        "objections": [_objection(one, titles) for one in objections],
        "agreement": _agreement(found) if judged else None,
        "rows": len(rows),
        "answered_by": _answered_by(found),
        "events": timeline(found.subject)[::-1],
    }
    wide, side = (render_to_string(f"rounds/_round_{part}.html", context) for part in ("wide", "side"))
    return Body(wide, side)


def _answered_by(found: Round) -> str:
    """The committee, or the persons that the round names."""
    if found.committee is not None:
        return found.committee.name
    return " · ".join(found.referees.order_by("name").values_list("name", flat=True))


def _offices(found: Round, *, mine: bool) -> SafeString:
    """Two queries, of values: models would each bring the plan of the round along.

    Who assesses whom is for who runs the round; everybody sees how far it is.
    """
    asked = ("entrant_id", "blind", "assessor__name", "finished_at")
    looks = {(of, blind): (name, at) for of, blind, name, at in desk_rounds.looks_of(found).values_list(*asked)}
    wanted = ("pk", "unit_path", "name_fa", "name_en", "declared_at", "stale")
    lines, lang = list[Line](), language()
    for number, path, name_fa, name_en, declared_at, stale in desk_rounds.entrants(found).values_list(*wanted):
        name = shown.short_at(path, name_fa, name_en, lang)
        first, assessed_at = looks.get((number, False), ("", None))
        second, second_at = looks.get((number, True), ("", None))
        first, second = (first, second) if mine else ("", "")
        lines.append(Line(number, name, declared_at, first, assessed_at, second, second_at, bool(stale)))
    linked = mine or found.final_at is not None
    return _OFFICES.get(found.code, linked, found.stage in _TOLD, lang, tuple(lines))


def _draw_offices(code: str, linked: bool, folded: bool, _lang: str, lines: Sequence[Line]) -> SafeString:
    context = {"code": code, "linked": linked, "folded": folded, "lines": lines}
    return render_to_string("rounds/_round_offices.html", context)


def _result(found: Round) -> SafeString:
    """The last result there is. No query where it was drawn before: only a later result is another one."""
    if found.stage not in _TOLD:
        return SafeString()
    return _RESULT.get(found.code, found.final_hash or found.preliminary_hash, language())


def _draw_result(code: str, _hash: str, _lang: str) -> SafeString:
    found = rounds_read.with_code(code)
    assert found is not None  # rounds are never deleted
    return render_to_string("rounds/_round_result.html", {"round": found, "standings": _standings(found)})


def _standings(found: Round) -> list[shown.Standing]:
    """The last result, and who moved since the preliminary one."""
    which = ResultOf.FINAL if found.stage == Stage.FINAL else ResultOf.PRELIMINARY
    earlier: Sequence[Result] = []
    if which == ResultOf.FINAL:
        earlier = list(rounds_read.standings(found, ResultOf.PRELIMINARY))
    before = {row.entrant.unit_path: row for row in earlier}
    return [shown.standing(row, before) for row in rounds_read.standings(found, which)]


def _agreement(found: Round) -> Agreement | None:
    """Only of offices whose two assessments are finished. Three queries."""
    values = desk_rounds.seen_twice(found)
    seen = values.exclude(assessed="", second="").count()
    differing = values.filter(DIFFERS)
    if not seen:
        return None
    return Agreement(seen, seen - differing.count(), differing.filter(final="").count())


def _objection(one: Objection, titles: dict[str, str]) -> dict[str, Any]:
    return {
        "number": one.pk,
        "office": shown.short(one.value.entrant),
        "title": titles.get(one.value.indicator, one.value.indicator),
        "state": f"objection_{one.outcome or 'waiting'}",
        "at": one.at,
    }


# Thrown away when the offices change, since their names are in it.
_FINAL: Kept[Body] = Kept("units", _draw_final, most=MOST)
_OFFICES: Kept[SafeString] = Kept("units", _draw_offices, most=MOST)
_RESULT: Kept[SafeString] = Kept("units", _draw_result, most=MOST)
