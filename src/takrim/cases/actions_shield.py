"""Naming whom a case is about: from then on it is kept from them, and the level above answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from takrim.cases import search
from takrim.cases.actions_intake import Place, final_duty, told
from takrim.cases.conflict import Subject, may_receive, owner_above, persons_of, sitting_at
from takrim.cases.events import KeptFrom
from takrim.cases.models import Case
from takrim.cases.models_rights import rights_of
from takrim.cases.moves import CaseMovedMeanwhile, NotYours, answers_for
from takrim.cases.order import hold_all
from takrim.duties import actions as duties
from takrim.duties.actions_assign import take_away
from takrim.duties.models import Duty, Shield
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.paths import after, is_under
from takrim.orgs.powers import Power


@transaction.atomic
def keep_from(*, case: Case, subject: Subject, by: Actor, now: datetime) -> Case:
    """The case is about this office or post. Its open duties go on at the level above, by the same dates.

    Raises NotAllowed, NotYours, NobodyAbove.
    """
    by.require(Power.CASE_REFER if by.is_staff else Power.CASE_FILE)
    if not answers_for(case, by):
        raise NotYours
    return _keep(case, subject, by=by, now=now)


@transaction.atomic
def keep_from_the_first(*, case: Case, subject: Subject, by: Actor, now: datetime) -> Case:
    """Whoever writes a matter down says whom it is about, though it is answered elsewhere. Raises as `keep_from`."""
    by.require(Power.CASE_FILE)
    return _keep(case, subject, by=by, now=now)


def _keep(case: Case, subject: Subject, *, by: Actor, now: datetime) -> Case:
    shields = _shields(case, subject, by=by, now=now)
    owner = owner_above([row.path for row in shields], case.unit_path)
    before = case.unit_path
    Shield.objects.bulk_create(shields)
    changed = Case.objects.filter(pk=case.pk, state=case.state, unit_id=case.unit_id)
    if changed.update(shielded=True, unit=owner, unit_path=owner.path) != 1:
        raise CaseMovedMeanwhile
    case.shielded, case.unit, case.unit_path = True, owner, owner.path
    hold_all(case, before)
    final = _hand_over(case, shields, by=by, now=now)
    if before != owner.path:
        search.add(case_id=case.pk, unit_path=owner.path, texts=[case.subject, case.text, case.code])
    event = KeptFrom(
        **told(case),
        subject_unit=subject.path,
        from_unit=before,
        received=case.received_at,
        due=final.due_at if final else None,
        first=int(case.is_open and case.reopened == 0),
        owed=int(case.is_open),
        rights=rights_of(case),
        opened=final.opened_at if final else None,
    )
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    return case


def free_seat(case: Case, duty: Duty, *, by: Actor, now: datetime) -> None:
    """A seat that has come to whom the case is about, or where they stand in, does not keep the work."""
    if not case.shielded or duty.assignee is None:
        return
    if not all(may_receive(case, duty.unit_path, person) for person in sitting_at(duty.assignee, now)):
        take_away(duty=duty, by=by, now=now)


def place_above(place: Place, subject: Subject, now: datetime) -> Place:
    """Where a case about somebody begins: at the nearest office above that is not theirs."""
    paths = [subject.path, *(path for _person, path in persons_of(subject, now))]
    return replace(place, unit=owner_above(paths, place.unit.path))


def _shields(case: Case, subject: Subject, *, by: Actor, now: datetime) -> list[Shield]:
    """The office of the subject, and wherever else the person sits."""
    said = {"said": subject.said, "post": subject.post, "by": by.code, "at": now}
    rows = [
        Shield(about=case.code, path=path, past=after(path), person_id=person, **said)
        for person, path in persons_of(subject, now)
    ]
    if all(row.path != subject.path for row in rows):
        rows.append(Shield(about=case.code, path=subject.path, past=after(subject.path), **said))
    return rows


def _hand_over(case: Case, shields: list[Shield], *, by: Actor, now: datetime) -> Duty | None:
    """What is owed at the places it is kept from: the answer goes up, what was asked there is withdrawn."""
    final = final_duty(case)
    if final is not None and final.unit_id != case.unit_id:
        duties.hand_over(duty=final, to=case.unit, by=by, now=now)
    for duty in Duty.objects.owed().filter(about=case.code).select_related("assignee").order_by("id"):
        if duty.kind != "final_answer" and any(is_under(duty.unit_path, row.path) for row in shields):
            duties.withdraw(duty=duty, by=by, now=now, power=Power.CASE_REFER)
        else:
            free_seat(case, duty, by=by, now=now)
    return final
