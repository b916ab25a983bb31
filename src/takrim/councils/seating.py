"""Who sits in a body on a day: the people behind its seats, as a meeting writes them down."""

from __future__ import annotations

from datetime import date

from takrim.base.clock import local_date
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_meetings import Invitation, Meeting
from takrim.orgs.models import Person
from takrim.orgs.presence import Seat, seats_at
from takrim.orgs.units import UnitNames, all_names

# In which order lists and minutes name people.
ORDER = {Role.CHAIR: 0, Role.SECRETARY: 100, Role.MEMBER: 200, Role.OBSERVER: 500}


def members_on(body: Body, day: date) -> list[Membership]:
    """The seats that are held on a day, the chair first. One query."""
    rows = Membership.objects.valid(day).filter(body=body)
    related = ("post__unit", "person", "organisation", "substitute_post__unit", "substitute_person")
    return sorted(rows.select_related(*related), key=lambda row: (ORDER[Role(row.role)], row.pk))


def at_posts(members: list[Membership], day: date) -> dict[int, Seat]:
    """Who is at the posts of these seats and of their substitutes, by post. Two queries, none without posts."""
    posts = {post for row in members for post in (row.post_id, row.substitute_post_id) if post is not None}
    return {seat.post.pk: seat for seat in seats_at(posts, day)} if posts else {}


def seated(meeting: Meeting) -> list[Invitation]:
    """A row for each seat of the body on the day of the meeting, not saved yet; the person is who acts there.

    Somebody who acts at two posts is asked once: the other seat is on the list without a person.
    """
    day = local_date(meeting.starts_at)
    members = members_on(meeting.body, day)
    posts = at_posts(members, day)
    rows, taken = [], set[int]()
    for place, member in enumerate(members):
        acting = member.person if member.post_id is None else _acting(posts.get(member.post_id))
        person = acting if acting is not None and acting.pk not in taken else None
        taken |= {person.pk} if person else set()
        rows.append(_row(meeting, member, person, place))
    return rows


def _row(meeting: Meeting, member: Membership, person: Person | None, place: int) -> Invitation:
    titles, organisation = titles_of(member), organisation_of(member)
    return Invitation(
        meeting=meeting,
        membership=member,
        person=person,
        name=person.name if person else titles[0],
        title_fa=titles[0],
        title_en=titles[1],
        organisation_fa=organisation[0],
        organisation_en=organisation[1],
        role=member.role,
        votes=member.votes,
        place=ORDER[Role(member.role)] + place,
    )


def _acting(seat: Seat | None) -> Person | None:
    return (seat.acting or seat.person) if seat else None


def titles_of(member: Membership) -> tuple[str, str]:
    """The title of a seat in Persian and English: its own, else that of the post, else that of the role."""
    if member.title:
        return member.title, member.title
    return (member.post.title_fa, member.post.title_en) if member.post else ("عضو", "Member")


def organisation_of(member: Membership) -> tuple[str, str]:
    """Where somebody comes from, in Persian and English; empty for a person who sits there for themselves."""
    if member.organisation is not None:
        return member.organisation.name, member.organisation.name
    unit: UnitNames | None = all_names().get(member.post.unit.path) if member.post else None
    return (unit.short_fa, unit.short_en) if unit else ("", "")
