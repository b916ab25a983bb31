"""Taking a merge back: the case that was joined to an earlier one by mistake is owed by itself again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from takrim.cases.actions_intake import matter_of, told
from takrim.cases.events import Separated, TakenOut
from takrim.cases.models import Case
from takrim.cases.moves import CaseMovedMeanwhile, Move, move
from takrim.duties.actions import Term, open_duty
from takrim.duties.models import Duty
from takrim.journal.record import record
from takrim.orgs.actor import Actor


@transaction.atomic
def separate(*, case: Case, by: Actor, now: datetime) -> Duty:
    """Take a merge back. The answer is owed by the date promised at first: the mistake was not the person's."""
    original, ended = case.original, case.closed_at
    move(case, Move.SEPARATE, by=by, now=now, original=None)
    before = Duty.objects.filter(about=case.code, kind="final_answer").order_by("-id").first()
    if original is None or ended is None or before is None:
        raise CaseMovedMeanwhile
    term = Term(fixed=before.due_at)
    duty = open_duty(
        kind="final_answer", about=case.code, unit=case.unit, by=by, now=now, term=term, matter=matter_of(case)
    )
    event = Separated(**told(case), ended=ended, due=duty.due_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    record(TakenOut(**told(original)), on=original.code, unit_path=original.unit_path, by=by, at=now)
    return duty
