"""What an office owes at this moment: how much of what by when, and which stage holds what is late."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from enum import StrEnum, auto
from typing import Any, NamedTuple

from django.db import models
from django.db.models import Count, Max, OuterRef, Subquery, Value, When

from takrim.base.clock import TEHRAN, local
from takrim.cases.charging import decisive, happened_to
from takrim.cases.models import Case, State
from takrim.cases.models_partners import Inquiry
from takrim.cases.queries import heads_about, of_ours
from takrim.duties.kind import Head, heads_of
from takrim.duties.models import Duty, DutyQuerySet
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry

# Python's weekday() of Saturday, with which the week begins.
_SATURDAY = 5


class Week(StrEnum):
    """When something is due, as the page groups it."""

    LATE = auto()
    THIS = auto()
    NEXT = auto()
    LATER = auto()
    UNDATED = auto()


class Cell(NamedTuple):
    """So many duties of one kind of one office, due in one week. `message` is the case's kind of message."""

    unit_path: str
    kind: str
    message: str
    week: Week
    many: int


def next_saturday(now: datetime) -> datetime:
    """The first moment of the coming week."""
    today = local(now).date()
    ahead = (_SATURDAY - today.weekday()) % 7 or 7
    return datetime.combine(today + timedelta(days=ahead), time(), TEHRAN)


def owed_now(duties: DutyQuerySet, now: datetime) -> list[Cell]:
    """All that offices owe, counted; what bodies outside were asked is not theirs. One query."""
    saturday = next_saturday(now)
    week = models.Case(
        When(due_at=None, then=Value(Week.UNDATED)),
        When(due_at__lt=now, then=Value(Week.LATE)),
        When(due_at__lt=saturday, then=Value(Week.THIS)),
        When(due_at__lt=saturday + timedelta(days=7), then=Value(Week.NEXT)),
        default=Value(Week.LATER),
        output_field=models.TextField(),
    )
    message = Subquery(Case.objects.filter(code=OuterRef("about")).values("kind")[:1])
    rows = of_ours(duties.owed()).annotate(week=week, message=message).order_by()
    counted = rows.values_list("unit_path", "kind", "message", "week").annotate(many=Count("id"))
    return [Cell(path, kind, text or "", Week(when), many) for path, kind, text, when, many in counted]


class Stage(StrEnum):
    """What a late matter waits for."""

    NOT_TAKEN_UP = auto()
    UNDER_REVIEW = auto()
    OBJECTED_TO = auto()
    OTHER_OFFICES = auto()
    OUTSIDE = auto()
    TRANSFER = auto()
    APPLICANT = auto()
    DRAFT_KEPT = auto()
    APPROVAL = auto()
    DELIVERY = auto()
    REPLY = auto()
    JUDGMENT = auto()
    NOT_DONE = auto()
    CONFIRMATION = auto()


_STAGES = {
    State.REGISTERED: Stage.NOT_TAKEN_UP,
    State.UNDER_REVIEW: Stage.UNDER_REVIEW,
    State.REOPENED: Stage.OBJECTED_TO,
    State.REFERRED: Stage.OTHER_OFFICES,
    State.AWAITING_COMPLETION: Stage.APPLICANT,
    State.AWAITING_INQUIRY: Stage.OUTSIDE,
    State.TRANSFERRED: Stage.TRANSFER,
    State.DRAFTED: Stage.DRAFT_KEPT,
    State.AWAITING_APPROVAL: Stage.APPROVAL,
    State.APPROVED: Stage.DELIVERY,
}


@dataclass(frozen=True)
class Held:
    """A late duty, its case, the stage that holds it, where it lies, and since when nothing happened.

    `at` are the offices it lies with, `outside` the names of the bodies outside that were asked. `late_with`: how long
    it has lain with which office since it is late. What is about no case has a `head` and no `case`.
    """

    duty: Duty
    case: dict[str, Any]
    stage: Stage
    at: tuple[str, ...]
    since: datetime | None
    outside: tuple[str, ...] = ()
    late_with: Mapping[str, timedelta] = field(default_factory=dict)
    head: Head | None = None


def late_and_why(duties: DutyQuerySet, now: datetime, limit: int) -> list[Held]:
    """The longest overdue first. Six queries for cases, however many they are."""
    late = list(of_ours(duties.overdue(now)).order_by("due_at", "id")[:limit])
    codes = {duty.about for duty in late}
    cases = heads_about(codes)
    asked = _asked(codes)
    outside = _asked_outside([code for code in cases if cases[code]["state"] == State.AWAITING_INQUIRY])
    since = dict(Entry.objects.filter(subject__in=codes).order_by().values_list("subject").annotate(last=Max("at")))
    others = heads_of(late)
    held = [
        _held_otherwise(duty, others[duty.pk], since)
        if duty.pk in others
        else _held(duty, cases[duty.about], asked, since)
        for duty in late
        if duty.pk in others or duty.about in cases
    ]
    told = happened_to(codes) if codes else {}
    return [_with(outside, replace(one, late_with=_late_with(one.duty, told, now))) for one in held]


def _late_with(duty: Duty, told: Mapping[str, Sequence[Entry]], now: datetime) -> Mapping[str, timedelta]:
    charge = decisive(duty, told.get(duty.about, ()), now)
    return charge.late_with if charge else {}


def _asked_outside(codes: Collection[str]) -> dict[str, list[str]]:
    """The names of the bodies whose answer is missing, by case. No query where no case waits for one."""
    found: dict[str, list[str]] = {}
    if not codes:
        return found
    waiting = Inquiry.objects.waiting().filter(case__code__in=codes).order_by("id")
    for code, name in waiting.values_list("case__code", "partner__name"):
        found.setdefault(code, []).append(name)
    return found


def _with(outside: dict[str, list[str]], held: Held) -> Held:
    """A case that waits for a body outside lies there, not with the office."""
    names = outside.get(held.duty.about) if held.stage is Stage.OUTSIDE else None
    return replace(held, at=(), outside=tuple(names)) if names else held


def _asked(codes: Iterable[str]) -> dict[str, list[str]]:
    """The offices whose reply is missing, by case."""
    found: dict[str, list[str]] = {}
    open_still = Duty.objects.owed().filter(about__in=codes, kind="referral").exclude(state=DutyState.ANSWERED)
    for about, path in open_still.order_by("id").values_list("about", "unit_path"):
        found.setdefault(about, []).append(path)
    return found


def _held(duty: Duty, case: dict[str, Any], asked: dict[str, list[str]], since: dict[str, datetime]) -> Held:
    last = since.get(duty.about)
    if duty.kind == "referral":
        judged = duty.state == DutyState.ANSWERED
        at = (duty.judge_path or case["unit_path"],) if judged else (duty.unit_path,)
        return Held(duty, case, Stage.JUDGMENT if judged else Stage.REPLY, at, last)
    stage = _STAGES.get(State(case["state"]), Stage.UNDER_REVIEW)
    offices = tuple(asked.get(duty.about, ())) if stage is Stage.OTHER_OFFICES else ()
    return Held(duty, case, stage, offices or (duty.unit_path,), last)


def _held_otherwise(duty: Duty, head: Head, since: dict[str, datetime]) -> Held:
    """What is owed about no case is done, or reported and not yet confirmed."""
    reported = duty.state == DutyState.ANSWERED
    at = duty.judge_path if reported and duty.judge_path else duty.unit_path
    stage = Stage.CONFIRMATION if reported else Stage.NOT_DONE
    return Held(duty, {}, stage, (at,), since.get(duty.about), head=head)
