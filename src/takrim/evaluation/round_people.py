"""Who may do what in a round beyond powers: speak for an office, assess it, answer its objections; who is barred."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.councils.models import Membership, Role
from takrim.evaluation.models_entrants import Assessment, Entrant, Referee
from takrim.evaluation.models_rounds import Round
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power

# Members with a voice; who only watches decides nothing.
_VOICES = (Role.CHAIR, Role.SECRETARY, Role.MEMBER)


class NotYourOffice(Refusal):
    code = "not_your_entrant"
    status = 403
    message = _("Only the head of the office itself, or whoever stands in, can do this.")


class NotYourAssessment(Refusal):
    code = "not_your_assessment"
    status = 403
    message = _("This office was not given to you to be assessed.")


class OwnOfficeAssessed(Refusal):
    code = "own_office_assessed"
    status = 403
    message = _("You have, or had in the period, a post in this office: somebody else assesses it and answers it.")


class NotOfTheCommittee(Refusal):
    code = "not_of_the_committee"
    status = 403
    message = _("Objections of this round are answered by its committee, and you do not sit in it.")


class AssessedYourself(Refusal):
    code = "assessed_yourself"
    status = 403
    message = _("You assessed this office yourself: another member of the committee answers its objection.")


def declares(entrant: Entrant, actor: Actor) -> bool:
    """Whether the actor speaks for the office."""
    return actor.may(Power.ROUND_DECLARE) and actor.unit_path == entrant.unit_path


def require_declares(entrant: Entrant, by: Actor) -> None:
    by.require(Power.ROUND_DECLARE)
    if by.unit_path != entrant.unit_path:
        raise NotYourOffice


def posts_of(people: Collection[int], since: date) -> Mapping[int, Sequence[str]]:
    """The offices in which people hold a post, or held one since a day, by their numbers. One query."""
    rows = Holding.objects.filter(Q(until=None) | Q(until__gte=since), person_id__in=people)
    found: dict[int, list[str]] = {}
    for person, path in rows.values_list("person_id", "post__unit__path"):
        found.setdefault(person, []).append(path)
    return found


def barred(unit_path: str, posts: Sequence[str]) -> bool:
    """Whether somebody with these posts belongs to an office, or to one below it."""
    return any(is_under(post, unit_path) for post in posts)


def is_barred(entrant: Entrant, person: int) -> bool:
    """Whether a person has, or had since the period began, a post in the office. One query."""
    posts = posts_of([person], entrant.round.of_period.start())
    return barred(entrant.unit_path, posts.get(person, []))


def require_assesses(assessment: Assessment, by: Actor) -> None:
    """Raise NotYourAssessment, or OwnOfficeAssessed for who has come to belong to the office since."""
    if not by.person or assessment.assessor.person_id != by.person:
        raise NotYourAssessment
    if by.substitute_for_id is not None:
        # A round names persons: nobody stands in for an assessor.
        raise NotYourAssessment
    if is_barred(assessment.entrant, by.person):
        raise OwnOfficeAssessed


def answered_by(actor: Actor, on: date) -> QuerySet[Round]:
    """The rounds whose objections the actor answers: named there, or in the committee with a voice. No query yet."""
    if not actor.person:
        return Round.objects.none()
    seats = Membership.objects.valid(on).of(actor).filter(role__in=_VOICES)
    return Round.objects.filter(
        Q(pk__in=Referee.objects.filter(person_id=actor.person).values("round")) | Q(committee__in=seats.values("body"))
    )


def is_referee(round: Round, actor: Actor, on: date) -> bool:
    """Whether the actor sits in the committee of the round, or is one of the persons it names."""
    return answered_by(actor, on).filter(pk=round.pk).exists()


def power_to_decide(by: Actor) -> Power:
    """By which power the actor answers objections: members from outside have none but that of their body."""
    return Power.FIGURES_SEE if by.may(Power.FIGURES_SEE) else Power.COUNCIL_SEE


def require_decides(entrant: Entrant, by: Actor, on: date) -> None:
    """Raise NotAllowed, NotOfTheCommittee, OwnOfficeAssessed or AssessedYourself."""
    by.require(power_to_decide(by))
    if not is_referee(entrant.round, by, on):
        raise NotOfTheCommittee
    if is_barred(entrant, by.person):
        raise OwnOfficeAssessed
    if Assessment.objects.filter(entrant=entrant, assessor__person_id=by.person).exists():
        raise AssessedYourself
