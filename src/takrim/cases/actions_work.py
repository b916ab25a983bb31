"""Working on a case: referring it, taking it up again, telling colleagues."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cases import search
from takrim.cases.actions_intake import matter_of, told
from takrim.cases.actions_shield import free_seat
from takrim.cases.actions_time import stepped
from takrim.cases.conflict import require_may_receive
from takrim.cases.events import Noted, Referred
from takrim.cases.models import Case, Note, State
from takrim.cases.moves import MOVES, Move, NotYours, move
from takrim.cases.order import hold, hold_all
from takrim.cases.reads import DUTIES
from takrim.duties import actions as duties
from takrim.duties.actions import Term, Way, open_duty
from takrim.duties.models import Duty
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Post, Unit
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power


class AlreadyThere(Refusal):
    code = "already_referred"
    message = _("This office has already been asked and has not replied yet.")


class NothingSaid(Refusal):
    code = "nothing_said"
    status = 422
    message = _("Write the text first.")


class NotToItself(Refusal):
    code = "refer_to_itself"
    message = _("This office owes the answer itself: choose another office.")


def require_not_asked(case: Case, to: Unit) -> None:
    """Raise AlreadyThere while the office still owes its part."""
    if any(duty.kind == "referral" and duty.unit_id == to.pk and duty.owed for duty in DUTIES(code=case.code)):
        raise AlreadyThere


@transaction.atomic
def refer(
    *,
    case: Case,
    to: Unit,
    task: str,
    length: Length | None,
    by: Actor,
    now: datetime,
    term: Term | None = None,
    asker: str = "",
    post: Post | None = None,
) -> Duty:
    """Ask another office, or one post in it, for its part. The final answer stays owed by the case's own office.

    `term` says more than a length can: a date that came from elsewhere, or none at all. `asker` is the path of the
    office that asks where it is not the case's own: in a history from elsewhere one group hands on to the next.
    """
    by.require(Power.CASE_REFER)
    if to.pk == case.unit_id:
        raise NotToItself
    # First the move: it takes the case's row, so that two referrals at once see one another.
    was = case.state
    move(case, Move.REFER, by=by, now=now)
    require_may_receive(case, to.path, post=post, by=by, now=now)
    hold_all(case, to.path)
    require_not_asked(case, to)
    given = term or (Term(length) if length else None)
    duty = open_duty(
        kind="referral",
        about=case.code,
        matter=matter_of(case),
        unit=to,
        task=task,
        by=by,
        now=now,
        term=given,
        judge_path=asker or case.unit_path,
        way=Way(post),
    )
    search.add(case_id=case.pk, unit_path=to.path, texts=[case.subject, case.text, case.code])
    event = Referred(**told(case), to_unit=to.path, due=duty.due_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    stepped(case, Referred.verb, was=was, by=by, now=now)
    return duty


@transaction.atomic
def reply(*, case: Case, duty: Duty, text: str, by: Actor, now: datetime) -> Duty:
    """The office that was asked gives its part."""
    hold(case)
    if not text.strip():
        raise NothingSaid
    answered = duties.answer(duty=duty, text=text, by=by, now=now)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[text])
    return answered


def judges(case: Case, duty: Duty, by: Actor) -> bool:
    """Whether the actor's office asked: the case's own, or the one that referred it onward."""
    return is_under(duty.judge_path or case.unit_path, by.unit_path)


@transaction.atomic
def accept_reply(*, case: Case, duty: Duty, by: Actor, now: datetime) -> Duty:
    """The office that asked says that the reply is enough."""
    if not judges(case, duty, by):
        raise NotYours
    hold(case)
    return duties.accept(duty=duty, by=by, now=now)


@transaction.atomic
def return_reply(*, case: Case, duty: Duty, reason: str, by: Actor, now: datetime) -> Duty:
    """The office that asked says what the reply lacks."""
    if not judges(case, duty, by):
        raise NotYours
    if not reason.strip():
        raise NothingSaid
    hold(case)
    returned = duties.send_back(duty=duty, reason=reason, by=by, now=now)
    free_seat(case, returned, by=by, now=now)
    return returned


@transaction.atomic
def take_up(*, case: Case, by: Actor, now: datetime) -> Case:
    """A referral was replied to: the case goes on, unless it has moved further meanwhile."""
    if case.state in MOVES[Move.REVIEW].sources and not _still_asked(case):
        move(case, Move.REVIEW, by=by, now=now)
    return case


def _still_asked(case: Case) -> bool:
    if case.state not in {State.REFERRED, State.AWAITING_INQUIRY}:
        return False
    waiting = Duty.objects.owed().filter(about=case.code, kind__in=["referral", "inquiry"], answered_at=None)
    return waiting.exists()


@transaction.atomic
def note(*, case: Case, text: str, by: Actor, now: datetime) -> Note:
    """Write something that only officers read."""
    by.require(Power.CASE_NOTE)
    if not text.strip():
        raise NothingSaid
    written = Note(case=case, text=text, by=by.code, by_name=by.name, by_post=by.post, at=now)
    written.save(force_insert=True)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[text])
    record(Noted(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return written
