"""After the result: what an office does to be better next time, each step owed as a duty and confirmed above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.duties import actions as duties
from takrim.duties.actions import Term, open_duty
from takrim.evaluation import round_events as events
from takrim.evaluation.actions_rounds import end_of
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.models_values import Improvement
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.round_moves import RoundCannotMove, require_runs, runs
from takrim.evaluation.round_people import declares, require_declares
from takrim.evidence.actions import hand_in as hand_in_file
from takrim.evidence.models import StoredFile
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change

KIND = "improvement"


class NothingPlanned(Refusal):
    code = "nothing_planned"
    status = 422
    message = _("Write what the office will do, such that it can be seen afterwards whether it was done.")


class ImproveTooEarly(Refusal):
    code = "improve_too_early"
    status = 422
    message = _("The last day must lie ahead.")


class NothingDone(Refusal):
    code = "nothing_done"
    status = 422
    message = _("Write what was done, so that it can be confirmed.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to do, for one indicator, by a day."""

    indicator: str
    text: str
    until: date


@transaction.atomic
def plan(*, entrant: Entrant, step: Step, by: Actor, now: datetime) -> Improvement:
    """The office, or who ran the round, adds a step to its plan of improvement; the office owes it from now on."""
    if not runs(entrant.round, by):
        require_declares(entrant, by)
    if entrant.round.stage != Stage.FINAL:
        raise RoundCannotMove(stage=entrant.round.stage, move="improve")
    if not step.text.strip() or step.indicator not in {row.code for row in rows_of(plan_of(entrant.round.plan))}:
        raise NothingPlanned
    if step.until <= local_date(now):
        raise ImproveTooEarly
    number = (entrant.improvements.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    duty = open_duty(
        kind=KIND,
        about=f"improvement:{entrant.round.code}/{entrant.pk}/{number}",
        unit=entrant.unit,
        by=by,
        now=now,
        term=Term(fixed=end_of(step.until)),
        task=step.text.strip(),
        judge_path=entrant.round.path,
    )
    made = Improvement(entrant=entrant, number=number, indicator=step.indicator, text=step.text.strip(), duty=duty)
    made.save(force_insert=True)
    event = events.ImprovementPlanned(
        unit=entrant.unit_path, round=entrant.round.code, number=number, indicator=step.indicator
    )
    record(event, on=entrant.subject, unit_path=entrant.unit_path, by=by, at=now)
    return made


@transaction.atomic
def report(
    *, improvement: Improvement, text: str, by: Actor, now: datetime, files: Sequence[tuple[StoredFile, str]] = ()
) -> Improvement:
    """The office has done it and says how, with the files that prove it."""
    require_declares(improvement.entrant, by)
    if not text.strip():
        raise NothingDone
    duties.answer(duty=improvement.duty, text=text.strip(), by=by, now=now)
    change(improvement, still={}, to={"reported_by": by.code, "reported_name": by.name})
    for stored, name in files:
        hand_in_file(
            subject=improvement.subject,
            unit_path=improvement.entrant.unit_path,
            stored=stored,
            name=name,
            by=by,
            now=now,
        )
    return improvement


@transaction.atomic
def confirm(*, improvement: Improvement, by: Actor, now: datetime) -> Improvement:
    """Whoever runs rounds there has seen that it was done; never the office itself, nor who reported it."""
    _require_judge(improvement, by)
    duties.accept(duty=improvement.duty, by=by, now=now, power=Power.ROUND_RUN)
    return improvement


@transaction.atomic
def send_back(*, improvement: Improvement, reason: str, by: Actor, now: datetime) -> Improvement:
    """It is not enough; the reason says what is missing."""
    _require_judge(improvement, by)
    if not reason.strip():
        raise NothingDone
    duties.send_back(duty=improvement.duty, reason=reason.strip(), by=by, now=now, power=Power.ROUND_RUN)
    return improvement


class OwnImprovement(Refusal):
    code = "own_improvement"
    status = 403
    message = _("This was done by your own office, or reported by yourself: another who runs the round confirms it.")


def _require_judge(improvement: Improvement, by: Actor) -> None:
    require_runs(improvement.entrant.round, by)
    if declares(improvement.entrant, by) or by.code == improvement.reported_by:
        raise OwnImprovement
