"""What is done about what flatters figures: have offices looked at, keep what was found, explain or uphold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.evaluation.models import Finding, State, Watching
from takrim.evaluation.moves import Move, move, scope_of
from takrim.evaluation.reads import provinces_of
from takrim.evaluation.watched import Seen
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.powers import Power


class PeriodToCome(Refusal):
    code = "period_to_come"
    status = 422
    message = _("This period has not begun yet: choose one whose figures are there.")


class FindingReasonUnsaid(Refusal):
    code = "finding_reason_unsaid"
    status = 422
    message = _("Write what explains the finding, or why it stands: the office reads it.")


@dataclass(frozen=True, kw_only=True)
class WatchAsked(Event):
    verb = "watch.asked"
    sentence = _("The figures of {unit} and below are being looked at for what flatters them.")
    unit: str
    period: str


@dataclass(frozen=True, kw_only=True)
class FindingEvent(Event):
    """`many` cases stand behind it; whose hand it was is not told here."""

    verb: ClassVar[str] = "finding"
    sentence: ClassVar[str | Promise] = ""
    unit: str
    watch: str
    period: str
    many: int


@dataclass(frozen=True, kw_only=True)
class FindingKept(FindingEvent):
    verb = "finding.kept"
    sentence = _("Something unusual was found in the figures of {unit}.")


@dataclass(frozen=True, kw_only=True)
class FindingLookedAt(FindingEvent):
    verb = "finding.looked_at"
    sentence = _("Somebody looks into the finding.")


@dataclass(frozen=True, kw_only=True)
class FindingExplained(FindingEvent):
    verb = "finding.explained"
    sentence = _("The finding was explained.")


@dataclass(frozen=True, kw_only=True)
class FindingUpheld(FindingEvent):
    verb = "finding.upheld"
    sentence = _("The finding was upheld.")


@transaction.atomic
def ask(*, period: Period, by: Actor, now: datetime) -> Watching:
    """Have the offices in reach looked at; while that goes on, asking again gives the same."""
    path = scope_of(by)
    if not path:
        raise NotAllowed(power=Power.ROUND_RUN)
    if period.start() > local_date(now):
        raise PeriodToCome
    row = Watching(
        path=path,
        period=period.code,
        asked_by=by.code,
        asked_name=by.name,
        asked_at=now,
        total=len(provinces_of(path)),
    )
    # ON CONFLICT DO NOTHING: a clash must not break the caller's transaction on PostgreSQL.
    Watching.objects.bulk_create([row], ignore_conflicts=True)
    watching = Watching.objects.get(path=path, period=period.code, finished_at=None)
    if watching.asked_at == now and watching.asked_by == by.code:
        event = WatchAsked(unit=path, period=period.code)
        record(event, on=f"watching:{watching.pk}", unit_path=path, by=by, at=now)
    return watching


@transaction.atomic
def keep(*, watching: Watching, province: str, seen: Sequence[Seen], by: Actor, now: datetime) -> bool:
    """Keep what was found in one province, and that it had its turn; False when it had had it before."""
    by.require(Power.ROUND_RUN)
    mine = Watching.objects.filter(pk=watching.pk, finished_at=None, cursor=watching.cursor)
    new = 0
    if mine.update(cursor=province, done=F("done") + 1) != 1:
        return False
    for one in seen:
        new += _keep_one(watching, one, by=by, now=now)
    Watching.objects.filter(pk=watching.pk).update(found=F("found") + new)
    watching.cursor, watching.done, watching.found = province, watching.done + 1, watching.found + new
    return True


def _keep_one(watching: Watching, one: Seen, *, by: Actor, now: datetime) -> bool:
    """Keep one finding; True when it is new. Known and not decided yet, it takes the numbers of today."""
    known = {"period": watching.period, "unit_path": one.unit, "watch": one.watch, "key": one.found.key}
    seen = {
        "numbers": dict(one.found.numbers),
        "limits": {name: limit.value for name, limit in one.by.limits.items()},
        "unusual": str(one.found.unusual),
        "thousandths": int(one.found.unusual * 1000),
        "cases": list(one.found.cases),
    }
    rows = Finding.objects.filter(**known)
    if rows.exists():
        rows.filter(state__in=[State.NEW, State.LOOKED_AT]).update(**seen)
        return False
    finding = Finding(**known, **seen, found_at=now, watching=watching)
    finding.save(force_insert=True)
    _tell(FindingKept, finding, by=by, now=now)
    return True


def _tell(event: type[FindingEvent], finding: Finding, *, by: Actor, now: datetime) -> None:
    told = event(
        unit=finding.unit_path, watch=finding.watch, period=finding.period, many=int(finding.numbers.get("many", 0))
    )
    record(told, on=f"finding:{finding.pk}", unit_path=finding.unit_path, by=by, at=now)


@transaction.atomic
def finish(*, watching: Watching, by: Actor, now: datetime) -> bool:
    """All provinces have had their turn."""
    by.require(Power.ROUND_RUN)
    return bool(Watching.objects.filter(pk=watching.pk, finished_at=None).update(finished_at=now))


@transaction.atomic
def look_into(*, finding: Finding, by: Actor, now: datetime) -> None:
    """Somebody takes it up: the others see who."""
    move(finding, Move.LOOK, by=by, looked_at=now, looked_name=by.name)
    _tell(FindingLookedAt, finding, by=by, now=now)


@transaction.atomic
def explain(*, finding: Finding, reason: str, by: Actor, now: datetime) -> None:
    """There is a good reason for what was found."""
    _decide(finding, Move.EXPLAIN, reason, by=by, now=now)
    _tell(FindingExplained, finding, by=by, now=now)


@transaction.atomic
def uphold(*, finding: Finding, reason: str, by: Actor, now: datetime) -> None:
    """It is what it looks like. No score changes: whoever assesses the office reads it."""
    _decide(finding, Move.UPHOLD, reason, by=by, now=now)
    _tell(FindingUpheld, finding, by=by, now=now)


def _decide(finding: Finding, step: Move, reason: str, *, by: Actor, now: datetime) -> None:
    if not reason.strip():
        raise FindingReasonUnsaid
    decided = {"decided_at": now, "decided_by": by.code, "decided_name": by.name, "reason": reason.strip()}
    move(finding, step, by=by, **decided)
