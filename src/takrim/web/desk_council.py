"""What a desk reaches of bodies and their meetings; and the desk of people from outside who sit in one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from takrim.base.clock import local_date
from takrim.cases.models_partners import Partner
from takrim.councils.ical import Entry
from takrim.councils.models import Body, BodyQuerySet, DueMeeting, Membership, MembershipQuerySet, Subject
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Feed, Invitation, InvitationQuerySet, Meeting, MeetingQuerySet
from takrim.councils.queries import Standing, standing_of, that_must_meet
from takrim.orgs.actor import Actor, member
from takrim.orgs.models import Holding, Person, Post
from takrim.orgs.paths import province_of, under
from takrim.web.desk import Desk, PublicDesk


@dataclass(frozen=True)
class Place:
    """What stands beside the name in the header, where others have their office."""

    short: str


@dataclass(frozen=True)
class MemberDesk:
    """The desk of somebody from outside: the bodies they sit in, their meetings, and nothing else."""

    actor: Actor
    organisation: str

    @property
    def unit(self) -> Place:
        return Place(self.organisation)


# Whoever may come to the pages of bodies.
Reach: TypeAlias = Desk | MemberDesk


class SeatedRequest(HttpRequest):
    """A request behind the gate of bodies."""

    desk: Reach


def member_desk(person_id: int, on: date) -> MemberDesk | None:
    """The desk of an account from outside; None for whoever sits in no body on that day."""
    seats = Membership.objects.valid(on).filter(person_id=person_id, organisation__isnull=False, person__is_active=True)
    seat = seats.select_related("person", "organisation").order_by("pk").first()
    if seat is None or seat.person is None or seat.organisation is None:
        return None
    name = seat.organisation.name
    return MemberDesk(member(person_id, seat.person.name, name), name)


def bodies(desk: Reach, now: datetime) -> BodyQuerySet:
    """The bodies this desk sees."""
    return Body.objects.all().seen_by(desk.actor, local_date(now))


def bodies_that_must_meet(desk: Reach, now: datetime, most: int) -> list[Body]:
    """Those of them that have a rhythm. One query."""
    return that_must_meet(desk.actor, local_date(now), most)


def standing(desk: Reach, body: Body, now: datetime) -> Standing:
    """What the person at the desk is to a body."""
    return standing_of(body, desk.actor, local_date(now))


def own_seats(desk: Reach, now: datetime) -> MembershipQuerySet:
    """The seats that the person at the desk has today, in all bodies."""
    return Membership.objects.valid(local_date(now)).of(desk.actor)


def subjects(body: Body) -> QuerySet[Subject]:
    """What a body of this desk deals with."""
    return Subject.objects.filter(body=body, ended_at=None).select_related("secretary").order_by("pk")


def seats_ever(body: Body) -> MembershipQuerySet:
    """All seats of a body of this desk, whether they are held today or not."""
    related = ("post__unit", "person", "organisation", "substitute_post__unit", "substitute_person")
    return Membership.objects.filter(body=body).select_related(*related).order_by("pk")


def meetings(desk: Reach, now: datetime) -> MeetingQuerySet:
    """Meetings of the bodies this desk sees, and those to which the person was invited."""
    return Meeting.objects.all().seen_by(desk.actor, local_date(now)).select_related("body", "body__unit")


def invitations(meeting: Meeting) -> InvitationQuerySet:
    """The list of a meeting of this desk."""
    related = ("person", "substitute_person", "membership__post")
    rows = Invitation.objects.filter(meeting=meeting).select_related(*related)
    return rows.in_order()


def agenda(meeting: Meeting) -> list[AgendaItem]:
    """What stands on the agenda of a meeting of this desk, in its order."""
    return list(AgendaItem.objects.filter(meeting=meeting).accepted())


def own_invitation(desk: Reach, meeting: Meeting) -> Invitation | None:
    """The seat at a meeting that the person at the desk may reply for; None where nobody has invited them."""
    rows = Invitation.objects.filter(meeting=meeting, invited_at__isnull=False).of(desk.actor)
    return rows.select_related("meeting__body", "person", "membership").order_by("place").first()


def instead_of(desk: Reach, meeting: Meeting) -> Invitation | None:
    """The seat at a meeting that the person at the desk was sent to take."""
    rows = Invitation.objects.filter(meeting=meeting, substitute_person_id=desk.actor.person)
    return rows.select_related("meeting__body", "person").first()


def waiting_replies(desk: Reach, now: datetime) -> InvitationQuerySet:
    """Invitations of the person at the desk that nobody has replied to."""
    rows = Invitation.objects.filter(reply="", invited_at__isnull=False, meeting__state="invited")
    mine = rows.of(desk.actor).filter(meeting__starts_at__gt=now)
    return mine.select_related("meeting__body").order_by("meeting__starts_at")


def partners(body: Body) -> QuerySet[Partner]:
    """Organisations without an office here that the body's province knows."""
    return Partner.objects.all().of(province_of(body.unit_path)).at_work().order_by("name")


