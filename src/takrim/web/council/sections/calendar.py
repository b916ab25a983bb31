"""The duty calendar and one's own meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.web import desk_council
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk
from takrim.web.parts.templatetags.takrim import language

MOST = 5


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    """My next meetings. One query."""
    lang = language()
    return [
        Line(
            text=meeting.body.name,
            url=reverse("council:meeting", args=[meeting.code]),
            note=words.datetime(meeting.starts_at, lang),
        )
        for meeting in desk_council.my_meetings_ahead(desk, now)[:MOST]
    ]


PLUGIN = Section(
    title=_("My meetings"),
    help=_("What lies ahead, and the address at which a calendar programme or a telephone reads it."),
    icon="calendar",
    address="feed_page",
    place=15,
    to_do=_to_do,
)
