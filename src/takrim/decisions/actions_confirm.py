"""What the secretary says of parts: confirmed, partly, not fulfilled, sent back, stopped, cancelled, put off."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.decisions import events
from takrim.decisions.actions_write import KIND, TooEarly
from takrim.decisions.doers import require_confirmer, require_keeper
from takrim.decisions.models import Report, Share, State, Verdict
from takrim.decisions.moves import DecisionCannotMove, Move, can, move
from takrim.decisions.order import hold_part
from takrim.decisions.settling import settle
from takrim.duties import actions as duties
from takrim.duties import actions_clocks as clocks
from takrim.duties.actions import Term, open_duty
from takrim.duties.models import State as DutyState
from takrim.duties.regime import NO_MATTER
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

CONFIRM = Power.DECISION_CONFIRM


class WhyUnsaid(Refusal):
    code = "decision_why_unsaid"
    status = 422
    message = _("Say why: whoever carries it out and the next meeting read it.")


@transaction.atomic
def confirm(*, share: Share, by: Actor, now: datetime) -> Share:
    """It was done as decided."""
    require_confirmer(share, by, local_date(now))
    hold_part(share)
    move(share, Move.CONFIRM, by=by, now=now, reason="")
    _judge(share, Verdict.CONFIRMED, "", by, now)
    duties.accept(duty=share.duty, by=by, now=now, power=CONFIRM)
    event = events.PartFulfilled(**_facts(share), answered=share.duty.answered_at, due=share.duty.due_at)
    return _told(share, event, by, now)


@transaction.atomic
def confirm_partly(*, share: Share, why: str, by: Actor, now: datetime) -> Share:
    """Only a part of it was done, and that is where it stays; the reason says what is missing."""
    require_confirmer(share, by, local_date(now))
    _require_reason(why)
    hold_part(share)
    move(share, Move.CONFIRM_PARTLY, by=by, now=now, reason=why.strip())
    _judge(share, Verdict.PARTLY, why, by, now)
    duties.accept(duty=share.duty, by=by, now=now, power=CONFIRM)
    return _told(share, events.PartPartly(**_facts(share)), by, now)


@transaction.atomic
def refuse(*, share: Share, why: str, by: Actor, now: datetime) -> Share:
    """It was not done: by the report itself, or nobody ever reported."""
    require_confirmer(share, by, local_date(now))
    _require_reason(why)
    hold_part(share)
    move(share, Move.REFUSE, by=by, now=now, reason=why.strip())
    _judge(share, Verdict.REFUSED, why, by, now)
    duties.withdraw(duty=share.duty, by=by, now=now, power=CONFIRM)
    return _told(share, events.PartRefused(**_facts(share), due=share.duty.due_at), by, now)


@transaction.atomic
def send_back(*, share: Share, why: str, by: Actor, now: datetime) -> Share:
    """The report is not enough: it goes back to the office, with a time of its own."""
    require_confirmer(share, by, local_date(now))
    _require_reason(why)
    hold_part(share)
    move(share, Move.RETURN, by=by, now=now, returned=share.returned + 1)
    last = _judge(share, Verdict.RETURNED, why, by, now)
    duties.send_back(duty=share.duty, reason=why.strip(), by=by, now=now, power=CONFIRM)
    event = events.ReportReturned(**_facts(share), report=last.number if last else 0)
    record(event, on=share.subject, unit_path=share.unit_path, by=by, at=now)
    clocks.stepped(about=share.subject, kind=KIND, verb=event.verb, matter=NO_MATTER, now=now)
    share.duty.refresh_from_db()
    settle(share.decision, by=by, now=now)
    return share


@transaction.atomic
def stop(*, share: Share, why: str, by: Actor, now: datetime) -> Share:
    """It cannot be carried out for now."""
    require_keeper(share.body_id, by, local_date(now))
    _require_reason(why)
    hold_part(share)
    move(share, Move.STOP, by=by, now=now, reason=why.strip())
    duties.withdraw(duty=share.duty, by=by, now=now, power=CONFIRM)
    return _told(share, events.PartStopped(**_facts(share)), by, now)


@transaction.atomic
def cancel(*, share: Share, why: str, by: Actor, now: datetime) -> Share:
    """It is not to be carried out any more."""
    require_keeper(share.body_id, by, local_date(now))
    _require_reason(why)
    hold_part(share)
    owed = share.duty.owed
    move(share, Move.CANCEL, by=by, now=now, reason=why.strip())
    if owed:
        duties.withdraw(duty=share.duty, by=by, now=now, power=CONFIRM)
    return _told(share, events.PartCancelled(**_facts(share)), by, now)


@transaction.atomic
def go_on(*, share: Share, term: Term, by: Actor, now: datetime) -> Share:
    """What was stopped or not done is to be done after all: owed anew, by a new date."""
    require_keeper(share.body_id, by, local_date(now))
    _require_ahead(term, now)
    hold_part(share)
    duty = open_duty(
        kind=KIND,
        about=share.subject,
        unit=share.unit,
        by=by,
        now=now,
        term=term,
        task=share.task or share.decision.text,
        judge_path=share.decision.unit_path,
    )
    move(share, Move.GO_ON, by=by, now=now, reason="", duty=duty)
    return _told(share, events.PartGoesOn(**_facts(share)), by, now)


@transaction.atomic
def postpone(*, share: Share, until: datetime, why: str, by: Actor, now: datetime) -> Share:
    """Another last day; the reason stands beside how the date was counted."""
    require_keeper(share.body_id, by, local_date(now))
    _require_reason(why)
    _require_ahead(Term(fixed=until), now)
    hold_part(share)
    share.refresh_from_db(fields=["state"])
    if not can(share, Move.REPORT):
        raise DecisionCannotMove(state=share.state, move="postpone")
    clocks.postpone(duty=share.duty, until=until, reason=why.strip(), by=by, now=now, power=CONFIRM)
    return share


@transaction.atomic
def question(*, share: Share, cause: str, by: Actor, now: datetime) -> bool:
    """What proved it has fallen away: it waits to be confirmed again. False where nothing had been confirmed.

    Part of the deed that returned or rejected the proof; `cause` names it.
    """
    if not can(share, Move.QUESTION):
        return False
    hold_part(share)
    was, duty = share.state, share.duty
    move(share, Move.QUESTION, by=by, now=now, reason="")
    Report.objects.filter(share=share, verdict__in=[Verdict.CONFIRMED, Verdict.PARTLY]).update(
        verdict=Verdict.WAITING, judged_at=None, judged_by="", why=""
    )
    if share.duty.state == DutyState.ACCEPTED:
        duties.question(duty=share.duty, by=by, now=now)
    done = {"answered": duty.answered_at, "due": duty.due_at} if was == State.FULFILLED else {}
    event = events.PartQuestioned(**_facts(share), cause=cause, **done)
    record(event, on=share.subject, unit_path=share.unit_path, by=by, at=now)
    settle(share.decision, by=by, now=now)
    return True


def _require_reason(why: str) -> None:
    if not why.strip():
        raise WhyUnsaid


def _require_ahead(term: Term, now: datetime) -> None:
    if term.fixed is not None and term.fixed < now:
        raise TooEarly


def _judge(share: Share, verdict: Verdict, why: str, by: Actor, now: datetime) -> Report | None:
    """What was said of the report that waits, if one does."""
    last = share.reports.order_by("-number").first()
    if last is None or last.verdict != Verdict.WAITING:
        return None
    Report.objects.filter(pk=last.pk, verdict=Verdict.WAITING).update(
        verdict=verdict, why=why.strip(), judged_at=now, judged_by=by.name
    )
    return last


def _facts(share: Share) -> events.PartFacts:
    return {"body": share.body_id, "unit": share.unit_path, "decision": share.decision.code}


def _told(share: Share, event: events.OfPart, by: Actor, now: datetime) -> Share:
    record(event, on=share.subject, unit_path=share.unit_path, by=by, at=now)
    settle(share.decision, by=by, now=now)
    return share
