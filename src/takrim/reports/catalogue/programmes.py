"""Actions of offices in the weeks of the year: planned, proven, how many people they reached."""

from __future__ import annotations

from fractions import Fraction

from django.utils.translation import gettext_lazy, ngettext

from takrim.orgs.paths import under
from takrim.orgs.units import all_names
from takrim.programmes.models import Kind as ActionKind
from takrim.programmes.models import Planned
from takrim.programmes.programme import programmes_of, title_of
from takrim.programmes.standing import Tally, tallies
from takrim.programmes.words import KINDS
from takrim.reports.cells import Cell, Column, Kind, Measured, Table
from takrim.reports.chapter import Chapter
from takrim.reports.scope import Scope, in_both, of_unit, titled
from takrim.reports.telling import Told, write

_COLUMNS = (
    Column(code="planned", title=gettext_lazy("Planned")),
    Column(code="proven", title=gettext_lazy("Done and proven")),
    Column(code="share", title=gettext_lazy("Share done"), kind=Kind.SHARE),
    Column(code="late", title=gettext_lazy("Proof overdue")),
    Column(code="called_off", title=gettext_lazy("Called off")),
    Column(code="reached", title=gettext_lazy("People present")),
    Column(code="online", title=gettext_lazy("Reached online")),
)
_PROGRAMMES = Table(
    code="programmes",
    title=gettext_lazy("Programme by programme"),
    of=gettext_lazy("Programme"),
    columns=_COLUMNS,
    picture=("planned", "proven"),
    note=gettext_lazy("Done is what an accepted proof shows; people are counted from accepted proofs alone."),
)
_KINDS_TABLE = Table(code="kinds", title=gettext_lazy("By kind of action"), of=gettext_lazy("Kind"), columns=_COLUMNS)
_OFFICES = Table(
    code="offices",
    title=gettext_lazy("Office by office"),
    of=gettext_lazy("Office"),
    columns=_COLUMNS,
    picture=("share",),
)


def _measure(scope: Scope) -> Measured:
    start, end = scope.period.bounds()
    rows = Planned.objects.filter(under(scope.path), starts_at__gte=start, starts_at__lt=end)
    moment = min(end, scope.now)
    known, units = programmes_of(scope.path), all_names()
    return {
        "programmes": [
            in_both(code, title_of(code, known, "fa"), title_of(code, known, "en"), *_cells(of))
            for code, of in tallies(rows, "programme", moment).items()
        ],
        "kinds": [
            in_both(code, *titled(KINDS[ActionKind(code)]), *_cells(of))
            for code, of in tallies(rows, "kind", moment).items()
        ],
        "offices": [of_unit(units[path], *_cells(of)) for path, of in tallies(rows, "unit_path", moment).items()],
    }


def _cells(of: Tally) -> tuple[Cell, ...]:
    share = Fraction(of.proven, of.planned) if of.planned else None
    return of.planned, of.proven, share, of.late, of.called_off, of.reached, of.online


def _suggest(told: Told) -> list[str]:
    rows = told.rows("programmes")
    planned, proven = (sum(told.counts("programmes", column).values()) for column in ("planned", "proven"))
    if not rows or not planned:
        return []
    facts = {"planned": told.number(planned), "proven": told.number(proven)}
    sentence = ngettext(
        "Done and proven: {proven} of {planned} planned action.",
        "Done and proven: {proven} of {planned} planned actions.",
        planned,
    )
    lines = [sentence.format(**facts)]
    return [*lines, *_reached(told), *_behind(told)]


def _reached(told: Told) -> list[str]:
    reached, online = (sum(told.counts("programmes", column).values()) for column in ("reached", "online"))
    if not reached and not online:
        return []
    facts = {"reached": told.number(reached), "online": told.number(online)}
    sentence = ngettext(
        "{reached} person was present, and {online} reached online.",
        "{reached} people were present, and {online} reached online.",
        reached,
    )
    return [sentence.format(**facts)]


def _behind(told: Told) -> list[str]:
    """The offices whose proofs are overdue."""
    late = told.counts("offices", "late")
    behind = sorted((key for key in late if late[key]), key=lambda key: (-late[key], key))
    if not behind:
        return []
    many = sum(late.values())
    facts = {"count": write(Kind.COUNT, many, told.lang), "places": told.names("offices", behind[:2])}
    sentence = ngettext(
        "The proof of {count} action is overdue, of {places}.",
        "The proof of {count} actions is overdue, most of them of {places}.",
        many,
    )
    return [sentence.format(**facts)]


PLUGIN = Chapter(
    title=gettext_lazy("Programmes and actions"),
    about=gettext_lazy(
        "What the offices planned for the weeks of the year, and what of it was done. Counted are the actions that "
        "begin in the period."
    ),
    place=70,
    tables=(_PROGRAMMES, _KINDS_TABLE, _OFFICES),
    measure=_measure,
    suggest=_suggest,
    verbs=("programme.", "proof."),
)
