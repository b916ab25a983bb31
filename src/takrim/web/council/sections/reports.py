"""Reports: what is being written and waits to be reviewed or signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from takrim.orgs.units import unit_name
from takrim.reports.models import State
from takrim.web import desk_reports
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk
from takrim.web.staff import shown

_NOTES = {State.DRAFT: _("Being written"), State.REVIEWED: _("Waits to be signed")}


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    lang = shown.lang()
    return [
        Line(
            text=f"{row.about.title(lang)}: {unit_name(row.unit_path, lang)}",
            url=reverse("council:report", args=[row.pk]),
            note=str(_NOTES[State(row.state)]),
        )
        for row in desk_reports.at_work(desk)[:5]
    ]


PLUGIN = Section(
    title=_("Reports"),
    help=_(
        "Three months, half a year, a year: figures that are computed, words that you write, a signature that freezes "
        "both."
    ),
    icon="chart",
    address="reports",
    place=70,
    to_do=_to_do,
)
