"""The call-back sample: drawn by the system, called by somebody of another office, at different times."""

from __future__ import annotations

import hashlib
import hmac
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import TEHRAN, local, local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.cases.actions_replies import write_after
from takrim.cases.delivery import IMPOSSIBLE
from takrim.cases.hands import hands_of
from takrim.cases.judging import judge
from takrim.cases.models import Answer, State
from takrim.cases.models_judged import Call, CallDraw, CallQuerySet, Outcome
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_of
from takrim.orgs.paths import ROOT, lineage, under
from takrim.orgs.powers import Power
from takrim.orgs.units import house_of
from takrim.surveys.actions import SurveyDone
from takrim.surveys.calls import calls, drawn
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire

# A call that was begun and not brought to an end is anybody's again after this.
TAKEN_FOR = timedelta(minutes=30)
# Whom nobody calls again, whatever is drawn.
_LEFT_ALONE = (Outcome.DECLINED, Outcome.WRONG_NUMBER)


@dataclass(frozen=True, kw_only=True)
class CallsDrawn(Event):
    verb = "calls.drawn"
    sentence = _("{number} people were drawn to be asked by telephone ({period}).")
    unit: str
    period: str
    number: int


@dataclass(frozen=True, kw_only=True)
class CallMade(Event):
    """Told about the call, not in the case: whom it is about need not know who was called."""

    verb = "call.made"
    sentence = _("Call {attempt} for the survey: {outcome}.")
    unit: str
    outcome: str
    attempt: int


class NobodyToCall(Refusal):
    code = "nobody_to_call"
    message = _("Nobody waits for a call now. Look again later.")


class CallNotYours(Refusal):
    code = "call_not_yours"
    status = 404
    message = _("This call is not with you any more. Take the next one.")


def seed_of(period: Period) -> str:
    """Follows from the month and the signing key: nobody at an office can know beforehand who will be drawn."""
    return hmac.new(settings.SECRET_KEY.encode(), f"calls:{period}".encode(), hashlib.sha256).hexdigest()


def _candidates(period: Period) -> dict[str, list[tuple[str, int]]]:
    """(code:number, case) of the answers of a month that nobody has judged, by office. One query."""
    since, until = period.bounds()
    judged = Response.objects.filter(subject=OuterRef("case__code"), occasion=OuterRef("number"))
    left_alone = Call.objects.filter(case__party__mobile=OuterRef("case__party__mobile"), outcome__in=_LEFT_ALONE)
    newer = Answer.objects.filter(case=OuterRef("case"), number__gt=OuterRef("number"))
    served = Answer.objects.filter(delivered_at__gte=since, delivered_at__lt=until).exclude(delivered_how=IMPOSSIBLE)
    asked = served.filter(case__state__in=(State.ANSWERED, State.CLOSED), case__shielded=False)
    asked = asked.exclude(
        Q(case__party=None) | Q(case__party__mobile="") | Q(case__channel__in=("anonymous", "imported"))
    )
    rows = asked.filter(~Exists(judged), ~Exists(left_alone), ~Exists(newer))
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for code, number, case_id, path in rows.values_list("case__code", "number", "case_id", "case__unit_path"):
        found[path].append((f"{code}:{number}", case_id))
    return found


def draw_calls(*, period: Period, by: Actor, now: datetime) -> CallDraw | None:
    """Draw the sample of a month, once; office by office, so that a small one is heard as well. None: drawn before."""
    by.require(Power.OPERATE)
    if CallDraw.objects.filter(period=period.code).exists():
        return None
    try:
        return _draw(period, by=by, now=now)
    except IntegrityError:
        return None


@transaction.atomic
def _draw(period: Period, *, by: Actor, now: datetime) -> CallDraw:
    seed, offices, rows = seed_of(period), {}, []
    for path, found in sorted(_candidates(period).items()):
        cases = dict(found)
        names = drawn(list(cases), seed, calls().size(len(cases)))
        offices[path] = [len(cases), len(names)]
        rows += [(name, cases[name], path) for name in names]
    draw = CallDraw(period=period.code, seed=seed, offices=offices, at=now)
    draw.save(force_insert=True)
    until = now + calls().open_for
    Call.objects.bulk_create(
        Call(draw=draw, case_id=case, number=int(name.split(":")[1]), unit_path=path, next_at=now, until=until)
        for name, case, path in rows
    )
    event = CallsDrawn(unit=ROOT, period=period.code, number=len(rows))
    record(event, on=f"calls:{period.code}", unit_path=ROOT, by=by, at=now)
    return draw


def calls_for(by: Actor) -> CallQuerySet:
    """The calls that somebody may make: in their house, and never about an office that they belong to."""
    if not by.may(Power.SURVEY_CALL) or not by.unit_path:
        return Call.objects.none()
    return Call.objects.filter(under(house_of(by.unit_path))).exclude(unit_path__in=lineage(by.unit_path))


