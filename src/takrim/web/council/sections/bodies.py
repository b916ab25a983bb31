"""Committees and councils: meetings that wait for my reply, and those that bodies of mine still owe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.web import desk_council
from takrim.web.council.section import Line, Section
from takrim.web.council.words import period
from takrim.web.desk import Desk
from takrim.web.parts.templatetags.takrim import language

MOST = 5
# A meeting that is owed is named so long before its day.
SOON = timedelta(days=30)


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    """What waits for my reply, then what is late or comes near. Two queries."""
    return [*_replies(desk, now), *_owed(desk, now)][:MOST]


def _replies(desk: Desk, now: datetime) -> list[Line]:
    lang = language()
    return [
        Line(
            text=gettext("Reply to the invitation of {body}").format(body=row.meeting.body.name),
            url=reverse("council:meeting", args=[row.meeting.code]),
            note=words.datetime(row.meeting.starts_at, lang),
        )
        for row in desk_council.waiting_replies(desk, now)[:MOST]
    ]


def _owed(desk: Desk, now: datetime) -> list[Line]:
    lang = language()
    owed = desk_council.due_meetings(desk, now).filter(duty__settled_at=None, duty__due_at__lt=now + SOON)
    return [
        Line(
            text=gettext("{body}: meeting of {period}").format(body=row.body.name, period=period(row.period)),
            url=reverse("council:body", args=[row.body.code]),
            note=words.date(row.due_on, lang),
            late=row.duty.due_at is not None and row.duty.due_at < now,
        )
        for row in owed.order_by("duty__due_at", "pk")[:MOST]
    ]


PLUGIN = Section(
    title=_("Committees and councils"),
    help=_("Who sits in them, how often they must meet, and their meetings."),
    icon="people",
    address="bodies",
    place=10,
    to_do=_to_do,
)
