"""Taking a merge back: the case that was joined to an earlier one by mistake is owed by itself again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.cases.actions_intake import told
from takrim.cases.actions_shield import free_seat
from takrim.cases.events import Separated, TakenOut
from takrim.cases.models import Case
from takrim.cases.moves import CaseMovedMeanwhile, Move, move
from takrim.cases.order import hold_all
from takrim.duties.actions import hand_over
from takrim.duties.actions_clocks import restore
from takrim.duties.models import Duty
from takrim.journal.record import record
from takrim.orgs.actor import Actor


@transaction.atomic
def separate(*, case: Case, by: Actor, now: datetime) -> Duty:
    """Take a merge back: what was owed is owed as if nothing had been joined, for the mistake was not the person's."""
    original, ended = case.original, case.closed_at
    move(case, Move.SEPARATE, by=by, now=now, original=None)
    before = Duty.objects.filter(about=case.code, kind="final_answer").order_by("-id").first()
    if original is None or ended is None or before is None:
        raise CaseMovedMeanwhile
    hold_all(case, original.unit_path, before.unit_path)
    promised = before.due_at
    if before.unit_id != case.unit_id:
        # Meanwhile it was found whom the case is about: the level above answers.
        hand_over(duty=before, to=case.unit, by=by, now=now)
    duty = restore(duty=before, by=by, now=now)
    free_seat(case, duty, by=by, now=now)
    event = Separated(**told(case), ended=ended, before=promised, due=duty.due_at, opened=duty.opened_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    record(TakenOut(**told(original)), on=original.code, unit_path=original.unit_path, by=by, at=now)
    return duty
