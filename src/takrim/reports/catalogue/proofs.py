"""The annex: what the offices have done and proven, by its number."""

from __future__ import annotations

from django.db.models import Count
from django.utils.translation import gettext_lazy, ngettext

from takrim.base.codes import pretty
from takrim.orgs.paths import under
from takrim.orgs.units import UnitNames, all_names
from takrim.proofs.models import Action, State
from takrim.reports.cells import Cell, Column, Kind, Measured, Row, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, of_unit
from takrim.reports.telling import Told

# More than this nobody reads on paper; the proofs themselves are at the proof desk.
_MOST = 300

_OFFICES = Table(
    code="offices",
    title=gettext_lazy("Proofs by office"),
    of=gettext_lazy("Office"),
    columns=(
        Column(code="handed_in", title=gettext_lazy("Handed in")),
        Column(code="accepted", title=gettext_lazy("Accepted")),
        Column(code="returned", title=gettext_lazy("Returned")),
        Column(code="refused", title=gettext_lazy("Refused")),
        Column(code="waiting", title=gettext_lazy("Waits for the secretary")),
    ),
    picture=("handed_in", "accepted"),
)
_LIST = Table(
    code="list",
    title=gettext_lazy("Accepted proofs"),
    of=gettext_lazy("What was done"),
    columns=(
        Column(code="number", title=gettext_lazy("Number"), kind=Kind.TEXT),
        Column(code="day", title=gettext_lazy("Day"), kind=Kind.DAY),
        Column(code="audience", title=gettext_lazy("For whom"), kind=Kind.TEXT),
        Column(code="people", title=gettext_lazy("People")),
        Column(code="files", title=gettext_lazy("Attachments")),
    ),
    note=gettext_lazy("At most three hundred are listed, the earliest first; all of them stand at the proof desk."),
)


def _measure(scope: Scope) -> Measured:
    done = Action.objects.filter(under(scope.path), done_on__gte=scope.period.start(), done_on__lt=scope.period.end())
    known = done.known()
    counted = known.order_by().values_list("unit_path", "state").annotate(many=Count("pk"))
    by_office: dict[str, dict[str, int]] = {}
    for path, state, many in counted:
        by_office.setdefault(path, {})[state] = many
    units = all_names()
    accepted = known.filter(state=State.ACCEPTED).annotate(many=Count("files")).order_by("done_on", "pk")[:_MOST]
    return {
        "offices": [of_unit(units[path], *_counts(states)) for path, states in sorted(by_office.items())],
        "list": [_listed(action, units[action.unit_path]) for action in accepted],
    }


def _counts(states: dict[str, int]) -> tuple[Cell, ...]:
    found = [states.get(state, 0) for state in (State.ACCEPTED, State.RETURNED, State.REFUSED, State.SENT)]
    return sum(states.values()), *found


def _listed(action: Action, unit: UnitNames) -> Row:
    names = (f"{action.title} ({unit.short_fa})", f"{action.title} ({unit.short_en})")
    day = action.done_on.isoformat() if action.done_on else None
    files = getattr(action, "many", 0)
    return in_both(action.code, *names, pretty(action.code), day, action.audience, action.people, files)


def _suggest(told: Told) -> list[str]:
    handed_in, accepted = (sum(told.counts("offices", column).values()) for column in ("handed_in", "accepted"))
    if not handed_in:
        return []
    facts = {"handed_in": told.number(handed_in), "accepted": told.number(accepted)}
    sentence = ngettext(
        "The offices handed in {handed_in} proof of what they did; accepted so far: {accepted}.",
        "The offices handed in {handed_in} proofs of what they did; accepted so far: {accepted}.",
        handed_in,
    )
    return [sentence.format(**facts)]


PLUGIN = Chapter(
    title=gettext_lazy("Annex: proofs"),
    about=gettext_lazy("What the offices did in the period and proved, with the number under which the proof is kept."),
    place=90,
    tables=(_OFFICES, _LIST),
    measure=_measure,
    suggest=_suggest,
    verbs=("proof.",),
)
