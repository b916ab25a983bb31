"""One verdict over many proofs: asked for once, done proof by proof with the asker's own powers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.base.errors import Refusal
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.proofs.actions_judge import NoReason, Verdict, judge
from takrim.proofs.models_judging import Judging, JudgingItem, Result
from takrim.proofs.queries import of_house

MOST = 500


class NothingChosen(Refusal):
    code = "no_proof_chosen"
    status = 422
    message = _("Choose at least one proof.")


class TooManyChosen(Refusal):
    code = "too_many_proofs_chosen"
    status = 422
    message = _("At most {most} proofs can be judged at once: each should have been looked at.")


class NotSeenAnyMore(Refusal):
    code = "proof_not_seen_any_more"
    status = 404
    message = _("This proof is no longer within the reach of your post.")


class PostGivenUp(Refusal):
    code = "post_given_up_before_judging"
    status = 403
    message = _("The post from which this was asked for was no longer held when its turn came.")


@dataclass(frozen=True, kw_only=True)
class JudgingAsked(Event):
    verb = "proofs.judging_asked"
    sentence = _("A verdict was asked for at once on {count}.")
    counted = {"count": lambda many: ngettext("{number} proof", "{number} proofs", many)}
    verdict: str
    count: int


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The verdict and its reason, on which proofs, from which post. `key`: sent twice, asked once."""

    verdict: Verdict
    reason: str
    actions: Sequence[int]
    key: str
    holding_id: int
    lang: str = "fa"


@transaction.atomic
def ask(*, wish: Wish, by: Actor, now: datetime) -> Judging:
    """Keep what is to be judged. The same key again gives the judging that is already there."""
    by.require(Power.PROOF_JUDGE)
    actions = list(dict.fromkeys(wish.actions))
    if not actions:
        raise NothingChosen
    if len(actions) > MOST:
        raise TooManyChosen(most=MOST)
    if wish.verdict != Verdict.ACCEPT and not wish.reason:
        raise NoReason
    row = Judging(
        # Nobody finds the judging of another by its key.
        key=f"{by.code}:{wish.key}",
        holding_id=wish.holding_id,
        person_id=by.person,
        verdict=wish.verdict,
        reason="" if wish.verdict == Verdict.ACCEPT else wish.reason,
        lang=wish.lang,
        total=len(actions),
        asked_at=now,
    )
    Judging.objects.bulk_create([row], ignore_conflicts=True)
    judging = Judging.objects.get(key=row.key)
    if judging.asked_at != now or judging.items.exists():
        return judging
    JudgingItem.objects.bulk_create(JudgingItem(judging=judging, action_id=action) for action in actions)
    event = JudgingAsked(verdict=wish.verdict, count=len(actions))
    record(event, on=f"judging:{judging.pk}", unit_path=by.unit_path, by=by, at=now)
    return judging


@transaction.atomic
def judge_one(*, item: JudgingItem, by: Actor, now: datetime) -> bool:
    """Judge one proof; False when it was judged before. A refusal takes everything back."""
    mine = JudgingItem.objects.filter(pk=item.pk, done_at=None)
    if mine.update(done_at=now, result=Result.DONE) != 1:
        return False
    action = of_house(by).select_related("unit", "post").filter(pk=item.action_id).first()
    if action is None:
        raise NotSeenAnyMore
    judge(action=action, verdict=item.judging.verdict, reason=item.judging.reason, by=by, now=now)
    return True


@transaction.atomic
def refuse_one(*, item: JudgingItem, why: str, by: Actor, now: datetime) -> bool:
    """Remember why one proof could not be judged."""
    mine = JudgingItem.objects.filter(pk=item.pk, done_at=None)
    return bool(mine.update(done_at=now, result=Result.REFUSED, why=why))


@transaction.atomic
def finish(*, judging: Judging, by: Actor, now: datetime) -> bool:
    """All its proofs have had their turn."""
    return bool(Judging.objects.filter(pk=judging.pk, finished_at=None).update(finished_at=now))
