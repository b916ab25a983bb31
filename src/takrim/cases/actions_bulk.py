"""One deed over many cases: asked for once, done case by case in the worker with the asker's own powers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cases.actions_answer import Words, answer_at_once, draft_and_submit
from takrim.cases.actions_end import close
from takrim.cases.actions_work import refer
from takrim.cases.delivery import SENT, ways_for
from takrim.cases.models import Case
from takrim.cases.models_together import Bulk, BulkItem, Result
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power

# More than this is not looked over by anybody before it is sent.
MOST = 2000

Facts = dict[str, Any]


class NothingChosen(Refusal):
    code = "nothing_chosen"
    status = 422
    message = _("Choose at least one case.")


class TooManyChosen(Refusal):
    code = "too_many_chosen"
    status = 422
    message = _("At most {most} cases can be worked on at once. Narrow the list down first.")


class NotSeenAnyMore(Refusal):
    code = "not_seen_any_more"
    status = 404
    message = _("This case is no longer within the reach of your post.")


class PostGivenUp(Refusal):
    code = "post_given_up"
    status = 403
    message = _("The post from which this was asked for was no longer held when its turn came.")


@dataclass(frozen=True, kw_only=True)
class BulkAsked(Event):
    verb = "bulk.asked"
    sentence = _("Work on {count} cases at once was asked for.")
    deed: str
    count: int


def _refer(case: Case, facts: Facts, by: Actor, now: datetime) -> object:
    to = Unit.objects.get(pk=facts["to"])
    length = Length.parse(f"{facts['days']} working_days")
    return refer(case=case, to=to, task=facts["task"], length=length, by=by, now=now)


def _answer(case: Case, facts: Facts, by: Actor, now: datetime) -> object:
    """As it would go for one: who may approve answers at once, the others hand their draft in for approval."""
    words = Words(**facts, shared=True)
    if by.may(Power.CASE_APPROVE):
        # Nobody hands over hundreds at once: what cannot be sent is signed, and waits for somebody to deliver it.
        way = next((way for way in ways_for(case) if way in SENT), "")
        return answer_at_once(case=case, words=words, how=way, by=by, now=now)
    return draft_and_submit(case=case, words=words, by=by, now=now)


@dataclass(frozen=True, kw_only=True)
class Deed:
    """What can be done to many cases: for whom it is offered, and the deed that is done to each."""

    title: str | Promise
    power: Power
    run: Callable[[Case, Facts, Actor, datetime], object]


DEEDS: dict[str, Deed] = {
    "answer": Deed(title=_("Answer"), power=Power.CASE_DRAFT, run=_answer),
    "refer": Deed(title=_("Refer"), power=Power.CASE_REFER, run=_refer),
    "close": Deed(
        title=_("Close"), power=Power.CASE_CLOSE, run=lambda case, facts, by, now: close(case=case, by=by, now=now)
    ),
}


@dataclass(frozen=True, kw_only=True)
class Wish:
    """The deed, what its form held, for which cases, from which post. `key`: sent twice, asked once."""

    deed: str
    facts: Facts
    cases: Sequence[int]
    key: str
    holding_id: int
    lang: str = "fa"


@transaction.atomic
def ask(*, wish: Wish, by: Actor, now: datetime) -> Bulk:
    """Keep what is to be done; the worker does it. The same key again gives the bulk that is already there."""
    by.require(DEEDS[wish.deed].power)
    cases = list(dict.fromkeys(wish.cases))
    if not cases:
        raise NothingChosen
    if len(cases) > MOST:
        raise TooManyChosen(most=MOST)
    row = Bulk(
        # Nobody finds the bulk of another by its key.
        key=f"{by.code}:{wish.key}",
        holding_id=wish.holding_id,
        person_id=by.person_id or 0,
        deed=wish.deed,
        facts=wish.facts,
        lang=wish.lang,
        total=len(cases),
        asked_at=now,
    )
    Bulk.objects.bulk_create([row], ignore_conflicts=True)
    bulk = Bulk.objects.get(key=row.key)
    if bulk.asked_at != now or bulk.items.exists():
        return bulk
    BulkItem.objects.bulk_create([BulkItem(bulk=bulk, case_id=case) for case in cases], batch_size=500)
    event = BulkAsked(deed=wish.deed, count=len(cases))
    record(event, on=f"bulk:{bulk.pk}", unit_path=by.unit_path, by=by, at=now)
    return bulk


@transaction.atomic
def do_one(*, item: BulkItem, by: Actor, now: datetime) -> bool:
    """Do the deed to one case; False when it was done before. A refusal takes everything back."""
    mine = BulkItem.objects.filter(pk=item.pk, done_at=None)
    if mine.update(done_at=now, result=Result.DONE) != 1:
        return False
    seen = Case.objects.all().seen_by(by).select_related("party", "card__card")
    case = seen.filter(pk=item.case_id).first()
    if case is None:
        raise NotSeenAnyMore
    DEEDS[item.bulk.deed].run(case, item.bulk.facts, by, now)
    return True


@transaction.atomic
def refuse_one(*, item: BulkItem, why: str, by: Actor, now: datetime) -> bool:
    """Remember why the deed could not be done to one case."""
    mine = BulkItem.objects.filter(pk=item.pk, done_at=None)
    return bool(mine.update(done_at=now, result=Result.REFUSED, why=why))


@transaction.atomic
def finish(*, bulk: Bulk, by: Actor, now: datetime) -> bool:
    """All its cases have had their turn."""
    return bool(Bulk.objects.filter(pk=bulk.pk, finished_at=None).update(finished_at=now))
