"""A round is defined, opened, put off, cancelled; its assessors are appointed."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import TEHRAN, local_date
from takrim.base.codes import new_code
from takrim.base.errors import Refusal
from takrim.base.jalali import JalaliDate
from takrim.base.period import Period
from takrim.councils.models import Body
from takrim.duties.actions import Term, open_duty, withdraw
from takrim.duties.models import Duty
from takrim.evaluation import round_events as events
from takrim.evaluation.models_entrants import Assessor, Entrant, Referee
from takrim.evaluation.models_plans import PlanState, PlanVersion
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.round_moves import Move, RoundCannotMove, move, require_runs, scope_of
from takrim.evaluation.round_people import barred, posts_of
from takrim.journal.record import record, take_chains
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Person, Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power
from takrim.orgs.rows import change

DAYS: Final = ("declare_from", "declare_until", "assess_until", "preliminary_on", "object_until", "final_on")
SELF_ASSESSMENT: Final = "self_assessment"
FEWEST: Final = 2
_SEEDS: Final = 10**9
_LATEST: Final = time(23, 59)


class PlanNotReady(Refusal):
    code = "plan_not_ready"
    status = 422
    message = _("This version of the plan is not ready, or no longer: choose one that is.")


class TooFewOffices(Refusal):
    code = "too_few_offices"
    status = 422
    message = _("A round compares at least {fewest} offices of the kind that the plan is for.")


class WrongOffice(Refusal):
    code = "wrong_office"
    status = 422
    message = _("“{office}” is not of the kind that this plan compares, or does not belong here.")


class DaysOutOfOrder(Refusal):
    code = "round_days_out_of_order"
    status = 422
    message = _("The days of the calendar must follow one another, from the first of self-assessment to the result.")


class NobodyAssesses(Refusal):
    code = "nobody_assesses"
    status = 422
    message = _("Nobody among the assessors may look at “{office}”: add somebody who has no post there.")


class NobodyAnswers(Refusal):
    code = "nobody_answers_objections"
    status = 422
    message = _("Say who answers objections: a committee, or persons by name.")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a round is to be. `days` by the names in DAYS; a committee, or persons, answer objections."""

    title_fa: str
    plan: PlanVersion
    path: str
    units: Sequence[Unit]
    period: Period
    days: Mapping[str, date]
    assessors: Sequence[Person]
    committee: Body | None = None
    referees: Sequence[Person] = ()
    second_percent: int = 20
    title_en: str = ""
    groups: Mapping[str, str] | None = None
    # For demonstrations: else they are drawn.
    seed: int | None = None
    code: str = ""


@transaction.atomic
def define(*, wish: Wish, by: Actor, now: datetime) -> Round:
    """Write down which offices are compared by what, when, and who assesses them. Nothing is told to them yet."""
    scope = scope_of(by)
    if not scope or not is_under(wish.path, scope):
        raise NotAllowed(power=Power.ROUND_RUN)
    _check(wish)
    made = Round(
        code=wish.code or _free_code(now),
        title_fa=wish.title_fa.strip(),
        title_en=wish.title_en.strip(),
        plan=wish.plan,
        path=wish.path,
        of=wish.plan.of,
        period=wish.period.code,
        second_percent=wish.second_percent,
        seed=secrets.randbelow(_SEEDS) if wish.seed is None else wish.seed,
        committee=wish.committee,
        defined_at=now,
        defined_by=by.code,
        defined_name=by.name,
        **wish.days,
    )
    made.save(force_insert=True)
    _people(made, wish, by)
    event = events.Defined(
        unit=made.path, offices=len(wish.units), plan=wish.plan.subject, period=made.period, seed=made.seed
    )
    record(event, on=made.subject, unit_path=made.path, by=by, at=now)
    return made


def _check(wish: Wish) -> None:
    if wish.plan.state != PlanState.READY or not is_under(wish.path, wish.plan.path):
        raise PlanNotReady
    for unit in wish.units:
        if unit.kind != wish.plan.of or not is_under(unit.path, wish.path):
            raise WrongOffice(office=unit.short)
    if len({unit.pk for unit in wish.units}) < FEWEST:
        raise TooFewOffices(fewest=FEWEST)
    _check_days(wish.days)
    if wish.committee is None and not wish.referees:
        raise NobodyAnswers
    posts = posts_of([one.pk for one in wish.assessors], wish.period.start())
    for unit in wish.units:
        if all(barred(unit.path, posts.get(one.pk, [])) for one in wish.assessors):
            raise NobodyAssesses(office=unit.short)


def _check_days(days: Mapping[str, date]) -> None:
    if set(days) != set(DAYS) or sorted(days[name] for name in DAYS) != [days[name] for name in DAYS]:
        raise DaysOutOfOrder


