"""Committees and councils: whether they met as often as they must, and who came."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from takrim.base.clock import local_date
from takrim.councils.models import Body, Role
from takrim.councils.models_meetings import HERE, TOOK_PLACE, Invitation, Meeting, State
from takrim.councils.rhythm import rhythm_of
from takrim.orgs.paths import under
from takrim.reports.cells import Cell, Column, Kind, Measured, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both
from takrim.reports.telling import Told, write

_COUNTED = (Role.CHAIR, Role.SECRETARY, Role.MEMBER)
_BODIES = Table(
    code="bodies",
    title=gettext_lazy("Body by body"),
    of=gettext_lazy("Committee or council"),
    columns=(
        Column(code="needed", title=gettext_lazy("Meetings it must hold")),
        Column(code="held", title=gettext_lazy("Meetings held")),
        Column(code="short", title=gettext_lazy("Without a quorum")),
        Column(code="cancelled", title=gettext_lazy("Called off")),
        Column(code="share", title=gettext_lazy("Held of those it must"), kind=Kind.SHARE),
        Column(code="present", title=gettext_lazy("Members present"), kind=Kind.SHARE),
    ),
    picture=("share",),
    note=gettext_lazy("A body that has no rhythm meets when it is needed; for it no meeting is missing."),
)


def _measure(scope: Scope) -> Measured:
    last = min(scope.period.last_day(), local_date(scope.now))
    bodies = Body.objects.filter(under(scope.path), since__lte=last).filter(
        Q(closed_on=None) | Q(closed_on__gt=scope.period.start())
    )
    listed = list(bodies.order_by("unit_path", "name_fa", "pk"))
    states, present = _meetings(scope, listed), _present(scope, listed)
    rows = []
    for body in listed:
        held = sum(states.get((body.pk, state), 0) for state in TOOK_PLACE)
        needed = _needed(scope, body)
        cells: tuple[Cell, ...] = (
            needed,
            held,
            states.get((body.pk, State.NOT_CONSTITUTED), 0),
            states.get((body.pk, State.CANCELLED), 0),
            min(Fraction(held, needed), Fraction(1)) if needed else None,
            present.get(body.pk),
        )
        rows.append(in_both(body.code, body.name_in("fa"), body.name_in("en"), *cells))
    return {"bodies": rows}


def _needed(scope: Scope, body: Body) -> int:
    """How many meetings had to be held by a day that lies in the period and is over."""
    rhythm = rhythm_of(body)
    if rhythm is None:
        return 0
    first, today = max(scope.period.start(), body.since), local_date(scope.now)
    days = [rhythm.last_day(one) for one in rhythm.periods(first, scope.period.last_day())]
    return rhythm.times * sum(day in scope.period and day < today for day in days)


def _meetings(scope: Scope, bodies: Iterable[Body]) -> dict[tuple[int, str], int]:
    start, end = scope.period.bounds()
    rows = Meeting.objects.filter(body__in=bodies, starts_at__gte=start, starts_at__lt=end).order_by()
    counted = rows.values_list("body", "state").annotate(many=Count("pk"))
    return {(body, state): many for body, state, many in counted}


def _present(scope: Scope, bodies: Iterable[Body]) -> dict[int, Fraction]:
    """The share of members who came to the meetings that took place."""
    start, end = scope.period.bounds()
    rows = Invitation.objects.filter(
        meeting__body__in=bodies,
        meeting__starts_at__gte=start,
        meeting__starts_at__lt=end,
        meeting__state__in=TOOK_PLACE,
        role__in=_COUNTED,
    ).order_by()
    counted = rows.values_list("meeting__body").annotate(
        here=Count("pk", filter=Q(attendance__in=HERE)), all=Count("pk")
    )
    return {body: Fraction(here, whole) for body, here, whole in counted if whole}


def _suggest(told: Told) -> list[str]:
    rows = told.rows("bodies")
    if not rows:
        return []
    held, needed = (sum(told.counts("bodies", column).values()) for column in ("held", "needed"))
    bodies = ngettext("{number} committee or council", "{number} committees and councils", len(rows))
    meetings = ngettext("{number} meeting", "{number} meetings", held)
    facts = {
        "bodies": bodies.format(number=told.number(len(rows))),
        "meetings": meetings.format(number=told.number(held)),
        "needed": told.number(needed),
    }
    sentence = _("{bodies} held {meetings}; {needed} had to be held.") if needed else _("{bodies} held {meetings}.")
    lines = [sentence.format(**facts)]
    behind = [row for row in rows if (told.cell("bodies", row, "share") or 1) < 1]
    for row in sorted(behind, key=lambda row: (told.cell("bodies", row, "share"), row.key))[:3]:
        share = write(Kind.SHARE, told.cell("bodies", row, "share"), told.lang)
        lines.append(_("“{body}” met {share} of the times it must.").format(body=row.name(told.lang), share=share))
    return lines


PLUGIN = Chapter(
    title=gettext_lazy("Committees, councils and their meetings"),
    about=gettext_lazy(
        "The bodies of the office and of those below it: how often they had to meet in the period, how often they met "
        "with a quorum, and how many of their members came."
    ),
    place=10,
    tables=(_BODIES,),
    measure=_measure,
    suggest=_suggest,
    verbs=("meeting.", "body."),
)
