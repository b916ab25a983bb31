"""The steps of a round in the worker: freezing what was counted, computing the preliminary and the final result."""

from __future__ import annotations

from datetime import datetime

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.evaluation import actions_rounds_results as results
from takrim.evaluation.actions_rounds_freeze import Reading, keep_frozen, require_freezable
from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.models_rounds import Round, Run, Step
from takrim.evaluation.round_counted import OfOffice, counted, positions, read_to_the_end
from takrim.evaluation.round_measures import plan_of
from takrim.evaluation.round_moves import RoundMovedMeanwhile
from takrim.evaluation.round_results import results_of
from takrim.evaluation.round_table import digest, inputs, score_texts
from takrim.orgs.actor import Actor, system
from takrim.tasks.result import Context
from takrim.tasks.task import task

# So often the worker says how far it is, and so often it reads the figures anew where they moved meanwhile.
_TOLD_EVERY, _TRIES = 25, 5


def ask(*, round: Round, step: Step, by: Actor, now: datetime) -> Run:
    """Ask for a step, and let the worker begin. Raises what stands against it."""
    require(round, step, now)
    run_row = results.ask_run(round=round, step=step, total=round.entrants.count(), by=by, now=now)
    run.using(key=str(run_row.pk)).enqueue(run_row.pk, get_language() or "fa", now=now)
    return run_row


def require(round: Round, step: Step, now: datetime) -> None:
    """Raise the Refusal that says why a step is not possible yet."""
    if step == Step.FREEZE:
        require_freezable(round, now)
    elif step == Step.PRELIMINARY:
        results.require_publishable(round)
    else:
        results.require_finishable(round, local_date(now))


@task(takes_context=True, title=_("Compute a step of a round"), attempts=5)
def run(context: Context, run_id: int, lang: str, *, now: datetime) -> None:
    """Do what was asked for; where something stands against it by now, say so beside the round."""
    row = Run.objects.select_related("round__plan").filter(pk=run_id, finished_at=None).first()
    if row is None:
        return
    by, failure = system("rounds"), ""
    with translation.override(lang):
        try:
            require(row.round, Step(row.step), now)
            _DO[Step(row.step)](context, row, by, now)
        except Refusal as refusal:
            failure = str(refusal)
    results.end_run(run=row, failure=failure, by=by, now=now)


def _freeze(context: Context, row: Run, by: Actor, now: datetime) -> None:
    keep_frozen(round=row.round, reading=_read(context, row, by, now), by=by, now=now)


def _read(context: Context, row: Run, by: Actor, now: datetime) -> Reading:
    """The figures of all offices as of one position in the journal: read anew where they moved while they were read."""
    for _number in range(_TRIES):
        read_to_the_end()
        before = positions()
        offices = _offices(context, row, by, now)
        if positions() == before:
            return Reading(offices=offices, positions=before)
    raise RoundMovedMeanwhile(move="freeze")


def _offices(context: Context, row: Run, by: Actor, now: datetime) -> list[OfOffice]:
    paths = list(row.round.entrants.order_by("unit_path").values_list("unit_path", flat=True))
    found = []
    for number, office in enumerate(counted(plan_of(row.round.plan), paths, row.round.of_period, now), 1):
        found.append(office)
        if number % _TOLD_EVERY == 0:
            results.say_how_far(run=row, done=number, by=by, now=now)
            context.progress(number, len(paths))
    return found


def compute(round: Round, which: ResultOf) -> tuple[list[Result], str]:
    """The result of a round from the values that count, and the hash of their table."""
    table = inputs(round)
    entrants = {one.unit_path: one for one in Entrant.objects.filter(round=round)}
    return results_of(score_texts(table, round.plan_text), entrants, which), digest(table)


def _preliminary(context: Context, row: Run, by: Actor, now: datetime) -> None:
    results.take_what_counts(round=row.round, by=by, now=now)
    found, hashed = compute(row.round, ResultOf.PRELIMINARY)
    results.publish(round=row.round, found=found, hashed=hashed, by=by, now=now)


def _final(context: Context, row: Run, by: Actor, now: datetime) -> None:
    found, hashed = compute(row.round, ResultOf.FINAL)
    results.finish(round=row.round, found=found, hashed=hashed, by=by, now=now)


_DO = {Step.FREEZE: _freeze, Step.PRELIMINARY: _preliminary, Step.FINAL: _final}
