"""Programmes: what one's own office has planned and not proven yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.web import desk_programmes
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk
from takrim.web.staff import shown


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    lang = shown.lang()
    return [
        Line(
            text=row.title,
            url=reverse("council:planned", args=[row.pk]),
            note=words.date(row.starts_at, lang),
            late=row.duty.due_at is not None and row.duty.due_at < now,
        )
        for row in desk_programmes.owed_next(desk)[:5]
    ]


PLUGIN = Section(
    title=_("Programmes and actions"),
    help=_("Government Week, Labour Week and the others: what is planned, for whom, and what of it was done."),
    icon="calendar",
    address="programmes",
    place=60,
    to_do=_to_do,
)
