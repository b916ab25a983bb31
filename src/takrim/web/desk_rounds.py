"""What a desk reaches of rounds: the rounds themselves, their offices, their values, and what waits for this person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from takrim.councils.models import Body
from takrim.evaluation import rounds_read
from takrim.evaluation.models import Finding
from takrim.evaluation.models_entrants import Assessment, Entrant
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.models_rounds import Round, Stage
from takrim.evaluation.models_values import Improvement, Objection, Outcome, Value, ValueProof
from takrim.evaluation.round_moves import runs, scope_of
from takrim.evaluation.round_people import answered_by, is_barred, is_referee
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Person, Unit
from takrim.orgs.paths import is_under, lineage, under
from takrim.orgs.prepared import Prepared
from takrim.proofs.models import Action
from takrim.proofs.models import State as ProofState
from takrim.web.desk import Desk
from takrim.web.desk_council import MemberDesk, Reach

# Whoever works in one of these offices of the house may be asked to assess.
_HOUSE_KINDS = ("ministry", "directorate", "department")


def rounds(desk: Desk) -> QuerySet[Round]:
    """Rounds in scope or above it, and those in which the person has a part; newest first."""
    return rounds_read.seen_by(desk.actor).order_by("-id")


def round_with(desk: Desk, code: str) -> Round | None:
    """One of them by its code, with its plan and its committee. One query for most people."""
    found = rounds_read.with_code(code)
    return found if found is not None and rounds_read.sees(desk.actor, found) else None


def may_define(desk: Desk) -> bool:
    return bool(scope_of(desk.actor))


def entrants(round: Round) -> QuerySet[Entrant]:
    """The offices of a round that was reached through `rounds()`."""
    return Entrant.objects.filter(round=round).select_related("round__plan", "unit").order_by("unit_path")


def entrants_of(rounds: QuerySet[Round]) -> QuerySet[Entrant]:
    """The offices of several rounds that were reached."""
    return Entrant.objects.filter(round__in=rounds).select_related("round__plan", "unit")


def own_entrant(desk: Desk, round: Round) -> Entrant | None:
    """The person's own office in a round."""
    return _OF_OFFICE.first(round=round.pk, path=desk.actor.unit_path)


def entrant_with(round: Round, number: int) -> Entrant | None:
    """One office of a round that was reached."""
    found = _WITH_NUMBER.first(number=number, round=round.pk)
    if found is not None:
        found.round = round
    return found


_OF_OFFICE = Prepared(lambda round, path: Entrant.objects.filter(round_id=round, unit_path=path))
_WITH_NUMBER = Prepared(lambda number, round: Entrant.objects.filter(pk=number, round_id=round).select_related("unit"))


def assessments(desk: Desk) -> QuerySet[Assessment]:
    """What was given to this person to assess, in rounds that are at it; never as a substitute."""
    if not desk.actor.person or desk.actor.substitute_for_id is not None:
        return Assessment.objects.none()
    mine = Assessment.objects.filter(assessor__person_id=desk.actor.person, entrant__round__stage=Stage.ASSESSING)
    return mine.select_related("entrant__round__plan", "entrant__unit", "assessor").order_by("entrant__unit_path")


def looks_of(round: Round) -> QuerySet[Assessment]:
    """Who looks at which office of a round that was reached."""
    return Assessment.objects.filter(entrant__round=round).select_related("assessor")


def seen_twice(round: Round) -> QuerySet[Value]:
    """The values of the offices whose two assessments are finished, in a round that was reached."""
    done = Entrant.objects.filter(round=round, second=True).exclude(assessments__finished_at=None)
    return Value.objects.filter(entrant__in=done)


def entrant_of(round: Round, subject: str) -> Entrant | None:
    """Whose value, objection or step a file is about, if it is of this round, which was reached."""
    kind, _colon, code = subject.partition(":")
    rows = entrants(round)
    if kind == "value" and code.isdecimal():
        return rows.filter(pk__in=Value.objects.filter(pk=int(code)).values("entrant")).first()
    if kind == "objection":
        return rows.filter(pk__in=Objection.objects.filter(code=code).values("value__entrant")).first()
    if kind == "improvement":
        return rows.filter(pk__in=Improvement.objects.filter(duty__about=subject).values("entrant")).first()
    return None


def to_declare(desk: Desk) -> QuerySet[Entrant]:
    """Rounds in which the person's own office has yet to say how it stands."""
    rows = Entrant.objects.filter(unit_path=desk.actor.unit_path, declared_at=None, round__stage=Stage.DECLARING)
    return rows.select_related("round").order_by("round__declare_until")


def objections(desk: Reach, round: Round, on: date) -> QuerySet[Objection]:
    """Objections of a round: all for who runs it or answers them, and for everybody once it is final."""
    rows = rounds_read.objections_of(round)
    if round.stage == Stage.FINAL or runs(round, desk.actor) or is_referee(round, desk.actor, on):
        return rows
    return rows.filter(under(desk.actor.unit_path, "value__entrant__unit_path") if desk.actor.unit_path else Q(pk=None))


