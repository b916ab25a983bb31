"""The preliminary and the final result of a round are kept; what is computed for it is asked for and told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.evaluation import round_events as events
from takrim.evaluation.actions_rounds_assess import differing
from takrim.evaluation.models_entrants import Assessment, Result
from takrim.evaluation.models_rounds import Round, Run, Stage, Step
from takrim.evaluation.models_values import Column, Objection, Outcome, Value, ValueChange
from takrim.evaluation.round_moves import Move, RoundCannotMove, RoundMovedMeanwhile, move, require_runs
from takrim.journal.record import record
from takrim.orgs.actor import Actor


class AssessmentsUnfinished(Refusal):
    code = "assessments_unfinished"
    status = 422
    message = _("Assessments that are not finished yet: {many}.")


class DifferencesUnsettled(Refusal):
    code = "differences_unsettled"
    status = 422
    message = _("Values in which two assessors differ: {many}. Settle them first.")


class ObjectionsWait(Refusal):
    code = "objections_wait"
    status = 422
    message = _("Objections that are not answered yet: {many}.")


class StillObjecting(Refusal):
    code = "still_objecting"
    status = 422
    message = _("Offices may still object; wait for the last day for it, or change the calendar.")


def unsettled(round: Round) -> int:
    """How many differences between two assessors nobody has settled."""
    drawn = round.entrants.filter(second=True)
    return sum(1 for entrant in drawn for value in differing(entrant) if not value.final)


def require_publishable(round: Round) -> None:
    """Raise RoundCannotMove, AssessmentsUnfinished or DifferencesUnsettled."""
    if round.stage != Stage.ASSESSING:
        raise RoundCannotMove(stage=round.stage, move="preliminary")
    left = Assessment.objects.filter(entrant__round=round, finished_at=None).count()
    if left:
        raise AssessmentsUnfinished(many=left)
    differ = unsettled(round)
    if differ:
        raise DifferencesUnsettled(many=differ)


def require_finishable(round: Round, today: date) -> None:
    """Raise RoundCannotMove, StillObjecting or ObjectionsWait."""
    if round.stage != Stage.PRELIMINARY:
        raise RoundCannotMove(stage=round.stage, move="final")
    if round.can_object(today):
        raise StillObjecting
    waiting = Objection.objects.filter(value__entrant__round=round, outcome=Outcome.WAITING).count()
    if waiting:
        raise ObjectionsWait(many=waiting)


# What counts: what was settled between two, else what the assessor found, else what was counted. What an office only
# declared counts for nothing.
_COUNTS = Case(When(~Q(assessed=""), then=F("assessed")), default=F("automatic"))


@transaction.atomic
def take_what_counts(*, round: Round, by: Actor, now: datetime) -> int:
    """Write into every value what counts in the result, and keep beside it from which column it was taken."""
    require_runs(round, by)
    open_values = Value.objects.filter(entrant__round=round, final="")
    rows = list(open_values.order_by("pk"))
    done = open_values.update(final=_COUNTS)
    if done != len(rows):
        raise RoundMovedMeanwhile(move=Column.FINAL)
    taken = [(one, Column.ASSESSED if one.assessed else Column.AUTOMATIC) for one in rows]
    first = [_first(one, source, by, now) for one, source in taken if getattr(one, source)]
    ValueChange.objects.bulk_create(first, batch_size=500)
    return done


def _first(value: Value, source: Column, by: Actor, now: datetime) -> ValueChange:
    """The first text that counts; its reason is the column that it was taken from."""
    became: str = getattr(value, source)
    return ValueChange(value=value, column=Column.FINAL, became=became, why=source, at=now, by=by.code, by_name=by.name)


@transaction.atomic
def publish(*, round: Round, found: Sequence[Result], hashed: str, by: Actor, now: datetime) -> Round:
    """The preliminary result is out: offices may object to it."""
    require_runs(round, by)
    require_publishable(round)
    move(round, Move.PUBLISH, preliminary_at=now, preliminary_hash=hashed)
    Result.objects.bulk_create(found, batch_size=200)
    event = events.PreliminaryOut(unit=round.path, hash=hashed)
    record(event, on=round.subject, unit_path=round.path, by=by, at=now)
    return round


@transaction.atomic
def finish(*, round: Round, found: Sequence[Result], hashed: str, by: Actor, now: datetime) -> Round:
    """The final result is out: from now on nothing of the round changes."""
    require_runs(round, by)
    Result.objects.bulk_create(found, batch_size=200)
    move(round, Move.FINISH, final_at=now, final_hash=hashed)
    event = events.FinalOut(unit=round.path, hash=hashed)
    record(event, on=round.subject, unit_path=round.path, by=by, at=now)
    return round


@transaction.atomic
def ask_run(*, round: Round, step: Step, total: int, by: Actor, now: datetime) -> Run:
    """Have a step computed; while that goes on, asking again gives the same."""
    require_runs(round, by)
    row = Run(round=round, step=step, asked_at=now, asked_by=by.code, asked_name=by.name, total=total)
    Run.objects.bulk_create([row], ignore_conflicts=True)
    run = Run.objects.get(round=round, finished_at=None)
    if run.asked_at == now and run.asked_by == by.code:
        record(events.RunAsked(unit=round.path, step=step), on=round.subject, unit_path=round.path, by=by, at=now)
    return run


@transaction.atomic
def end_run(*, run: Run, failure: str, by: Actor, now: datetime) -> bool:
    """The worker is done with it, or says why it could not be done."""
    require_runs(run.round, by)
    mine = Run.objects.filter(pk=run.pk, finished_at=None)
    done = F("done") if failure else F("total")
    return bool(mine.update(finished_at=now, failure=failure, done=done))


@transaction.atomic
def say_how_far(*, run: Run, done: int, by: Actor, now: datetime) -> None:
    """So many offices have been read."""
    require_runs(run.round, by)
    Run.objects.filter(pk=run.pk, finished_at=None).update(done=done)