def take_next(*, by: Actor, now: datetime) -> Call:
    """The next call that waits; for half an hour nobody else gets it. Raises NobodyToCall."""
    call = take_if_any(by=by, now=now)
    if call is None:
        # Behind the transaction: calls that turned out to be done stay closed.
        raise NobodyToCall
    return call


@transaction.atomic
def take_if_any(*, by: Actor, now: datetime) -> Call | None:
    """As take_next; None where nobody waits."""
    by.require(Power.SURVEY_CALL)
    mine = calls_for(by).filter(closed_at=None, taken_by=by.code, taken_until__gt=now).first()
    if mine is not None:
        return mine
    waiting = calls_for(by).waiting(now).free(now)
    for call in waiting.select_related("case").order_by("tries", "next_at", "id")[:50]:
        answer = answer_of(call)
        if Response.objects.filter(subject=call.case.code, occasion=call.number).exists():
            _close(call, Outcome.JUDGED, by=by, now=now)
        elif by.person_id not in {hand.person_id for hand in hands_of(answer)}:
            free = Call.objects.all().free(now).filter(pk=call.pk, closed_at=None, tries=call.tries)
            if free.update(taken_by=by.code, taken_until=now + TAKEN_FOR) == 1:
                call.taken_by, call.taken_until = by.code, now + TAKEN_FOR
                return call
    return None


def answer_of(call: Call) -> Answer:
    """The answer that is asked about."""
    rows = Answer.objects.select_related("case__card__card", "case__party")
    return rows.get(case_id=call.case_id, number=call.number)


def _held(call: Call, by: Actor, now: datetime) -> None:
    by.require(Power.SURVEY_CALL)
    held = Call.objects.filter(pk=call.pk, closed_at=None, taken_by=by.code, taken_until__gt=now)
    # The row is taken for the rest of the transaction: pressing twice is one try.
    if not by.code or held.update(tries=F("tries")) != 1:
        raise CallNotYours
    call.refresh_from_db(fields=["tries", "tried"])


def _note(call: Call, what: str, *, by: Actor, now: datetime, **changes: object) -> None:
    tried = [*call.tried, {"at": now.isoformat(), "by": by.code, "what": what}]
    values = {"tries": call.tries + 1, "tried": tried, "taken_by": "", "taken_until": None, **changes}
    Call.objects.filter(pk=call.pk).update(**values)
    for name, value in values.items():
        setattr(call, name, value)
    event = CallMade(unit=call.unit_path, outcome=what, attempt=call.tries)
    record(event, on=f"call:{call.pk}", unit_path=call.unit_path, by=by, at=now)


def _close(call: Call, outcome: Outcome, *, by: Actor, now: datetime) -> None:
    _note(call, outcome, by=by, now=now, outcome=outcome, closed_at=now)


@transaction.atomic
def nobody_replied(*, call: Call, by: Actor, now: datetime) -> Call:
    """Nobody picked up: called again in another part of another day, and after the last try left alone."""
    _held(call, by, now)
    if call.tries + 1 >= calls().tries:
        _close(call, Outcome.NO_REPLY, by=by, now=now)
    else:
        _note(call, Outcome.NO_REPLY, by=by, now=now, next_at=next_try(call.unit_path, now))
    return call


def next_try(path: str, now: datetime) -> datetime:
    """The next open day, in the part of it that follows the part of now: whoever works mornings is home at noon."""
    parts, calendar = calls().parts, calendar_of(path)
    clock = local(now).time()
    later = [after for before, after in pairwise((*parts, parts[0])) if before <= clock]
    day = local_date(now) + timedelta(days=1)
    while not calendar.is_open(day):
        day += timedelta(days=1)
    part = later[-1] if later else parts[0]
    return datetime.combine(day, part, TEHRAN).astimezone(UTC)


@transaction.atomic
def declined(*, call: Call, by: Actor, now: datetime) -> Call:
    """They do not want to be asked, and are never drawn again."""
    _held(call, by, now)
    _close(call, Outcome.DECLINED, by=by, now=now)
    return call


@transaction.atomic
def wrong_number(*, call: Call, by: Actor, now: datetime) -> Call:
    """Somebody else has this number."""
    _held(call, by, now)
    _close(call, Outcome.WRONG_NUMBER, by=by, now=now)
    return call


@transaction.atomic
def answered(*, call: Call, scores: dict[str, int], comment: str, by: Actor, now: datetime) -> Call:
    """They answered: the marks are kept as those of any other way. Raises SurveyIncomplete."""
    _held(call, by, now)
    answer = answer_of(call)
    try:
        judge(answer=answer, scores=scores, comment=comment, way="call", by=by, now=now)
    except SurveyDone:
        _close(call, Outcome.JUDGED, by=by, now=now)
        return call
    _close(call, Outcome.ANSWERED, by=by, now=now)
    write_after(answer, scores[questionnaire().overall], now)
    return call
