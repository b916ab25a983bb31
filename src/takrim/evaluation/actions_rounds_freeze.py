"""The automatic values of a round are frozen, and its offices given to their assessors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.duties.actions import withdraw
from takrim.evaluation import round_events as events
from takrim.evaluation.actions_rounds import NobodyAssesses, owed_for
from takrim.evaluation.by_chance import round_text
from takrim.evaluation.models_entrants import Assessment, Assessor, Entrant
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Column, Value
from takrim.evaluation.round_counted import OfOffice
from takrim.evaluation.round_drawing import Candidate, Drawn, draw
from takrim.evaluation.round_measures import plan_of
from takrim.evaluation.round_moves import Move, RoundCannotMove, move, require_runs
from takrim.evaluation.round_people import OwnOfficeAssessed, barred, posts_of
from takrim.evaluation.round_table import digest, table_of
from takrim.journal.record import record, take_chains
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.units import all_names


class PeriodNotOver(Refusal):
    code = "period_not_over"
    status = 422
    message = _("The period of this round is not over yet: its values cannot be frozen.")


class StillDeclaring(Refusal):
    code = "still_declaring"
    status = 422
    message = _("Offices may still declare, and not all have handed in; wait for it or change the calendar.")


class NobodyHandedOver(Refusal):
    code = "nobody_handed_over"
    status = 422
    message = _("No office of this round has handed over its figures for the whole period: wait for them.")


def require_freezable(round: Round, now: datetime) -> None:
    """Raise PeriodNotOver or StillDeclaring; where all have handed in nobody waits for the last day."""
    today = local_date(now)
    if round.stage != Stage.DECLARING:
        raise RoundCannotMove(stage=round.stage, move="freeze")
    if round.of_period.end() > today:
        raise PeriodNotOver
    if round.declare_until >= today and round.entrants.filter(declared_at=None).exists():
        raise StillDeclaring


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What was counted, and up to which entries of the journal."""

    offices: Sequence[OfOffice]
    positions: Mapping[str, int]


@transaction.atomic
def keep_frozen(*, round: Round, reading: Reading, by: Actor, now: datetime) -> Round:
    """Keep what was counted and draw who assesses whom. Whoever has not handed in is assessed by what is counted.

    Offices whose figures were not handed over in time are kept as stale: nobody assesses them, and they are not ranked.
    """
    require_runs(round, by)
    here = [office.unit_path for office in reading.offices if not office.stale]
    if not here:
        raise NobodyHandedOver
    late = owed_for(round)
    take_chains([round.path, *(duty.unit_path for duty in late)])
    entrants = {one.unit_path: one for one in round.entrants.order_by("unit_path")}
    _keep_values(entrants, reading)
    text = round_text(plan_of(round.plan))
    drawn = _draw(round, sorted(here))
    _assign(round, entrants, drawn)
    hashed = digest(table_of(text, round, Column.AUTOMATIC))
    positions = dict(reading.positions)
    move(round, Move.FREEZE, frozen_at=now, positions=positions, plan_text=text, frozen_hash=hashed)
    for duty in late:
        withdraw(duty=duty, by=by, now=now, power=Power.ROUND_RUN)
    event = events.Frozen(unit=round.path, positions=positions, hash=hashed, second=len(drawn.second))
    record(event, on=round.subject, unit_path=round.path, by=by, at=now)
    return round


def _keep_values(entrants: Mapping[str, Entrant], reading: Reading) -> None:
    rows = []
    for office in reading.offices:
        entrant = entrants[office.unit_path]
        entrant.sizes, entrant.stale = dict(office.sizes), office.stale
        rows += [
            Value(
                entrant=entrant,
                indicator=one.indicator,
                automatic=one.text,
                cases=one.cases,
                low=one.low,
                high=one.high,
            )
            for one in office.values
        ]
    Entrant.objects.bulk_update(entrants.values(), ["sizes", "stale"], batch_size=100)
    Value.objects.bulk_create(
        rows,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["entrant", "indicator"],
        update_fields=["automatic", "cases", "low", "high"],
    )


def _draw(round: Round, paths: Sequence[str]) -> Drawn:
    people = {one.pk: one.person_id for one in round.assessors.all()}
    posts = posts_of(list(people.values()), round.of_period.start())
    candidates = [Candidate(number, posts.get(person, [])) for number, person in sorted(people.items())]
    try:
        return draw(paths, candidates, seed=round.seed, percent=round.second_percent)
    except KeyError as error:
        raise NobodyAssesses(office=all_names()[error.args[0]].short("fa")) from error


def _assign(round: Round, entrants: Mapping[str, Entrant], drawn: Drawn) -> None:
    Entrant.objects.filter(round=round, unit_path__in=list(drawn.second)).update(second=True)
    rows = [Assessment(entrant=entrants[path], assessor_id=number) for path, number in drawn.first.items()]
    rows += [
        Assessment(entrant=entrants[path], assessor_id=number, blind=True) for path, number in drawn.second.items()
    ]
    Assessment.objects.bulk_create(rows)


class AssessmentIsFinished(Refusal):
    code = "assessment_is_finished"
    message = _("This assessment is finished, or the round has gone on; it stays with who made it.")


@transaction.atomic
def reassign(*, assessment: Assessment, assessor: Assessor, by: Actor, now: datetime) -> Assessment:
    """Another assessor of the round looks at an office; what the first had written stays as it is."""
    entrant = assessment.entrant
    round = entrant.round
    require_runs(round, by)
    if round.stage != Stage.ASSESSING or assessment.finished_at is not None or assessor.round_id != round.pk:
        raise AssessmentIsFinished
    posts = posts_of([assessor.person_id], round.of_period.start()).get(assessor.person_id, [])
    other = entrant.assessments.filter(assessor=assessor).exclude(pk=assessment.pk)
    if barred(entrant.unit_path, posts) or other.exists():
        raise OwnOfficeAssessed
    mine = Assessment.objects.filter(pk=assessment.pk, finished_at=None, assessor_id=assessment.assessor_id)
    if mine.update(assessor=assessor) != 1:
        raise AssessmentIsFinished
    assessment.assessor = assessor
    event = events.Reassigned(
        unit=round.path, entrant_unit=entrant.unit_path, person=assessor.person_id, blind=assessment.blind
    )
    record(event, on=round.subject, unit_path=round.path, by=by, at=now)
    return assessment
