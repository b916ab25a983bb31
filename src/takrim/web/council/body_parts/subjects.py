"""What the body deals with, and which secretary has what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.base import clock
from takrim.councils.models import Body, Role
from takrim.councils.queries import edits
from takrim.councils.seating import at_posts, members_on
from takrim.web import desk_council
from takrim.web.council.members_forms import SubjectForm
from takrim.web.council.part import Looking, Part


def _show(looking: Looking[Body]) -> Mapping[str, Any]:
    body, day = looking.about, clock.local_date(looking.now)
    may_edit = edits(body, looking.desk.actor, day) and body.closed_on is None
    secretaries = [seat for seat in members_on(body, day) if seat.role == Role.SECRETARY]
    posts = at_posts(secretaries, day)
    names = {}
    for seat in secretaries:
        at_post = posts.get(seat.post_id or 0)
        person = seat.person or (at_post.person if at_post else None)
        names[seat.pk] = person.name if person else (seat.post.title if seat.post else "")
    return {
        "code": body.code,
        "rows": [
            {"id": subject.pk, "name": subject.name, "secretary": names.get(subject.secretary_id or 0, "")}
            for subject in desk_council.subjects(body)
        ],
        "form": SubjectForm(secretaries=list(names.items())) if may_edit else None,
    }


PLUGIN = Part(template="council/_subjects.html", place=20, show=_show, aside=True)
