"""Seats of a body are given, changed and ended; organisations without an office here send a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.cases.models_partners import Partner
from takrim.councils.actions_bodies import BodyEvent, require_at_work
from takrim.councils.models import Body, Membership, Role
from takrim.councils.queries import require_editor
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.models import Holding, Person, Post
from takrim.orgs.paths import is_under, province_of
from takrim.orgs.powers import ROLES, Power


class SeatUnclear(Refusal):
    code = "seat_unclear"
    status = 422
    message = _("Say whose seat it is: choose a post or a person, not both.")


class SeatedAlready(Refusal):
    code = "seated_already"
    message = _("This post or person already has a seat in the body.")


class ChairTaken(Refusal):
    code = "chair_taken"
    message = _("The body has a chair. End that seat first, then name the new chair.")


class SecretaryWithoutPower(Refusal):
    code = "secretary_without_power"
    status = 422
    message = _(
        "A secretary needs a post that may keep meetings, such as “Secretary of committees”. Choose such a post."
    )


class TermEndsEarly(Refusal):
    code = "term_ends_early"
    status = 422
    message = _("The last day of the term is before its first.")


class OwnStandIn(Refusal):
    code = "own_stand_in"
    status = 422
    message = _("Nobody stands in for themselves. Choose another post or person.")


class OutsiderUnreachable(Refusal):
    code = "outsider_unreachable"
    status = 422
    message = _("Give an e-mail address or a mobile number: invitations are sent there.")


class OutsiderIsStaff(Refusal):
    code = "outsider_is_staff"
    message = _("Somebody with this address works in an office here. Add them by their post or person.")


class OutsiderUnnamed(Refusal):
    code = "outsider_unnamed"
    status = 422
    message = _("Write the name of who comes for the organisation.")


class SeatEnded(Refusal):
    code = "seat_ended"
    message = _("This seat has ended already.")


@dataclass(frozen=True, kw_only=True)
class Seated(BodyEvent):
    verb = "body.seated"
    sentence = _("A seat in a body of {unit} was given.")
    seat: int
    role: str


@dataclass(frozen=True, kw_only=True)
class Reseated(BodyEvent):
    verb = "body.reseated"
    sentence = _("A seat in a body of {unit} was changed.")
    seat: int
    role: str


@dataclass(frozen=True, kw_only=True)
class Unseated(BodyEvent):
    verb = "body.unseated"
    sentence = _("A seat in a body of {unit} ends.")
    seat: int
    role: str


@dataclass(frozen=True, kw_only=True)
class AccountMade(BodyEvent):
    verb = "body.account_made"
    sentence = _("A member from outside got an account for a body of {unit}.")
    seat: int
    person: int


@dataclass(frozen=True, kw_only=True)
class Seat:
    """Whose seat it is and as what. An observer never votes, a secretary only where that is said."""

    role: str
    post: Post | None = None
    person: Person | None = None
    title: str = ""
    votes: bool = True
    since: date
    until: date | None = None
    substitute_post: Post | None = None
    substitute_person: Person | None = None


@dataclass(frozen=True, kw_only=True)
class Outsider:
    """Who comes for an organisation that has no office here, and where they are reached."""

    name: str
    email: str = ""
    mobile: str = ""


def _check(seat: Seat) -> None:
    if (seat.post is None) == (seat.person is None) or seat.role not in set(Role):
        raise SeatUnclear
    if seat.until is not None and seat.until < seat.since:
        raise TermEndsEarly
    if seat.substitute_post is not None and seat.substitute_person is not None:
        raise SeatUnclear
    same_post = seat.post is not None and seat.substitute_post == seat.post
    if same_post or (seat.person is not None and seat.substitute_person == seat.person):
        raise OwnStandIn
    if seat.role == Role.SECRETARY and not _may_keep(seat):
        raise SecretaryWithoutPower


def _may_keep(seat: Seat) -> bool:
    if seat.post is not None:
        return Power.MEETING_KEEP in ROLES.get(seat.post.role, frozenset())
    held = Holding.objects.valid(seat.since).filter(person=seat.person, substitute_for=None)
    return any(Power.MEETING_KEEP in ROLES.get(role, ()) for role in held.values_list("post__role", flat=True))


def _columns(seat: Seat) -> dict[str, Any]:
    return {
        "role": seat.role,
        "title": clean_text(seat.title).strip(),
        "votes": seat.votes and seat.role != Role.OBSERVER,
        "since": seat.since,
        "until": seat.until,
        "substitute_post": seat.substitute_post,
        "substitute_person": seat.substitute_person,
    }


@transaction.atomic
def give_seat(*, body: Body, seat: Seat, by: Actor, now: datetime) -> Membership:
    """Let a post or a person sit in the body for a term."""
    require_editor(body, by, local_date(now))
    require_at_work(body)
    return _seat(body, seat, None, by=by, now=now)


def _seat(body: Body, seat: Seat, organisation: Partner | None, *, by: Actor, now: datetime) -> Membership:
    _check(seat)
    _check_free(body, seat)
    columns = _columns(seat)
    member = Membership(body=body, post=seat.post, person=seat.person, organisation=organisation, **columns)
    try:
        with transaction.atomic():
            member.save(force_insert=True)
    except IntegrityError as error:
        raise SeatedAlready from error
    _tell(Seated, member, by=by, now=now)
    return member


def _check_free(body: Body, seat: Seat, but: int = 0) -> None:
    """Nobody has two seats at a time, and no body two chairs."""
    others = Membership.objects.filter(body=body).exclude(pk=but)
    overlapping = others.filter(since__lte=seat.until) if seat.until else others
    overlapping = overlapping.exclude(until__lt=seat.since)
    if overlapping.filter(post=seat.post, person=seat.person).exists():
        raise SeatedAlready
    if seat.role == Role.CHAIR and overlapping.filter(role=Role.CHAIR).exists():
        raise ChairTaken


@transaction.atomic
def change_seat(*, member: Membership, seat: Seat, by: Actor, now: datetime) -> Membership:
    """Another role, term, title or substitute for a seat; whose it is stays."""
    body = member.body
    require_editor(body, by, local_date(now))
    require_at_work(body)
    if (seat.post, seat.person) != (member.post, member.person):
        raise SeatUnclear
    _check(seat)
    _check_free(body, seat, but=member.pk)
    try:
        with transaction.atomic():
            Membership.objects.filter(pk=member.pk).update(**_columns(seat))
    except IntegrityError as error:
        raise SeatedAlready from error
    member.refresh_from_db()
    _tell(Reseated, member, by=by, now=now)
    return member


@transaction.atomic
def end_seat(*, member: Membership, last_day: date, by: Actor, now: datetime) -> Membership:
    """The seat ends after that day; what was done from it stays. One that has not begun yet ends with its first day."""
    require_editor(member.body, by, local_date(now))
    if last_day < member.since:
        raise TermEndsEarly
    still = Membership.objects.filter(pk=member.pk).exclude(until__lte=last_day)
    if still.update(until=last_day) != 1:
        raise SeatEnded
    member.until = last_day
    _tell(Unseated, member, by=by, now=now)
    return member


@transaction.atomic
def seat_outsider(
    *, body: Body, organisation: Partner, who: Outsider, seat: Seat, by: Actor, now: datetime
) -> Membership:
    """Let an organisation without an office here send a person. Their account sees this body and nothing else."""
    require_editor(body, by, local_date(now))
    require_at_work(body)
    if seat.post is not None or seat.person is not None or seat.role in {Role.CHAIR, Role.SECRETARY}:
        raise SeatUnclear
    # Somebody else's list of organisations is not to be reached by guessing numbers.
    if not is_under(body.unit_path, province_of(organisation.unit_path)):
        raise SeatUnclear
    person, is_new = _account(who)
    own = Seat(role=seat.role, person=person, title=seat.title, votes=seat.votes, since=seat.since, until=seat.until)
    member = _seat(body, own, organisation, by=by, now=now)
    if is_new:
        event = AccountMade(unit=body.unit_path, kind=body.kind, seat=member.pk, person=person.pk)
        record(event, on=body.subject, unit_path=body.unit_path, by=by, at=now)
    return member


@transaction.atomic
def send_account(*, member: Membership, by: Actor, now: datetime) -> None:
    """Write to a member from outside once more how they get into their account."""
    require_editor(member.body, by, local_date(now))
    if member.organisation_id is None or member.person is None:
        raise SeatUnclear
    body = member.body
    event = AccountMade(unit=body.unit_path, kind=body.kind, seat=member.pk, person=member.person.pk)
    record(event, on=body.subject, unit_path=body.unit_path, by=by, at=now)


def _account(who: Outsider) -> tuple[Person, bool]:
    """The account of somebody from outside, and whether it is new. Its name for signing in is the address."""
    name = " ".join(clean_text(who.name).split())
    username = who.email.lower() or who.mobile
    if not name:
        raise OutsiderUnnamed
    if not username:
        raise OutsiderUnreachable
    known = Person.objects.filter(username=username).first()
    if known is None:
        person = Person(username=username, name=name, email=who.email, mobile=who.mobile)
        # Nobody can sign in until the person has chosen a password by the link they are sent.
        person.set_unusable_password()
        person.save(force_insert=True)
        return person, True
    if known.holdings.exists() or not known.is_active:
        raise OutsiderIsStaff
    return known, False


def _tell(
    event: type[Seated] | type[Reseated] | type[Unseated], member: Membership, *, by: Actor, now: datetime
) -> None:
    body = member.body
    told = event(unit=body.unit_path, kind=body.kind, seat=member.pk, role=member.role)
    record(told, on=body.subject, unit_path=body.unit_path, by=by, at=now)
