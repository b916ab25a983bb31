"""Finished rounds for everybody: the list, the final table with its method, and the form of one office."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.evaluation import rounds_read, trials
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.movement import movement
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.signing import fingerprint
from takrim.orgs.paths import ROOT
from takrim.orgs.stamps import Kept
from takrim.orgs.units import unit_name
from takrim.web.desk import PublicRequest
from takrim.web.figures import board_shown, round_adjusted, round_shown, sure
from takrim.web.figures.keys import own_key
from takrim.web.figures.method_words import method_words
from takrim.web.figures.round_bundle import bundle, round_of, weights_of
from takrim.web.figures.round_shown import Shown
from takrim.web.figures.tile_map import tile_map
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

# So many rounds before are compared.
BACK: Final = 4


@public
@require_safe
def rounds(request: PublicRequest) -> HttpResponse:
    """The rounds whose last result is out, the latest first."""
    lang = language()
    found = rounds_read.published().order_by("-final_at", "-pk")
    lines = [
        {
            "code": one.code,
            "title": one.title,
            "where": unit_name(one.path, lang),
            "period": one.of_period.title(lang),
            "final_at": one.final_at,
        }
        for one in found
    ]
    return render(request, "figures/rounds.html", {"rounds": lines, "here": "rounds"})


@public
@require_safe
def round_page(request: PublicRequest, code: str) -> HttpResponse:
    """The final table. What is final does not change, so it is drawn once."""
    found = round_of(code)
    context = {
        "round": found,
        "where": unit_name(found.path, language()),
        "period": found.of_period.title(language()),
        "fingerprint": fingerprint(own_key().public_key()),
        "body": _BODIES.get("table", found.pk, found.final_hash, language(), ""),
        "here": "rounds",
    }
    return render(request, "figures/round.html", context)


@public
@require_safe
def round_office(request: PublicRequest, code: str, place: str) -> HttpResponse:
    """One office's form in a round."""
    found, path = round_of(code), f"{place}/"
    result = rounds_read.result_of(found, path)
    if result is None:
        raise Http404
    context = {
        "round": found,
        "office": result.entrant.name,
        "path": path,
        "period": found.of_period.title(language()),
        "body": _BODIES.get("office", found.pk, found.final_hash, language(), path),
        "here": "rounds",
    }
    return render(request, "figures/round_office.html", context)


def _draw(what: str, pk: int, _hash: str, lang: str, path: str) -> SafeString:
    found = rounds_read.published().get(pk=pk)
    with translation.override(lang):
        context = office_context(found, path, lang) if what == "office" else table_context(found, lang)
        return render_to_string(f"figures/_round_{what}.html", context)


# Thrown away when the offices change, since their names are in it.
_BODIES: Kept[SafeString] = Kept("units", _draw)


def table_context(round: Round, lang: str) -> dict[str, Any]:
    """The table, how sure it is, what moved, and the method in words."""
    of = round_shown.read(round, clock.now())
    ranked, unranked = round_shown.rows(of, lang)
    names = {one.entrant.unit_path: round_shown.short_name(one, lang) for one in of.results}
    standings = round_shown.standings(of.results)
    rows = rows_of(plan_of(round.plan))
    tested = trials.Tested(weights=weights_of(bundle(round)))
    return {
        "ranked": ranked,
        "unranked": unranked,
        "adjusted": round_adjusted.table(of, lang),
        "grouped": any(one.group for one in ranked),
        "is_sure": any(one.span for one in ranked),
        "stats": _stats(of, lang),
        "points": float(of.plan.points),
        "map": _map(round, of, lang),
        "weights": sure.by_weights(standings, tested, [row.code for row in rows], names.__getitem__, lang),
        "indicators": [(row.code, row.title(lang)) for row in rows],
        "rules": method_words(of.plan, lang),
        "plan_rows": plan_rows(round, lang),
        "plan_title": round.plan.title,
        "basis": (plan_of(round.plan).basis or {}).get(lang, ""),
        **_moved(round, of, names, lang),
    }


def plan_rows(round: Round, lang: str) -> list[dict[str, str]]:
    """What is compared, with what weight."""
    less = {one.code: one.less for one in plan_of(round.plan).rows}
    return [
        {
            "code": row.code,
            "title": row.title(lang),
            "definition": row.words(lang),
            "weight": words.number(row.weight, lang, 0 if row.weight.denominator == 1 else 2),
            "less": "1" if less[row.code] else "",
        }
        for row in rows_of(plan_of(round.plan))
    ]


def _stats(of: Shown, lang: str) -> dict[str, str | int]:
    number = words.number
    first = [round_shown.short_name(one, lang) for one in of.ranked if one.rank == 1]
    return {
        "first": ("، " if lang == "fa" else ", ").join(first) or words.NOTHING,
        "ranked": number(len(of.ranked), lang),
        "offices": number(len(of.results), lang),
        "upheld": number(of.upheld, lang),
        "objected": of.objected,
    }


def _map(round: Round, of: Shown, lang: str) -> Any:
    """The provinces, where the round compares them."""
    if round.path != ROOT or round.of != "directorate":
        return None
    inside = {one.entrant.unit_path for one in of.results}
    here = [one for one in round_shown.standings(of.results) if one.unit in inside]
    return tile_map(here, lambda path: round_shown.office_url(round, path) if path in inside else "", lang)


def _moved(round: Round, of: Shown, names: dict[str, str], lang: str) -> dict[str, Any]:
    """Ranks in the rounds before it of the same plan."""
    several, before = [round], rounds_read.previous(round)
    while before is not None and len(several) <= BACK:
        several.insert(0, before)
        before = rounds_read.previous(before)
    if len(several) < 2:
        return {"moved": [], "titles": [], "chart": None}
    found = [round_shown.standings(list(rounds_read.standings(one))) for one in several[:-1]]
    steps = movement([*found, round_shown.standings(of.results)])
    return board_shown.moved(steps, [one.of_period.title(lang) for one in several], names.__getitem__, lang)


def office_context(round: Round, path: str, lang: str) -> dict[str, Any]:
    """One office: its place, its form, and its shares before and after they were made comparable."""
    of = round_shown.read(round, clock.now())
    result = next(one for one in of.results if one.entrant.unit_path == path)
    row = next(one for part in round_shown.rows(of, lang) for one in part if one.unit == path)
    return {
        "row": row,
        "name": result.entrant.name,
        "certificate_url": reverse("figures:certificate", args=[round.code, path.rstrip("/")]),
        "ranked": len(of.ranked),
        "points": words.number(of.plan.points, lang),
        "form": round_shown.form(result, of, lang),
        "steps": round_adjusted.steps_in(of, path, lang),
    }