def _people(made: Round, wish: Wish, by: Actor) -> None:
    groups = wish.groups or {}
    Entrant.objects.bulk_create(
        Entrant(
            round=made,
            unit=unit,
            unit_path=unit.path,
            name_fa=unit.name_fa,
            name_en=unit.name_en,
            group=groups.get(unit.path, ""),
        )
        for unit in sorted({unit.pk: unit for unit in wish.units}.values(), key=lambda one: one.path)
    )
    paths = {person: (posts[0] if posts else "") for person, posts in _posts(wish, by).items()}
    Assessor.objects.bulk_create(
        Assessor(round=made, person=one, name=one.name, unit_path=paths.get(one.pk, ""))
        for one in {one.pk: one for one in wish.assessors}.values()
    )
    Referee.objects.bulk_create(
        Referee(round=made, person=one, name=one.name, unit_path=paths.get(one.pk, ""))
        for one in {one.pk: one for one in wish.referees}.values()
    )


def _posts(wish: Wish, by: Actor) -> Mapping[int, Sequence[str]]:
    return posts_of([one.pk for one in (*wish.assessors, *wish.referees)], wish.period.start())


def _free_code(now: datetime) -> str:
    year = JalaliDate.from_date(local_date(now)).year
    while Round.objects.filter(code=(code := new_code(year, secrets.randbelow))).exists():
        pass
    return code


def end_of(day: date) -> datetime:
    """The last moment of a day of the calendar."""
    return datetime.combine(day, _LATEST, TEHRAN)


@transaction.atomic
def open_round(*, round: Round, by: Actor, now: datetime) -> Round:
    """Self-assessment begins: every office owes it by the last day for it."""
    require_runs(round, by)
    entrants = list(round.entrants.select_related("round", "unit").order_by("unit_path"))
    take_chains([round.path, *(entrant.unit_path for entrant in entrants)])
    move(round, Move.OPEN, opened_at=now)
    term = Term(fixed=max(end_of(round.declare_until), now))
    for entrant in entrants:
        open_duty(
            kind=SELF_ASSESSMENT,
            about=entrant.subject,
            unit=entrant.unit,
            by=by,
            now=now,
            term=term,
            task=round.title_fa,
        )
    record(events.Opened(unit=round.path), on=round.subject, unit_path=round.path, by=by, at=now)
    return round


@transaction.atomic
def reschedule(*, round: Round, days: Mapping[str, date], by: Actor, now: datetime) -> Round:
    """Other days, for what has not begun yet; nothing that was done becomes late by it."""
    require_runs(round, by)
    _check_days(days)
    if round.is_over:
        raise RoundCannotMove(stage=round.stage, move="reschedule")
    if not change(round, still={"stage": round.stage}, to=dict(days)):
        raise RoundCannotMove(stage=round.stage, move="reschedule")
    event = events.Rescheduled(unit=round.path, days={name: day.isoformat() for name, day in days.items()})
    record(event, on=round.subject, unit_path=round.path, by=by, at=now)
    return round


class CancelReasonUnsaid(Refusal):
    code = "cancel_reason_unsaid"
    status = 422
    message = _("Say why the round is cancelled: every office in it reads it.")


@transaction.atomic
def cancel(*, round: Round, why: str, by: Actor, now: datetime) -> Round:
    """The round ends without a result; what the offices still owed for it is withdrawn."""
    require_runs(round, by)
    if not why.strip():
        raise CancelReasonUnsaid
    owed = list(owed_for(round))
    take_chains([round.path, *(duty.unit_path for duty in owed)])
    move(round, Move.CANCEL, cancelled_at=now, cancelled_why=why.strip())
    for duty in owed:
        withdraw(duty=duty, by=by, now=now, power=Power.ROUND_RUN)
    record(events.Cancelled(unit=round.path), on=round.subject, unit_path=round.path, by=by, at=now)
    return round


def owed_for(round: Round, kind: str = "") -> Sequence[Duty]:
    """What is still owed for a round: self-assessments, answers to objections."""
    abouts = [entrant.subject for entrant in round.entrants.select_related("round")]
    rows = Duty.objects.owed().filter(about__in=abouts)
    return list((rows.filter(kind=kind) if kind else rows).order_by("id"))


@transaction.atomic
def appoint(*, round: Round, person: Person, by: Actor, now: datetime) -> Assessor:
    """Somebody more assesses in the round, until its preliminary result is out."""
    require_runs(round, by)
    if round.stage not in {Stage.DEFINED, Stage.DECLARING, Stage.ASSESSING}:
        raise RoundCannotMove(stage=round.stage, move="appoint")
    posts = posts_of([person.pk], round.of_period.start()).get(person.pk, [])
    made, new = Assessor.objects.get_or_create(
        round=round, person=person, defaults={"name": person.name, "unit_path": posts[0] if posts else ""}
    )
    if new:
        event = events.Appointed(unit=round.path, person=person.pk)
        record(event, on=round.subject, unit_path=round.path, by=by, at=now)
    return made
