"""Minutes: what waits for one's signature or comment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from takrim.web import desk_minutes
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    """Signatures first; two queries."""
    found = [(one, _("Waiting for your signature")) for one in desk_minutes.to_sign(desk)[:5]]
    found += [(one, _("Open for your comment")) for one in desk_minutes.to_comment(desk)[:5]]
    return [
        Line(text=one.meeting.body.name, url=reverse("council:minutes", args=[one.meeting.code]), note=str(note))
        for one, note in found[:5]
    ]


PLUGIN = Section(
    title=_("Minutes"),
    help=_("Written beside the agenda, signed by those present under one hash, issued with their decisions."),
    icon="draft",
    address="minutes_register",
    place=20,
    to_do=_to_do,
)
