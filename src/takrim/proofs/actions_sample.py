"""The sample: some accepted proofs are judged a second time, by somebody who was drawn for it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.proofs.actions_judge import NoReason, require_may_judge
from takrim.proofs.events import Reopened
from takrim.proofs.models import State
from takrim.proofs.models_judging import Draw, SecondLook
from takrim.proofs.moves import Move, move
from takrim.proofs.sampling import accepted_in, judges_of, sampled, second_for
from takrim.proofs.supporting import hold, named, note, supported, tell


@dataclass(frozen=True, kw_only=True)
class SampleDrawn(Event):
    """`drawn`: "code:number of the person" for each. With the seed and the lines of the month it can be drawn anew."""

    verb = "proofs.drawn"
    sentence = _("Drawn to be judged a second time ({period}): {number} of {candidates}.")
    counted = {"candidates": lambda many: ngettext("{number} accepted proof", "{number} accepted proofs", many)}
    unit: str
    period: str
    seed: str
    candidates: int
    number: int
    drawn: list[str]


@dataclass(frozen=True, kw_only=True)
class LookedAtAgain(Event):
    verb = "proof.looked_at_again"
    sentence = _("A second person judged the proof of {unit} and agreed.")
    unit: str


class LookNotYours(Refusal):
    code = "second_look_not_yours"
    status = 404
    message = _("This second look was not drawn for you, or it is done already.")


def seed_of(chain: str, period: Period) -> str:
    """Follows from the month and the signing key: nobody can know beforehand what will be drawn."""
    named_so = f"proofs:{chain}:{period}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), named_so, hashlib.sha256).hexdigest()


def draw_sample(*, chain: str, period: Period, by: Actor, now: datetime) -> Draw | None:
    """Draw what a second person judges of a month, once. None: drawn before, or nothing was accepted."""
    by.require(Power.OPERATE)
    if Draw.objects.filter(chain=chain, period=period.code).exists():
        return None
    try:
        return _draw(chain, period, by=by, now=now)
    except IntegrityError:
        return None


@transaction.atomic
def _draw(chain: str, period: Period, *, by: Actor, now: datetime) -> Draw | None:
    candidates = {one.code: one for one in accepted_in(chain, period)}
    if not candidates:
        return None
    judges, seed = judges_of(chain, now), seed_of(chain, period)
    chosen = [candidates[code] for code in sampled(list(candidates), seed)]
    looks = [(one, judge) for one in chosen if (judge := second_for(one, judges, seed))]
    draw = Draw(chain=chain, period=period.code, seed=seed, candidates=len(candidates), number=len(looks), at=now)
    draw.save(force_insert=True)
    SecondLook.objects.bulk_create(
        SecondLook(
            draw=draw, action_id=one.action_id, first_id=one.first, second_id=judge.person, second_name=judge.name
        )
        for one, judge in looks
    )
    event = SampleDrawn(
        unit=chain,
        period=period.code,
        seed=seed,
        candidates=len(candidates),
        number=len(looks),
        drawn=[f"{one.code}:{judge.person}" for one, judge in looks],
    )
    record(event, on=f"proofs:{period.code}", unit_path=chain, by=by, at=now)
    return draw


def _close(look: SecondLook, by: Actor, now: datetime, *, agrees: bool, reason: str) -> None:
    require_may_judge(look.action, by)
    if look.second_id != by.person_id:
        raise LookNotYours
    if not change(look, still={"done_at": None}, to={"done_at": now, "agrees": agrees, "reason": reason}):
        raise LookNotYours


@transaction.atomic
def agree(*, look: SecondLook, by: Actor, now: datetime) -> None:
    """The second judge accepts it too."""
    _close(look, by, now, agrees=True, reason="")
    note(look.action, LookedAtAgain(unit=look.action.unit_path), by=by, now=now)


@transaction.atomic
def disagree(*, look: SecondLook, reason: str, by: Actor, now: datetime) -> None:
    """The second judge would not have accepted it: it goes back to the queue, and what it supported falls."""
    if not reason:
        raise NoReason
    _close(look, by, now, agrees=False, reason=reason)
    action = look.action
    if action.state != State.ACCEPTED:
        # Returned or refused since: what was accepted wrongly has been put right already.
        note(action, LookedAtAgain(unit=action.unit_path), by=by, now=now)
        return
    accepted, pairs = action.judged_at, supported(action)
    unjudged = {"judged_at": None, "judge_id": None, "judge_name": "", "public_at": None}
    move(action, Move.REOPEN, by=by, changed_at=now, sent_at=now, reason=reason, **unjudged)
    hold(action, pairs)
    note(action, Reopened(unit=action.unit_path, proves=named(pairs), accepted=accepted), by=by, now=now)
    tell(pairs, by=by, now=now)
