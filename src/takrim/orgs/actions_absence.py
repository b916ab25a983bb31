"""Being away: said by the person, from a day to a day, and ended when they are back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.orgs.actions_posts import LONGEST_SUBSTITUTION, DayHasPassed, DaysInWrongOrder
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Absence, Person
from takrim.orgs.telling import tell


class AbsenceTooLong(Refusal):
    code = "absence_too_long"
    status = 422
    message = _("An absence lasts at most a year at a time. Choose an earlier last day.")


class AlreadyAway(Refusal):
    code = "already_away"
    message = _("You have already said that you are away on some of these days. Take that back first.")


class NotAway(Refusal):
    code = "not_away"
    message = _("This absence is over already.")


@transaction.atomic
def announce_absence(*, since: date, until: date, by: Actor, now: datetime) -> Absence:
    """The person at the desk is away on these days: no work is given to them by itself."""
    if by.person_id is None:
        raise NotAllowed
    if until < since:
        raise DaysInWrongOrder
    if since < local_date(now):
        raise DayHasPassed
    if until - since > LONGEST_SUBSTITUTION:
        raise AbsenceTooLong
    # The person's row first: who says it twice at once is heard once.
    Person.objects.filter(pk=by.person_id).update(is_active=F("is_active"))
    mine = Absence.objects.filter(person_id=by.person_id, ended_at=None)
    if mine.filter(since__lte=until, until__gte=since).exists():
        raise AlreadyAway
    absence = Absence(person_id=by.person_id, since=since, until=until, announced_at=now)
    absence.save(force_insert=True)
    _tell("person.absence_announced", absence, by=by, now=now)
    return absence


@transaction.atomic
def end_absence(*, absence: Absence, by: Actor, now: datetime) -> None:
    """The person is back, or does not go."""
    if absence.person_id != by.person_id:
        raise NotAllowed
    if Absence.objects.filter(pk=absence.pk, ended_at=None, until__gte=local_date(now)).update(ended_at=now) != 1:
        raise NotAway
    _tell("person.absence_ended", absence, by=by, now=now)


def _tell(verb: str, absence: Absence, *, by: Actor, now: datetime) -> None:
    days = {"since": absence.since.isoformat(), "until": absence.until.isoformat()}
    facts = {"unit": by.unit_path, "person": absence.person_id, **days}
    tell(verb, on=f"person:{absence.person_id}", unit_path=by.unit_path, by=by, at=now, **facts)
