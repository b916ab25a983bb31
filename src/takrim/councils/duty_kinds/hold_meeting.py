"""Holding a meeting: what a body owes in each of its periods. Its chair and its secretaries see to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.councils.models import Body, Membership, Role
from takrim.councils.models_meetings import Meeting, State
from takrim.councils.seating import at_posts
from takrim.duties.kind import DutyKind, Head
from takrim.duties.models import Duty
from takrim.orgs.models import Person


def _bodies(duties: Sequence[Duty]) -> dict[str, Body]:
    codes = {duty.about.removeprefix("body:") for duty in duties}
    return {body.subject: body for body in Body.objects.filter(code__in=codes)}


def _heads(duties: Sequence[Duty]) -> Mapping[int, Head]:
    bodies, lang = _bodies(duties), get_language() or "fa"
    return {
        duty.pk: Head(
            title=bodies[duty.about].name,
            number="",
            page=f"/council/bodies/{bodies[duty.about].code}/",
            state=duty.state,
            note=Period.parse(duty.task).title(lang),
        )
        for duty in duties
        if duty.about in bodies
    }


def _keepers(duties: Sequence[Duty], now: datetime) -> Mapping[int, Sequence[Person]]:
    """Chair and secretaries of the bodies; of one that has already invited to a meeting in time nobody."""
    bodies, today = _bodies(duties), local_date(now)
    rows = Membership.objects.valid(today).filter(body__in=bodies.values(), role__in=[Role.CHAIR, Role.SECRETARY])
    seats = list(rows.select_related("person", "body").order_by("role", "pk"))
    posts = at_posts(seats, today)
    by_body: dict[str, list[Person]] = {}
    for seat in seats:
        at_post = posts.get(seat.post_id) if seat.post_id else None
        person = seat.person or (at_post and (at_post.acting or at_post.person))
        if person:
            by_body.setdefault(seat.body.subject, []).append(person)
    calm = _invited(bodies, duties, now)
    return {duty.pk: () if duty.pk in calm else by_body.get(duty.about, ()) for duty in duties}


def _invited(bodies: Mapping[str, Body], duties: Sequence[Duty], now: datetime) -> set[int]:
    """The duties for which a meeting lies ahead before they are due, with its invitations sent."""
    ahead = Meeting.objects.filter(body__in=bodies.values(), state=State.INVITED, starts_at__gte=now)
    first: dict[str, datetime] = {}
    for meeting in ahead.select_related("body").order_by("-starts_at"):
        first[meeting.body.subject] = meeting.starts_at
    return {duty.pk for duty in duties if duty.due_at and duty.about in first and first[duty.about] <= duty.due_at}


PLUGIN = DutyKind(title=_("Meeting to be held"), length="30 calendar_days", heads=_heads, keepers=_keepers)
