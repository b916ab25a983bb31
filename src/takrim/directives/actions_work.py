"""What offices do with a directive: read it, plan, report with proof; and what the secretary says to that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.directives import events
from takrim.directives.models import Demand, PlanStep, Reading
from takrim.directives.order import hold
from takrim.directives.resolving import KIND
from takrim.directives.settling import settle
from takrim.duties.actions import NotYourDuty, accept, answer, question, send_back
from takrim.duties.models import State as DutyState
from takrim.duties.moves import DutyMovedMeanwhile
from takrim.evidence.actions import Upload, attach
from takrim.evidence.models import Evidence
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change as change_row
from takrim.orgs.units import house_of
from takrim.proofs.queries import support_of

# The office works in this language.
_OFFICE = "fa"
# Who reads for an office, and may speak for each of its posts.
HEADS = ("head", "director_general")
MOST_STEPS = 20


class NotYourReading(Refusal):
    code = "not_your_reading"
    status = 403
    message = _("Only the head of the office that was asked, or who stands in for them, can say that it was read.")


class ReadAlready(Refusal):
    code = "directive_read_already"
    message = _("It was noted already that this directive was read.")


class NotYourPost(Refusal):
    code = "not_your_post"
    status = 403
    message = _("This clause is addressed to another post of your office. Its holder or the head reports on it.")


class NothingPlanned(Refusal):
    code = "nothing_planned"
    status = 422
    message = _("Write what will be done, and at least one step with its day and who is responsible.")


class TooManySteps(Refusal):
    code = "too_many_steps"
    status = 422
    message = _("A plan has at most {most} steps. Put some together.")


class NothingReported(Refusal):
    code = "clause_nothing_reported"
    status = 422
    message = _("Write what was done, when and where, so that it can be confirmed.")


class NoProof(Refusal):
    code = "clause_no_proof"
    status = 422
    message = _(
        "A report needs its proof: attach at least one file (a letter, minutes, a picture, a table), or send an action "
        "as its proof first."
    )


class ProofNotAccepted(Refusal):
    code = "clause_proof_not_accepted"
    message = _("The proof of this report has not been accepted yet. Judge it first, among the proofs.")


class OwnWork(Refusal):
    code = "clause_own_work"
    status = 403
    message = _("Nobody confirms what they or their own office have done. Another secretary will see it.")


class NotYoursToJudge(Refusal):
    code = "clause_not_yours_to_judge"
    status = 403
    message = _("This is confirmed by the secretary of the house that issued it, or of the province it was done in.")


class WhyReturned(Refusal):
    code = "clause_why_returned"
    status = 422
    message = _("Write what is missing: the office reads it and completes its report.")


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of a plan before it is kept."""

    text: str
    due_on: date
    responsible: str


@transaction.atomic
def read(*, reading: Reading, by: Actor, now: datetime) -> Reading:
    """The head has read it."""
    if not may_read(reading, by):
        raise NotYourReading
    to = {"read_at": now, "read_by": by.code, "read_by_name": by.name}
    if not change_row(reading, still={"read_at": None, "dropped_at": None}, to=to):
        raise ReadAlready
    event = events.Read(unit=reading.unit_path, directive=reading.directive_id, version=reading.version)
    record(event, on=reading.directive.code, unit_path=reading.unit_path, by=by, at=now)
    return reading


def may_read(reading: Reading, by: Actor) -> bool:
    """Whether somebody is the one who is asked: the head, or the post that is addressed by itself."""
    if by.unit_path != reading.unit_path:
        return False
    return by.role in HEADS if reading.post_id is None else by.post_id == reading.post_id


def may_work(demand: Demand, by: Actor) -> bool:
    """Whether somebody may plan and report: of the office, and at the post if one is addressed."""
    if by.unit_path != demand.unit_path or not by.may(Power.DUTY_ANSWER):
        return False
    return demand.post_id is None or by.post_id == demand.post_id or by.role in HEADS


def _require_work(demand: Demand, by: Actor) -> None:
    by.require(Power.DUTY_ANSWER)
    if by.unit_path != demand.unit_path:
        raise NotYourDuty
    if not may_work(demand, by):
        raise NotYourPost


def _note(demand: Demand, event: Event, by: Actor, now: datetime) -> None:
    record(event, on=demand.code, unit_path=demand.unit_path, by=by, at=now)


@transaction.atomic
def plan(*, demand: Demand, text: str, steps: Sequence[Step], by: Actor, now: datetime) -> Demand:
    """The office says how it will carry the clause out. A new plan takes the place of the one before."""
    _require_work(demand, by)
    if not text.strip() or not steps:
        raise NothingPlanned
    if len(steps) > MOST_STEPS:
        raise TooManySteps(most=MOST_STEPS)
    if demand.duty.state not in {DutyState.OPEN, DutyState.RETURNED}:
        raise DutyMovedMeanwhile
    to = {"plan": text.strip(), "planned_at": now, "planned_by_name": by.name}
    if not change_row(demand, still={"planned_at": demand.planned_at}, to=to):
        raise DutyMovedMeanwhile
    done = {row.text: row for row in demand.steps.filter(done_at__isnull=False)}
    PlanStep.objects.filter(demand=demand).delete()
    PlanStep.objects.bulk_create(_row(demand, number, step, done) for number, step in enumerate(steps, 1))
    _note(demand, events.Planned(unit=demand.unit_path, steps=len(steps)), by, now)
    return demand


