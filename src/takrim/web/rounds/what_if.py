"""What would have become of an office in a round if its values were better: the round scored again as it was kept."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.base.clock import local_date
from takrim.evaluation.amounts import Amount
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.plan_form import Answer
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.round_table import scored
from takrim.evaluation.rounds_read import mark_of
from takrim.evaluation.scoring.engine import Scored
from takrim.evaluation.what_if import Lever
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.figures import levers_shown
from takrim.web.figures.levers_shown import Telling
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown

# In how many steps a share goes that is no part of counted cases, and from no over partly to yes.
_STEPS: Final = {Answer.SHARE: 100, Answer.YES_NO: 2}


@require_safe
@staff(Power.FIGURES_SEE)
def what_if(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The sliders; with numbers in the address, where the office would stand."""
    desk, lang = request.desk, language()
    found = get_object_or_404(desk_rounds.rounds(desk), code=code, stage__in=[Stage.PRELIMINARY, Stage.FINAL])
    entrant = get_object_or_404(desk_rounds.entrants(found), pk=number)
    if not desk_rounds.sees_values(desk, entrant, local_date(clock.now())):
        raise Http404
    rows = rows_of(plan_of(found.plan))
    steps = levers_shown.steps_of(request.GET, [row.code for row in rows])
    here = reverse("rounds:what_if", args=[code, number])
    kept = _scored(found, mark_of(found))
    context: dict[str, Any] = {
        "here": "rounds",
        "round": found,
        "entrant": entrant,
        "stage": f"round_{found.stage}",
        "what_if": levers_shown.what_if(kept, entrant.unit_path, steps, _telling(rows), lang),
        "kept": {},
        "url": here,
        "reset_url": here,
    }
    part = request.headers.get("HX-Target") == "what_if"
    return render(request, "figures/_what_if.html" if part else "rounds/what_if.html", context)


@lru_cache(maxsize=4)
def _scored(round: Round, _mark: str) -> Scored:
    """The round scored from what counts in it; kept, since somebody who moves sliders asks again and again."""
    return scored(round)


def _telling(rows: list[Row]) -> Telling:
    measures = {row.code: row.measure for row in rows}

    def write(lever: Lever, value: Fraction) -> str:
        measure = measures[lever.code]
        if lever.cases and lever.whole:
            # Of the cases there are: a fraction by itself would be told in its lowest terms.
            whole = Fraction(lever.whole)
            return shown.told(str(Amount(value * whole, whole)), measure)
        return words.percent(value, language()) if measure is Answer.SHARE else shown.told(str(Amount(value)), measure)

    shares = {row.code: _STEPS[row.measure] for row in rows if row.measure in _STEPS}
    return Telling(shares=shares, titles=shown.titles(rows), write=write)
