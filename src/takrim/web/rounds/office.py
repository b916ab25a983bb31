"""One office in a round: its result, all that was said of each value and by whom, and its objections."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.evaluation import rounds_read
from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.models_values import Objection
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.round_moves import runs
from takrim.evaluation.round_people import declares
from takrim.journal.tell import last_about, timeline
from takrim.orgs.powers import Power
from takrim.orgs.stamps import Kept
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.lines import lines_of

# Some 60 kB each.
MOST: Final = 100


@require_safe
@staff(Power.FIGURES_SEE)
def office(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """All that is said of an office, for who may read it."""
    desk, today = request.desk, local_date(clock.now())
    found = desk_rounds.round_with(desk, code)
    entrant = desk_rounds.entrant_with(found, number) if found is not None else None
    if found is None or entrant is None or not desk_rounds.sees_values(desk, entrant, today):
        raise Http404
    speaks, over = declares(entrant, desk.actor), found.stage == Stage.FINAL
    may_object = speaks and found.can_object(today)
    context = {
        "here": "rounds",
        "round": found,
        "entrant": entrant,
        "stage": f"round_{found.stage}",
        "may_object": may_object,
        "may_declare": speaks and found.stage == Stage.DECLARING and not entrant.declared_at,
        "out": found.stage in {Stage.PRELIMINARY, Stage.FINAL},
        "improves": over,
        "body": _final_body(entrant)
        if over
        else _draw(
            entrant,
            desk_rounds.objections(desk, found, today),
            judged=found.stage == Stage.PRELIMINARY or _all_finished(desk, entrant),
            may_object=may_object,
        ),
    }
    return render(request, "rounds/office.html", context)


def _final_body(entrant: Entrant) -> SafeString:
    """Of a final round nothing changes but what is added to the journal of the office, so it is drawn once."""
    return _FINAL.get(entrant.pk, entrant.round.final_hash, last_about(entrant.subject), language())


def _draw_final(number: int, _hash: str, _last: int, _lang: str) -> SafeString:
    entrant = desk_rounds.entrants_of(rounds_read.published()).get(pk=number)
    return _draw(entrant, rounds_read.objections_of(entrant.round), judged=True, may_object=False)


# Thrown away when the offices change, since their names are in it.
_FINAL: Kept[SafeString] = Kept("units", _draw_final, most=MOST)


def _draw(entrant: Entrant, objections: Iterable[Objection], *, judged: bool, may_object: bool) -> SafeString:
    """What is said of each value, what became of it, and what has happened."""
    round = entrant.round
    plan = plan_of(round.plan)
    rows, result = rows_of(plan), _result(entrant)
    context = {
        "round": round,
        "entrant": entrant,
        "result": shown.standing(result, {}) if result else None,
        "full": shown.points(plan.scoring.points, 0),
        "lines": lines_of(entrant, rows, result, judged=judged),
        "judged": judged,
        "may_object": may_object,
        "objections": [one for one in objections if one.value.entrant_id == entrant.pk],
        # Who is still at it must not be told what others found by the journal either.
        "events": timeline(entrant.subject)[::-1] if round.stage in {Stage.PRELIMINARY, Stage.FINAL} else [],
    }
    return render_to_string("rounds/_office.html", context)


def _result(entrant: Entrant) -> Result | None:
    which = ResultOf.FINAL if entrant.round.stage == Stage.FINAL else ResultOf.PRELIMINARY
    return rounds_read.result_of(entrant.round, entrant.unit_path, which)


def _all_finished(desk: Desk, entrant: Entrant) -> bool:
    """Whether who runs the round may read what was assessed before its result is out: when nobody is at it any more."""
    if not runs(entrant.round, desk.actor) or entrant.round.stage != Stage.ASSESSING:
        return False
    return not entrant.assessments.filter(finished_at=None).exists()