def posts(body: Body) -> QuerySet[Post]:
    """The posts that may sit in a body: all of its province, the affiliated organisations among them."""
    held = Post.objects.filter(under(province_of(body.unit_path), "unit__path")).select_related("unit")
    return held.order_by("unit__path", "pk")


def post(body: Body, number: str) -> Post | None:
    """One of them by its number as a form gives it; None for none."""
    return posts(body).filter(pk=int(number)).first() if number.isascii() and number.isdecimal() else None


def holders(body: Body, day: date) -> dict[int, str]:
    """Who holds these posts on a day, by the number of the post."""
    held = Holding.objects.valid(day).filter(under(province_of(body.unit_path), "post__unit__path"))
    return dict(held.filter(substitute_for=None).order_by("-pk").values_list("post_id", "person__name"))


def person_named(body: Body, username: str) -> Person | None:
    """Somebody who works in the province of the body, by the name they sign in with."""
    here = under(province_of(body.unit_path), "holdings__post__unit__path")
    return Person.objects.filter(here, username=username, is_active=True).distinct().first()


def colleagues(meeting: Meeting, invitation: Invitation, on: date) -> QuerySet[Person]:
    """Who may come instead of somebody: people of the same organisation, none of whom was invited."""
    invited = Invitation.objects.filter(meeting=meeting, person=OuterRef("pk"))
    seat = invitation.membership
    if seat is None or seat.post is None:
        return Person.objects.none()
    here = under(seat.post.unit.path, "post__unit__path")
    holding = Holding.objects.valid(on).filter(here, person=OuterRef("pk"))
    return Person.objects.filter(Exists(holding), ~Exists(invited), is_active=True).order_by("name", "pk")


def due_meetings(desk: Reach, now: datetime) -> QuerySet[DueMeeting]:
    """What the bodies of this desk owe, or owed, of meetings."""
    return DueMeeting.objects.filter(body__in=bodies(desk, now)).select_related("body", "duty")


def feed_of(desk: Reach) -> Feed | None:
    """The calendar feed of the person at the desk."""
    return Feed.objects.filter(person_id=desk.actor.person).first()


def opened_invitation(desk: PublicDesk, number: int) -> Invitation | None:
    """The invitation whose signed link somebody opened, while its meeting lies ahead."""
    rows = Invitation.objects.filter(pk=number, invited_at__isnull=False, meeting__in=Meeting.objects.ahead())
    return rows.select_related("meeting__body", "person").first()


def fed(desk: PublicDesk, person_id: int, nonce: str) -> Person | None:
    """Whose feed an address is; None where it was renewed, or the person works here no more."""
    found = Feed.objects.filter(person_id=person_id, nonce=nonce, person__is_active=True)
    feed = found.select_related("person").first()
    return feed.person if feed else None


# How far back a calendar programme is told of meetings.
BACK = timedelta(days=366)


def my_meetings_ahead(desk: Reach, now: datetime) -> list[Meeting]:
    """The meetings to which the person at the desk was invited, or sent, and that lie ahead."""
    rows = Invitation.objects.filter(_of_person(desk.actor.person), meeting__in=Meeting.objects.ahead())
    ahead = rows.filter(meeting__starts_at__gt=now).select_related("meeting__body").order_by("meeting__starts_at")
    return [row.meeting for row in ahead]


def _of_person(person_id: int) -> Q:
    own = Q(person_id=person_id) | Q(substitute_person_id=person_id)
    return own & Q(invited_at__isnull=False)


def entries(person: Person, now: datetime) -> list[Entry]:
    """What stands in somebody's calendar: what they were invited or sent to, for a year back and all ahead."""
    rows = Invitation.objects.filter(_of_person(person.pk), meeting__starts_at__gt=now - BACK)
    found = rows.select_related("meeting__body").order_by("meeting__starts_at", "pk")
    return [Entry(row.meeting, row) for row in found]
