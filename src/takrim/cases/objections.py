"""Who decides an objection and until when one may object: the office's days, the level above, another person."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cases.models import Answer, Case, Objection, ObjectionDays
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under, lineage, parent_of
from takrim.orgs.powers import Power
from takrim.orgs.stamps import Kept

# Where neither the office nor one above it says otherwise.
USUAL_DAYS = 10
STAMP = "objection_days"


class ObjectionUndecided(Refusal):
    code = "objection_undecided"
    message = _("The applicant objected. The level above first says whether the objection is upheld or refused.")


class LevelAboveDecides(Refusal):
    code = "level_above_decides"
    status = 403
    message = _("The applicant objected to an answer of this office. The level above it decides and signs this time.")


class SignedItBefore(Refusal):
    code = "signed_it_before"
    message = _("You wrote or signed the answer that the applicant objects to. Another person decides this time.")


def _read() -> dict[str, int]:
    return dict(ObjectionDays.objects.values_list("path", "days"))


_DAYS: Kept[dict[str, int]] = Kept(STAMP, _read)


def days_to_object(path: str) -> int:
    """The office's own days, or those of the nearest office above it that has set some."""
    known = _DAYS.get()
    return next((known[above] for above in reversed(lineage(path)) if above in known), USUAL_DAYS)


def last_moment(path: str, delivered_at: datetime) -> datetime:
    """Until when an answer of the office may be objected to."""
    return delivered_at + timedelta(days=days_to_object(path))


def fewest_days() -> int:
    """Before these have passed no answer of any office is out of reach of an objection."""
    return min([USUAL_DAYS, *_DAYS.get().values()])


def level_above(path: str) -> str:
    """The office that decides on objections to answers of another. Above a directorate stands no office that answers:
    there another person of the directorate decides."""
    return parent_of(path) if len(lineage(path)) > 2 else path


def undecided(case: Case) -> Objection | None:
    """The objection that waits for a decision. No query for a case that was never objected to."""
    if not case.reopened:
        return None
    return case.objections.filter(decided_at=None).select_related("answer").first()


def may_decide(case: Case, answer: Answer, by: Actor) -> bool:
    """Whether the page should offer the decision on an objection to that answer."""
    fresh = by.code not in {answer.drafted_by, answer.approved_by}
    return fresh and by.may(Power.CASE_APPROVE) and is_under(level_above(case.unit_path), by.unit_path)


def require_other_level(case: Case, answer: Answer, by: Actor) -> None:
    """Raise unless `by` stands above the office that answered and had no hand in the answer.

    The system only carries what was decided elsewhere.
    """
    by.require(Power.CASE_APPROVE)
    if not by.is_staff:
        return
    if by.code in {answer.drafted_by, answer.approved_by}:
        raise SignedItBefore
    if not is_under(level_above(case.unit_path), by.unit_path):
        raise LevelAboveDecides


def require_decided(case: Case, by: Actor) -> None:
    """A new answer is signed after the objection was upheld, and by the level above. No query without an objection."""
    if not case.reopened or not by.is_staff:
        return
    for objection in case.objections.select_related("answer"):
        if objection.decided_at is None:
            raise ObjectionUndecided
        require_other_level(case, objection.answer, by)