def _row(demand: Demand, number: int, step: Step, done: dict[str, PlanStep]) -> PlanStep:
    """A step that was done stays done in the new plan."""
    before = done.get(step.text)
    return PlanStep(
        demand=demand,
        number=number,
        text=step.text,
        due_on=step.due_on,
        responsible=step.responsible,
        done_at=before.done_at if before else None,
        done_by_name=before.done_by_name if before else "",
    )


@transaction.atomic
def step_done(*, step: PlanStep, by: Actor, now: datetime) -> PlanStep:
    """One step of the plan was done."""
    demand = step.demand
    _require_work(demand, by)
    if not change_row(step, still={"done_at": None}, to={"done_at": now, "done_by_name": by.name}):
        raise DutyMovedMeanwhile
    _note(demand, events.StepDone(unit=demand.unit_path, number=step.number), by, now)
    return step


@transaction.atomic
def attach_proof(*, demand: Demand, upload: Upload, by: Actor, now: datetime) -> Evidence:
    """A file that proves what was done; before the report or with it."""
    _require_work(demand, by)
    return attach(subject=demand.code, unit_path=demand.unit_path, upload=upload, by=by, now=now)


@transaction.atomic
def report(*, demand: Demand, text: str, uploads: Sequence[Upload], by: Actor, now: datetime) -> Demand:
    """The office has carried it out, says how and proves it."""
    _require_work(demand, by)
    if not text.strip():
        raise NothingReported
    hold(demand)
    for upload in uploads:
        attach_proof(demand=demand, upload=upload, by=by, now=now)
    if not has_files(demand) and not demand.proofs:
        raise NoProof
    # The report first: whoever judges it must be another, and the row says so.
    to = {"reported_by": by.code, "reported_by_name": by.name, "judged_by": "", "judged_by_name": "", "judged_at": None}
    change_row(demand, still={}, to=to)
    _note(demand, events.Reported(unit=demand.unit_path), by, now)
    answer(duty=demand.duty, text=text.strip(), by=by, now=now)
    return demand


def has_files(demand: Demand) -> bool:
    """Whether files were handed in with the report itself."""
    return Evidence.objects.filter(subject=demand.code).exists()


def may_prove(demand: Demand, by: Actor) -> bool:
    """Whether somebody may write down what they did as its proof."""
    return demand.unit_path == by.unit_path and by.may(Power.PROOF_GIVE)


@transaction.atomic
def lower(*, demand: Demand, by: Actor, now: datetime) -> None:
    """A proof on which the report rests has fallen away. Part of the deed that returned it.

    What was confirmed waits for the secretary again; where nothing proves it any more it goes back to the office.
    """
    duty = demand.duty
    if duty.state not in {DutyState.ACCEPTED, DutyState.ANSWERED}:
        return
    change_row(demand, still={}, to={"judged_by": "", "judged_by_name": "", "judged_at": None, "judged_why": ""})
    if duty.state == DutyState.ACCEPTED:
        question(duty=duty, by=by, now=now)
    if not demand.proofs and not has_files(demand):
        with override(_OFFICE):
            why = gettext("The proof on which this report rests was returned or withdrawn. Prove it anew.")
        change_row(demand, still={}, to={"judged_at": now, "judged_why": why})
        send_back(duty=duty, reason=why, by=by, now=now)
    _note(demand, events.Lowered(unit=demand.unit_path), by, now)


def may_judge(demand: Demand, by: Actor) -> bool:
    """Whether somebody may confirm or return a report."""
    try:
        require_judge(demand, by)
    except Refusal:
        return False
    return True


def require_judge(demand: Demand, by: Actor) -> None:
    """Raise unless the actor is secretary of the house that issued it, or of one between that and the doer."""
    if not by.may(Power.PROOF_JUDGE):
        by.require(Power.DIRECTIVE_ISSUE)
    house = house_of(by.unit_path)
    if not is_under(demand.unit_path, house) or not is_under(house, demand.directive.unit_path):
        raise NotYoursToJudge
    if by.code == demand.reported_by or by.unit_path == demand.unit_path:
        raise OwnWork


def _power(by: Actor) -> Power:
    return Power.PROOF_JUDGE if by.may(Power.PROOF_JUDGE) else Power.DIRECTIVE_ISSUE


@transaction.atomic
def confirm(*, demand: Demand, by: Actor, now: datetime) -> Demand:
    """The clause was carried out."""
    require_judge(demand, by)
    if not has_files(demand) and not _accepted(demand):
        raise ProofNotAccepted
    hold(demand)
    _judged(demand, "", by, now)
    accept(duty=demand.duty, by=by, now=now, power=_power(by))
    _note(demand, events.Confirmed(unit=demand.unit_path), by, now)
    settle(demand.directive, by=by, now=now)
    return demand


@transaction.atomic
def return_report(*, demand: Demand, why: str, by: Actor, now: datetime) -> Demand:
    """The report is not enough; its clock goes on."""
    require_judge(demand, by)
    if not why.strip():
        raise WhyReturned
    hold(demand)
    _judged(demand, why.strip(), by, now)
    send_back(duty=demand.duty, reason=why.strip(), by=by, now=now, power=_power(by))
    _note(demand, events.Returned(unit=demand.unit_path), by, now)
    return demand


def _accepted(demand: Demand) -> bool:
    code = demand.code.removeprefix(f"{KIND}:")
    return support_of(KIND, [code])[code].is_proven


def _judged(demand: Demand, why: str, by: Actor, now: datetime) -> None:
    to = {"judged_at": now, "judged_by": by.code, "judged_by_name": by.name, "judged_why": why}
    change_row(demand, still={}, to=to)
