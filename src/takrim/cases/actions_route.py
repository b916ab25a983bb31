"""Referring to several at once, onward, and back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cases import search
from takrim.cases.actions_intake import matter_of, told
from takrim.cases.actions_work import NothingSaid, NotToItself, refer, require_not_asked
from takrim.cases.conflict import require_may_receive
from takrim.cases.events import ReferredOn
from takrim.cases.models import Case
from takrim.cases.order import hold, hold_all, take_row
from takrim.duties import actions as duties
from takrim.duties.actions import NotYourDuty, Term, Way
from takrim.duties.actions_carry import carry_on
from takrim.duties.models import Duty
from takrim.duties.moves import DutyCannotMove
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power


class NoSuchPost(Refusal):
    code = "no_such_post"
    status = 422
    message = _("{unit} has no such post. Choose another, or refer to the office as a whole.")


class RoundAndRound(Refusal):
    code = "round_and_round"
    message = _("This office has already had this referral: it would go round in a circle.")


@dataclass(frozen=True)
class Addressee:
    """Who is asked: an office, or one role in it."""

    unit: Unit
    role: str = ""

    @property
    def post(self) -> Post | None:
        """The post of that role. Raises NoSuchPost."""
        if not self.role:
            return None
        found = Post.objects.filter(unit=self.unit, role=self.role).order_by("id").first()
        if found is None:
            raise NoSuchPost(unit=self.unit.short)
        return found


@transaction.atomic
def refer_to(
    *, case: Case, to: Sequence[Addressee], task: str, length: Length | None, by: Actor, now: datetime
) -> list[Duty]:
    """Ask several at once: all are asked, or none when one of them cannot be."""
    if len(to) > 1:
        take_row(case)
        hold_all(case, *(one.unit.path for one in to))
    return [
        refer(case=case, to=one.unit, task=task, length=length, by=by, now=now, post=one.post)
        for one in dict.fromkeys(to)
    ]


def chain_of(duty: Duty) -> list[Duty]:
    """The referral and those it came from, newest first."""
    chain = [duty]
    while chain[-1].parent is not None:
        chain.append(chain[-1].parent)
    return chain


def _onward(case: Case, duty: Duty, addressee: Addressee, by: Actor, now: datetime) -> None:
    by.require(Power.CASE_REFER)
    to = addressee.unit
    hold(case)
    hold_all(case, to.path)
    if not is_under(duty.unit_path, by.unit_path):
        raise NotYourDuty
    duty.refresh_from_db()
    if duty.answered_at is not None or not duty.owed:
        raise DutyCannotMove
    if to.pk == case.unit_id:
        raise NotToItself
    require_may_receive(case, to.path, post=addressee.post, by=by, now=now)
    if to.pk in {earlier.unit_id for earlier in chain_of(duty)}:
        raise RoundAndRound
    require_not_asked(case, to)


@transaction.atomic
def refer_on(*, case: Case, duty: Duty, to: Addressee, task: str, length: Length, by: Actor, now: datetime) -> Duty:
    """Ask another office for a part of what ours was asked. Ours still owes its reply, and judges the other's."""
    _onward(case, duty, to, by, now)
    asked = duties.open_duty(
        kind="referral",
        about=case.code,
        matter=matter_of(case),
        unit=to.unit,
        task=task,
        by=by,
        now=now,
        term=Term(length),
        judge_path=duty.unit_path,
        way=Way(to.post, duty),
    )
    return _told_of(case, duty, asked, by=by, now=now, passed=0)


@transaction.atomic
def pass_on(*, case: Case, duty: Duty, to: Addressee, task: str, by: Actor, now: datetime) -> Duty:
    """Leave all of what ours was asked to another office, by the same date. Ours owes nothing more."""
    _onward(case, duty, to, by, now)
    asked = carry_on(duty=duty, unit=to.unit, post=to.post, task=task, by=by, now=now)
    return _told_of(case, duty, asked, by=by, now=now, passed=1)


def _told_of(case: Case, duty: Duty, asked: Duty, *, by: Actor, now: datetime, passed: int) -> Duty:
    search.add(case_id=case.pk, unit_path=asked.unit_path, texts=[case.subject, case.text, case.code])
    event = ReferredOn(**told(case), from_unit=duty.unit_path, to_unit=asked.unit_path, passed=passed, due=asked.due_at)
    record(event, on=case.code, unit_path=duty.unit_path, by=by, at=now)
    return asked


@transaction.atomic
def give_back(*, case: Case, duty: Duty, reason: str, by: Actor, now: datetime) -> Duty:
    """The office that was asked cannot help, and says why; whoever asked decides anew."""
    if not reason.strip():
        raise NothingSaid
    hold(case)
    given = duties.decline(duty=duty, reason=reason, by=by, now=now)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[reason])
    return given
