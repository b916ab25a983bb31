"""Decisions: what waits to be confirmed, and what my office has to carry out first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from takrim.web import desk_decisions
from takrim.web.council import decisions_shown as shown
from takrim.web.council.section import Line, Section
from takrim.web.desk import Desk
from takrim.web.parts.templatetags.takrim import number, timeleft

MOST = 5


def _to_do(desk: Desk, now: datetime) -> Sequence[Line]:
    """Three queries."""
    lines = []
    waiting = desk_decisions.to_confirm(desk, now).count()
    if waiting:
        words = _("Reports that wait to be confirmed: {number}").format(number=number(waiting))
        lines.append(Line(text=words, url="/council/decisions/confirm/"))
    shares = desk_decisions.of_office(desk, "todo", now, below=False)
    for share in desk_decisions.page_by_due(shares, None, MOST - len(lines)):
        due = share.duty.due_at
        late = due is not None and due < now
        lines.append(Line(text=share.title, url=shown.address(share.decision), note=timeleft(due, now), late=late))
    return lines


PLUGIN = Section(
    title=gettext_lazy("Decisions"),
    help=gettext_lazy("What bodies have decided: who carries it out, by when, and what was confirmed."),
    icon="approve",
    address="decisions",
    place=30,
    to_do=_to_do,
)