def waiting(desk: Reach, on: date) -> list[Objection]:
    """Objections that wait for this person's committee, save those that others of it must answer."""
    rows = Objection.objects.filter(outcome=Outcome.WAITING, value__entrant__round__stage=Stage.PRELIMINARY)
    rows = rows.filter(value__entrant__round__in=answered_by(desk.actor, on))
    rows = rows.exclude(value__entrant__assessments__assessor__person_id=desk.actor.person)
    rows = rows.select_related("value__entrant__round__plan", "duty").order_by("duty__due_at", "pk")
    return [row for row in rows if not is_barred(row.value.entrant, desk.actor.person)]


def answerable(desk: Reach, on: date) -> QuerySet[Round]:
    """The rounds of whose objections this desk may read: those it sees, and those whose objections the person answers.

    Of a round that is reached only so nothing else is shown.
    """
    seen = rounds_read.seen_by(desk.actor).values("pk")
    mine = answered_by(desk.actor, on).values("pk")
    return Round.objects.filter(Q(pk__in=seen) | Q(pk__in=mine)).select_related("plan", "committee")


def files() -> QuerySet[Evidence]:
    """Files; whoever shows one asks first whether its subject can be reached."""
    return Evidence.objects.select_related("file")


def goes_with_an_objection(desk: Reach, round: Round, subject: str, on: date) -> bool:
    """Whether a file belongs to an objection that this person answers, or to the value it is about."""
    if not is_referee(round, desk.actor, on):
        return False
    kind, _colon, code = subject.partition(":")
    rows = rounds_read.objections_of(round)
    if kind == "objection":
        return rows.filter(code=code).exists()
    return kind == "value" and code.isdecimal() and rows.filter(value_id=int(code)).exists()


def sees_values(desk: Reach, entrant: Entrant, on: date) -> bool:
    """Whether all that is said of an office may be read: by who runs the round, the office and those above it, by who
    answers objections; by every office in the round once it is final. An assessor at work reads only their own page.
    """
    round, actor = entrant.round, desk.actor
    if isinstance(desk, MemberDesk):
        # From outside one answers objections, and reads what they need.
        return False
    if round.stage == Stage.ASSESSING and _is_at(entrant, actor):
        return False
    if round.stage == Stage.FINAL or runs(round, actor):
        return True
    if actor.unit_path and is_under(entrant.unit_path, actor.unit_path):
        return True
    return round.stage == Stage.PRELIMINARY and is_referee(round, actor, on)


def _is_at(entrant: Entrant, actor: Actor) -> bool:
    """Whether somebody is assessing an office."""
    looks = Assessment.objects.filter(entrant=entrant, assessor__person_id=actor.person, finished_at=None)
    return looks.exists()


def versions(desk: Desk) -> QuerySet[PlanVersion]:
    """The plans by which this person may have offices compared: those of their house and of the houses above."""
    return PlanVersion.objects.ready().filter(path__in=lineage(scope_of(desk.actor))).order_by("code", "-number")


def units_for(desk: Desk, of: str, on: date) -> QuerySet[Unit]:
    """The offices of a kind in the house of who defines a round."""
    return Unit.objects.all().under(scope_of(desk.actor)).open(on).filter(kind=of).order_by("path")


def bodies(desk: Desk, on: date) -> QuerySet[Body]:
    """The committees that may answer objections in the house."""
    return Body.objects.all().at_work(on).filter(unit__path=scope_of(desk.actor)).order_by("name_fa")


def people(desk: Desk, on: date) -> QuerySet[Person]:
    """Who may assess or answer objections: who works in the house itself, not in the offices that are compared."""
    scope = scope_of(desk.actor)
    held = Holding.objects.valid(on).filter(under(scope, "post__unit__path"), post__unit__kind__in=_HOUSE_KINDS)
    if scope == "ir/":
        # People of provinces are not of the ministry's house.
        held = held.exclude(post__unit__kind="directorate").exclude(post__unit__path__regex=r"^ir/[^/]+/[^/]+/")
    return Person.objects.filter(is_active=True, pk__in=held.values("person_id")).order_by("name", "pk")


def proofs(desk: Desk) -> QuerySet[Action]:
    """Accepted proofs of the person's own office, newest first."""
    rows = Action.objects.filter(unit_path=desk.actor.unit_path, state=ProofState.ACCEPTED)
    return rows.order_by("-judged_at", "-pk")


def files_of(subjects: Collection[str]) -> dict[str, list[Evidence]]:
    """The files that hang on values, objections or steps that were reached, by subject. One query."""
    found: dict[str, list[Evidence]] = {}
    for row in Evidence.objects.filter(subject__in=subjects).select_related("file").order_by("id"):
        found.setdefault(row.subject, []).append(row)
    return found


def named_of(values: Collection[int]) -> dict[int, list[Action]]:
    """The proofs that were named for values that were reached, by value. One query."""
    found: dict[int, list[Action]] = {}
    for row in ValueProof.objects.filter(value__in=values).select_related("action").order_by("id"):
        found.setdefault(row.value_id, []).append(row.action)
    return found


def findings(desk: Desk, entrant: Entrant) -> Sequence[Finding]:
    """What watches found in an office that was reached, in the months of the round: for who assesses it."""
    codes = [entrant.round.period, *(month.code for month in entrant.round.of_period.months())]
    return list(Finding.objects.filter(unit_path=entrant.unit_path, period__in=codes).order_by("-thousandths")[:10])
