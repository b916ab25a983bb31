"""Decisions of committees and councils: what was decided in the period, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext_lazy, ngettext

from takrim.decisions.models import OPEN_STATES, Decision, Share, State
from takrim.orgs.paths import under
from takrim.orgs.units import all_names
from takrim.reports.cells import Cell, Column, Kind, Measured, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, of_unit
from takrim.reports.telling import Told, write

# Counted beside the states.
_LATE = "late"
_COLUMNS = (
    Column(code="decided", title=gettext_lazy("Decided")),
    Column(code="fulfilled", title=gettext_lazy("Fulfilled")),
    Column(code="partly", title=gettext_lazy("Partly fulfilled")),
    Column(code="ended", title=gettext_lazy("Not fulfilled, stopped or cancelled")),
    Column(code="open", title=gettext_lazy("Under way")),
    Column(code="late", title=gettext_lazy("Overdue")),
    Column(code="share", title=gettext_lazy("Share fulfilled"), kind=Kind.SHARE),
)
_BODIES = Table(
    code="bodies",
    title=gettext_lazy("Decisions body by body"),
    of=gettext_lazy("Committee or council"),
    columns=_COLUMNS,
    picture=("decided", "fulfilled"),
)
_OFFICES = Table(
    code="offices",
    title=gettext_lazy("Parts of decisions office by office"),
    of=gettext_lazy("Office"),
    columns=_COLUMNS,
    picture=("share",),
    note=gettext_lazy("A decision that several offices carry out is counted for each of them."),
)


def _measure(scope: Scope) -> Measured:
    decided = Decision.objects.filter(
        under(scope.path), decided_on__gte=scope.period.start(), decided_on__lt=scope.period.end()
    )
    moment = min(scope.period.bounds()[1], scope.now)
    bodies, by_body = {}, dict[int, Counter[str]]()
    for decision in decided.select_related("body").order_by("body__name_fa", "pk"):
        bodies[decision.body_id] = decision.body
        by_body.setdefault(decision.body_id, Counter())[decision.state] += 1
    by_office: dict[str, Counter[str]] = {}
    outside: dict[str, str] = {}
    shares = Share.objects.filter(decision__in=decided).select_related("duty", "decision", "organisation")
    late: dict[int, set[int]] = {}
    for share in shares.order_by("unit_path", "pk"):
        key = share.unit_path
        if share.organisation is not None:
            # Not the doing of the office that sees to it.
            key = f"outside:{share.organisation_id}"
            outside[key] = share.organisation.name
        counts = by_office.setdefault(key, Counter())
        counts[share.state] += 1
        if _is_late(share, moment):
            counts[_LATE] += 1
            late.setdefault(share.body_id, set()).add(share.decision_id)
    for body, decisions in late.items():
        by_body[body][_LATE] = len(decisions)
    units = all_names()
    return {
        "bodies": [
            in_both(body.code, body.name_in("fa"), body.name_in("en"), *_cells(by_body[pk]))
            for pk, body in bodies.items()
        ],
        "offices": [
            in_both(key, outside[key], outside[key], *_cells(counts))
            if key in outside
            else of_unit(units[key], *_cells(counts))
            for key, counts in by_office.items()
        ],
    }


def _is_late(share: Share, moment: datetime) -> bool:
    """Its day is over, and the office has not even reported."""
    return share.state in {State.ISSUED, State.IN_HAND} and not share.duty.on_time(moment)


def _cells(counts: Mapping[str, int]) -> tuple[Cell, ...]:
    whole = sum(many for state, many in counts.items() if state != _LATE)
    fulfilled, still = counts.get(State.FULFILLED, 0), sum(counts.get(state, 0) for state in OPEN_STATES)
    partly = counts.get(State.PARTLY_FULFILLED, 0)
    ended = whole - fulfilled - partly - still
    share = Fraction(fulfilled, whole) if whole else None
    return whole, fulfilled, partly, ended, still, counts.get(_LATE, 0), share


def _suggest(told: Told) -> list[str]:
    decided, fulfilled, late = (
        sum(told.counts("bodies", column).values()) for column in ("decided", "fulfilled", "late")
    )
    if not decided:
        return []
    facts = {
        "decided": told.number(decided),
        "share": write(Kind.SHARE, Fraction(fulfilled, decided), told.lang),
    }
    sentence = ngettext(
        "{decided} decision was taken; {share} is fulfilled.",
        "{decided} decisions were taken; {share} are fulfilled.",
        decided,
    )
    lines = [sentence.format(**facts)]
    overdue = told.counts("offices", "late")
    behind = sorted((key for key in overdue if overdue[key]), key=lambda key: (-overdue[key], key))
    if late and behind:
        facts = {"late": told.number(late), "places": told.names("offices", behind[:2])}
        sentence = ngettext(
            "{late} of them is overdue, with {places}.", "{late} of them are overdue, most of them with {places}.", late
        )
        lines.append(sentence.format(**facts))
    return lines


PLUGIN = Chapter(
    title=gettext_lazy("Decisions and their execution"),
    about=gettext_lazy(
        "What the committees and councils decided in the period, and where it stands: fulfilled is what their "
        "secretary has confirmed."
    ),
    place=20,
    tables=(_BODIES, _OFFICES),
    measure=_measure,
    suggest=_suggest,
    verbs=("decision.",),
)
