"""One office in a round: its result, all that was said of each value and by whom, and its objections."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.evaluation import rounds_read
from takrim.evaluation.lateness import late_words
from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.round_moves import runs
from takrim.evaluation.round_people import declares
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.lines import lines_of


@require_safe
@staff(Power.FIGURES_SEE)
def office(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """All that is said of an office, for who may read it."""
    desk, today = request.desk, local_date(clock.now())
    found = get_object_or_404(desk_rounds.rounds(desk), code=code)
    entrant = get_object_or_404(desk_rounds.entrants(desk, found), pk=number)
    if not desk_rounds.sees_values(desk, entrant, today):
        raise Http404
    rows = rows_of(plan_of(found.plan))
    out = found.stage in {Stage.PRELIMINARY, Stage.FINAL}
    result = _result(entrant)
    context = {
        "here": "rounds",
        "round": found,
        "entrant": entrant,
        "late": late_words(entrant.stale, language()) if entrant.stale else "",
        "stage": f"round_{found.stage}",
        "result": shown.standing(result, {}) if result else None,
        "full": shown.points(plan_of(found.plan).scoring.points, 0),
        "lines": lines_of(entrant, rows, result, judged=out or _all_finished(desk, entrant)),
        "judged": out or _all_finished(desk, entrant),
        "may_object": declares(entrant, desk.actor) and found.can_object(today),
        "may_declare": declares(entrant, desk.actor) and found.stage == Stage.DECLARING and not entrant.declared_at,
        "objections": [one for one in desk_rounds.objections(desk, found, today) if one.value.entrant_id == entrant.pk],
        "titles": shown.titles(rows),
        "improves": found.stage == Stage.FINAL,
        # Who is still at it must not be told what others found by the journal either.
        "events": timeline(entrant.subject)[::-1] if out else [],
    }
    return render(request, "rounds/office.html", context)


def _result(entrant: Entrant) -> Result | None:
    which = ResultOf.FINAL if entrant.round.stage == Stage.FINAL else ResultOf.PRELIMINARY
    return rounds_read.result_of(entrant.round, entrant.unit_path, which)


def _all_finished(desk: Desk, entrant: Entrant) -> bool:
    """Whether who runs the round may read what was assessed before its result is out: when nobody is at it any more."""
    if not runs(entrant.round, desk.actor) or entrant.round.stage != Stage.ASSESSING:
        return False
    return not entrant.assessments.filter(finished_at=None).exists()
