"""Who sits in the body, on which subjects, until when, and who stands in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.base import clock
from takrim.councils.models import Body, Membership
from takrim.councils.queries import edits
from takrim.councils.seating import at_posts, members_on
from takrim.orgs.presence import Seat
from takrim.web import desk_council
from takrim.web.council.part import Looking, Part
from takrim.web.council.words import ROLES, term, whose


def _show(looking: Looking[Body]) -> Mapping[str, Any]:
    body, day = looking.about, clock.local_date(looking.now)
    seats = members_on(body, day)
    posts = at_posts(seats, day)
    subjects = list(desk_council.subjects(body))
    return {
        "rows": [_row(seat, posts.get(seat.post_id or 0), subjects) for seat in seats],
        "voters": sum(seat.votes for seat in seats),
        "may_edit": edits(body, looking.desk.actor, day) and body.closed_on is None,
        "code": body.code,
    }


def _row(seat: Membership, at_post: Seat | None, subjects: list[Any]) -> dict[str, Any]:
    acting = at_post.acting or at_post.person if at_post else None
    person = seat.person or acting
    return {
        "id": seat.pk,
        "name": person.name if person else "",
        "title": seat.title,
        "whose": whose(seat) if seat.post_id else "",
        "organisation": seat.organisation.name if seat.organisation else "",
        "role": ROLES[seat.role],
        "is_member": seat.role == "member",
        "votes": seat.votes,
        "term": term(seat),
        "subjects": [subject.name for subject in subjects if subject.secretary_id == seat.pk],
        "substitute": seat.substitute_post.title if seat.substitute_post else _name(seat),
    }


def _name(seat: Membership) -> str:
    return seat.substitute_person.name if seat.substitute_person else ""


PLUGIN = Part(template="council/_members.html", place=20, show=_show)
