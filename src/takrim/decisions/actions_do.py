"""What the offices that carry a decision out do: take it in hand, report what was done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.decisions.actions_write import KIND
from takrim.decisions.doers import is_ours
from takrim.decisions.events import Reported, TakenUp
from takrim.decisions.models import Report, Share
from takrim.decisions.moves import Move, move
from takrim.decisions.order import hold_part
from takrim.decisions.settling import settle
from takrim.duties import actions as duties
from takrim.duties.actions import NotYourDuty
from takrim.duties.actions_clocks import stepped
from takrim.duties.regime import NO_MATTER
from takrim.evidence.actions import hand_in
from takrim.evidence.models import StoredFile
from takrim.journal.record import record
from takrim.orgs.actor import Actor


class NothingReported(Refusal):
    code = "nothing_reported"
    status = 422
    message = _("Write what was done, when and where, so that it can be confirmed.")


@transaction.atomic
def take_up(*, share: Share, by: Actor, now: datetime) -> Share:
    """The office says that it is at work on it."""
    _require_ours(share, by, now)
    hold_part(share)
    move(share, Move.TAKE_UP, by=by, now=now)
    event = TakenUp(body=share.body_id, unit=share.unit_path, decision=share.decision.code)
    record(event, on=share.subject, unit_path=share.unit_path, by=by, at=now)
    settle(share.decision, by=by, now=now)
    return share


@transaction.atomic
def report(
    *, share: Share, text: str, by: Actor, now: datetime, files: Sequence[tuple[StoredFile, str]] = ()
) -> Report:
    """The office has done its part and says how; `files` were kept before, each with its name."""
    _require_ours(share, by, now)
    if not text.strip():
        raise NothingReported
    hold_part(share)
    move(share, Move.REPORT, by=by, now=now)
    written = Report(
        share=share,
        number=share.reports.count() + 1,
        text=text.strip(),
        at=now,
        by=by.code,
        by_name=by.name,
        by_post=by.post,
        person_id=by.person_id,
        for_person_id=by.substitute_for_id,
    )
    written.save(force_insert=True)
    event = Reported(body=share.body_id, unit=share.unit_path, decision=share.decision.code, report=written.number)
    # The clock of a report that was sent back ends with the new one, then the duty stops all that runs.
    stepped(about=share.subject, kind=KIND, verb=Reported.verb, matter=NO_MATTER, now=now)
    record(event, on=share.subject, unit_path=share.unit_path, by=by, at=now)
    share.duty.refresh_from_db()
    duties.answer(duty=share.duty, text=text.strip(), by=by, now=now)
    for stored, name in files:
        hand_in(subject=written.subject, unit_path=share.unit_path, stored=stored, name=name, by=by, now=now)
    settle(share.decision, by=by, now=now)
    return written


def _require_ours(share: Share, by: Actor, now: datetime) -> None:
    if not is_ours(share, by, local_date(now)):
        raise NotYourDuty
