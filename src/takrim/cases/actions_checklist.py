"""Ticking the checklist of a case, by the office that answers it and while it is worked on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from takrim.cases.checking import about, checklist_of
from takrim.cases.models import Case
from takrim.cases.moves import CaseCannotMove, Move, NotYours, answers_for, possible
from takrim.checklists import actions as checklists
from takrim.checklists.actions import NoSuchItem
from takrim.checklists.checklist import Checklist
from takrim.checklists.models import Tick
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power


def may_tick(case: Case, by: Actor) -> bool:
    """Whether the list can be ticked now: by who may draft or hand in."""
    return answers_for(case, by) and (possible(case, Move.DRAFT, by) or possible(case, Move.SUBMIT, by))


def _list(case: Case, by: Actor) -> Checklist:
    by.require(Power.CASE_DRAFT)
    checklist = checklist_of(case)
    if checklist is None:
        raise NoSuchItem
    if not answers_for(case, by):
        raise NotYours
    if not may_tick(case, by):
        raise CaseCannotMove(state=case.state, move=Move.DRAFT)
    return checklist


@transaction.atomic
def tick(*, case: Case, items: Sequence[str], by: Actor, now: datetime) -> list[Tick]:
    """Items of the case's checklist are done."""
    return checklists.tick(about=about(case), checklist=_list(case, by), items=items, by=by, now=now)


@transaction.atomic
def untick(*, case: Case, item: str, by: Actor, now: datetime) -> bool:
    """One of them is not done after all."""
    return checklists.untick(about=about(case), checklist=_list(case, by), item=item, by=by, now=now)
