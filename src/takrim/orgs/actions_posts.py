"""What can be done to posts and those who hold them: opened, given, left, held for another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Holding, Person, Post, Unit
from takrim.orgs.paths import is_under, province_of, under
from takrim.orgs.powers import ROLES, Power
from takrim.orgs.stamps import bump
from takrim.orgs.telling import tell

LONGEST_SUBSTITUTION = timedelta(days=366)


class OutsideYourOffice(Refusal):
    code = "outside_your_office"
    status = 403
    message = _("This belongs to another office. You decide for your own office and those below it.")


class UnknownRole(Refusal):
    code = "unknown_role"
    status = 422
    message = _("There is no such role.")


class DaysInWrongOrder(Refusal):
    code = "days_in_wrong_order"
    status = 422
    message = _("The last day is before the first.")


class DayHasPassed(Refusal):
    code = "day_has_passed"
    status = 422
    message = _("This day has passed. Choose today or a later day.")


class SubstitutionTooLong(Refusal):
    code = "substitution_too_long"
    status = 422
    message = _("Substitution lasts at most a year at a time. Choose an earlier last day.")


class HeldShorter(Refusal):
    code = "held_shorter"
    status = 422
    message = _("The post itself is held only until an earlier day. Choose an earlier last day.")


class OwnSubstitute(Refusal):
    code = "own_substitute"
    status = 422
    message = _("Nobody substitutes themselves. Choose a colleague.")


class NoSuchColleague(Refusal):
    code = "no_such_colleague"
    status = 422
    message = _("Your substitute must hold a post in your own province on these days.")


class AlreadySubstituted(Refusal):
    code = "already_substituted"
    message = _("A substitute is already named for some of these days. End that substitution first.")


class NotASubstitution(Refusal):
    code = "not_a_substitution"
    message = _("This substitution has already ended.")


def require_in_scope(by: Actor, power: Power, path: str) -> None:
    """Raise NotAllowed without the power, OutsideYourOffice where `path` is not the actor's office or below it."""
    by.require(power)
    if not is_under(path, by.unit_path):
        raise OutsideYourOffice


def _may_give(by: Actor, role: str) -> None:
    """Nobody gives a power that they do not have."""
    if role not in ROLES:
        raise UnknownRole
    if not ROLES[role] <= by.powers:
        raise NotAllowed


@dataclass(frozen=True, kw_only=True)
class Titles:
    """What a post is called."""

    fa: str
    en: str


@transaction.atomic
def open_post(*, unit: Unit, role: str, titles: Titles, by: Actor, now: datetime) -> Post:
    """A new place of work in an office."""
    require_in_scope(by, Power.POSTS_EDIT, unit.path)
    _may_give(by, role)
    post = Post(unit=unit, role=role, title_fa=clean_text(titles.fa), title_en=clean_text(titles.en))
    post.save(force_insert=True)
    tell("post.opened", on=f"post:{post.pk}", unit_path=unit.path, by=by, at=now, unit=unit.path, role=role)
    return post


@transaction.atomic
def appoint(*, person: Person, post: Post, since: date, until: date | None = None, by: Actor, now: datetime) -> Holding:
    """Let a person hold a post from a day on."""
    require_in_scope(by, Power.POSTS_EDIT, post.unit.path)
    _may_give(by, post.role)
    if until is not None and until < since:
        raise DaysInWrongOrder
    holding = Holding(person=person, post=post, since=since, until=until)
    holding.save(force_insert=True)
    _tell("post.appointed", holding, by=by, now=now)
    return holding


@transaction.atomic
def relieve(*, holding: Holding, last_day: date, by: Actor, now: datetime) -> Holding:
    """A person leaves a post after that day."""
    require_in_scope(by, Power.POSTS_EDIT, holding.post.unit.path)
    if last_day < holding.since:
        raise DaysInWrongOrder
    holding.until = last_day
    holding.save(update_fields=["until"])
    _tell("post.relieved", holding, by=by, now=now)
    return holding


@transaction.atomic
def name_substitute(*, holding: Holding, person: Person, since: date, until: date, by: Actor, now: datetime) -> Holding:
    """Let a colleague act at a post while its holder is away; the holder says so, or who may edit posts there."""
    _may_arrange(holding, by)
    _check_days(since, until, today=local_date(now))
    if person.pk == holding.person_id or holding.substitute_for_id is not None:
        raise OwnSubstitute
    if holding.until is not None and until > holding.until:
        raise HeldShorter
    if not colleagues(holding.post.unit.path, since).filter(pk=person.pk).exists():
        raise NoSuchColleague
    # The post's row first: two who name substitutes at once see one another.
    Post.objects.filter(pk=holding.post_id).update(role=F("role"))
    if _overlapping(holding, since, until):
        raise AlreadySubstituted
    named = Holding(post=holding.post, person=person, since=since, until=until, substitute_for_id=holding.person_id)
    named.save(force_insert=True)
    _tell("post.substitute_named", named, by=by, now=now)
    return named


def _may_arrange(holding: Holding, by: Actor) -> None:
    if by.person_id is not None and by.person_id in {holding.person_id, holding.substitute_for_id}:
        return
    require_in_scope(by, Power.POSTS_EDIT, holding.post.unit.path)


def _check_days(since: date, until: date, *, today: date) -> None:
    if until < since:
        raise DaysInWrongOrder
    if since < today:
        raise DayHasPassed
    if until - since > LONGEST_SUBSTITUTION:
        raise SubstitutionTooLong


def _overlapping(holding: Holding, since: date, until: date) -> bool:
    others = Holding.objects.filter(post_id=holding.post_id, substitute_for_id=holding.person_id)
    return others.filter(since__lte=until, until__gte=since).exists()


@transaction.atomic
def end_substitution(*, holding: Holding, by: Actor, now: datetime) -> None:
    """The holder is back earlier: the substitution ends with yesterday, or never begins."""
    if holding.substitute_for_id is None or holding.until is None or holding.until < local_date(now):
        raise NotASubstitution
    _may_arrange(holding, by)
    yesterday = local_date(now) - timedelta(days=1)
    _tell("post.substitution_ended", holding, by=by, now=now)
    if holding.since > yesterday:
        holding.delete()
        return
    holding.until = yesterday
    holding.save(update_fields=["until"])


def colleagues(unit_path: str, on: date) -> QuerySet[Person]:
    """Who may substitute for a post of this office: people who hold a post of their own in the same province."""
    held = Q(holdings__since__lte=on, holdings__substitute_for=None)
    still = Q(holdings__until=None) | Q(holdings__until__gte=on)
    here = under(province_of(unit_path), "holdings__post__unit__path")
    return Person.objects.filter(held, still, here, is_active=True).distinct()


def _tell(verb: str, holding: Holding, *, by: Actor, now: datetime) -> None:
    path = holding.post.unit.path
    until = holding.until.isoformat() if holding.until else None
    facts = {"unit": path, "person": holding.person_id, "since": holding.since.isoformat(), "until": until}
    bump("posts")
    tell(verb, on=f"post:{holding.post_id}", unit_path=path, by=by, at=now, **facts)
