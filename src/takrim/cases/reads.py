"""What the page of one case reads, by prepared queries. Who may see the case is asked by the first of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from takrim.cases.models import Answer, Case, CaseQuerySet, Note
from takrim.cases.queries import HEAD
from takrim.duties.models import Duty
from takrim.evidence.models import Evidence
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.prepared import Prepared

MOST_OTHERS = 8


def _seen(*, code: str, path: str, person: int) -> CaseQuerySet:
    return (
        Case.objects.all().seen_under(path, person).filter(code=code).select_related("party", "card__card", "original")
    )


def _others(*, party_id: int, case_id: int, path: str, person: int) -> QuerySet[Case, dict[str, Any]]:
    others = Case.objects.all().seen_under(path, person).filter(party_id=party_id).exclude(pk=case_id)
    newest: QuerySet[Case, dict[str, Any]] = others.order_by("-id").values(*HEAD)
    return newest[:MOST_OTHERS]


_SEEN = Prepared(_seen)
_OTHERS = Prepared(_others)
_HELD = Prepared(lambda code: Case.objects.filter(code=code).select_related("card__card"))
DUTIES = Prepared(lambda code: Duty.objects.filter(about=code).select_related("assignee").order_by("id"))
FINAL_DUTIES = Prepared(lambda code: Duty.objects.filter(about=code, kind="final_answer").order_by("-id"))
ANSWERS = Prepared(
    lambda case_id: Answer.objects.filter(case_id=case_id).select_related("begun_with").order_by("-number")
)
NOTES = Prepared(lambda case_id: Note.objects.filter(case_id=case_id).order_by("-id"))
FILES = Prepared(lambda code: Evidence.objects.filter(subject=code).select_related("file").order_by("id"))


def case_seen_by(actor: Actor, code: str) -> Case | None:
    """The case if an office in the actor's scope owes or owed something about it, and it is not kept from the actor."""
    if not actor.unit_path or not actor.may(Power.CASE_SEE):
        return None
    return _SEEN.first(code=code, path=actor.unit_path, person=actor.person)


def others_of_party(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Heads of the newest other cases of the same person in the actor's scope."""
    if case.party_id is None or not actor.unit_path or not actor.may(Power.CASE_SEE):
        return []
    return _OTHERS(party_id=case.party_id, case_id=case.pk, path=actor.unit_path, person=actor.person)


def case_with_code(code: str) -> Case | None:
    """The case with this code, for who has shown that it is theirs."""
    return _HELD.first(code=code)
