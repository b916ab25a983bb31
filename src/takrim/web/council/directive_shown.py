"""Words and rows that the pages of directives show."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from takrim.base.period import PeriodKind
from takrim.base.workdays import Length
from takrim.directives.models import Addressee, Clause, ClauseKind, Demand, Directive, How, Reading, Source, Whom
from takrim.directives.periods import period_title
from takrim.directives.stages import Stage, stage
from takrim.duties.models import Duty
from takrim.evidence.kinds import KINDS as FILE_KINDS
from takrim.evidence.models import Evidence
from takrim.orgs.units import unit_name
from takrim.web.parts.pills import pill as pill_of
from takrim.web.parts.templatetags.takrim import dueclass, jdate, language, listed, number, pill, timeleft

SOURCES: dict[str, str | Promise] = {Source.INCOMING: _("Incoming circular"), Source.INTERNAL: _("Internal directive")}
HOWS: dict[str, str | Promise] = {
    How.SUPERSEDES: _("Supersedes"),
    How.AMENDS: _("Amends"),
    How.FOLLOWS: _("Follows"),
}
# The same seen from the earlier one.
BY: dict[str, str | Promise] = {
    How.SUPERSEDES: _("Superseded by"),
    How.AMENDS: _("Amended by"),
    How.FOLLOWS: _("Followed by"),
}
KINDS: dict[str, str | Promise] = {
    ClauseKind.ONCE: _("Once"),
    ClauseKind.PERIODIC: _("In every period"),
    ClauseKind.ALWAYS: _("Always"),
}
EVERY: dict[str, str | Promise] = {
    PeriodKind.MONTH: _("Every month"),
    PeriodKind.SEASON: _("Every season"),
    PeriodKind.HALF: _("Every half-year"),
    PeriodKind.YEAR: _("Every year"),
}


def source_word(directive: Directive, house: str) -> str:
    """Where it comes from, seen from a house: what another house has issued came in."""
    return str(SOURCES[directive.source if directive.unit_path == house else Source.INCOMING])


STATES = ("received", "registered", "issued", "carried_out", "superseded", "cancelled")


class ClauseRow(NamedTuple):
    """A clause in words."""

    clause: Clause
    kind: str
    due: str
    whom: str


def clause_rows(clauses: Iterable[Clause]) -> list[ClauseRow]:
    return [ClauseRow(one, kind_words(one), due_words(one), whom_words(one.addressees.all())) for one in clauses]


def kind_words(clause: Clause) -> str:
    return str(EVERY[PeriodKind(clause.every)] if clause.every else KINDS[clause.kind])


def due_words(clause: Clause) -> str:
    """By when, in words."""
    if clause.due_on:
        return gettext("until {day}").format(day=jdate(clause.due_on))
    if clause.length:
        length = Length.parse(clause.length).title(language())
        return gettext("{length} after it is issued").format(length=length)
    if not clause.every:
        return gettext("without a date")
    after = gettext("{days} days after the end of the period").format(days=number(clause.days_after))
    due = after if clause.days_after else gettext("by the end of the period")
    until = gettext("for the last time in the period of {day}").format(day=jdate(clause.until)) if clause.until else ""
    return listed(filter(None, [due, until]))


_WIDE: dict[str, str | Promise] = {
    Whom.COUNTIES: _("All county offices of {place}"),
    Whom.DIRECTORATES: _("All directorates-general"),
    Whom.PROVINCE: _("All offices of {place}"),
}


def whom_words(addressees: Iterable[Addressee]) -> str:
    return listed(_whom(one) for one in addressees)


def _whom(one: Addressee) -> str:
    if one.whom in _WIDE:
        return str(_WIDE[one.whom]).format(place=one.unit.short)
    if one.post is not None:
        return gettext("{post} in {office}").format(post=one.post.title, office=one.unit.short)
    return one.unit.short


class DirectiveRow(NamedTuple):
    """A directive in the list."""

    directive: Directive
    source: str
    house: str
    many: int
    proven: int
    late: int
    unread: bool
    look: str


def directive_rows(
    rows: Iterable[Directive], progress: dict[int, dict[str, int]], unread: set[int], here: str
) -> list[DirectiveRow]:
    lang = language()
    found = []
    for row in rows:
        counted = progress.get(row.pk, {})
        numbers = (counted.get("many", 0), counted.get("proven", 0), counted.get("late", 0))
        source = source_word(row, here)
        house = unit_name(row.unit_path, lang)
        found.append(DirectiveRow(row, source, house, *numbers, row.pk in unread, state_look(row.state)))
    return found


class DemandRow(NamedTuple):
    """What an office owes of a clause, in a list."""

    demand: Demand
    period: str
    due: str
    day: str
    due_class: str
    pill: SafeString
    office: str


def demand_rows(demands: Iterable[Demand], read: Callable[[Demand], bool], now: datetime) -> list[DemandRow]:
    return [_demand_row(demand, read(demand), now) for demand in demands]


def _demand_row(demand: Demand, read: bool, now: datetime) -> DemandRow:
    duty = demand.duty
    running = duty.owed and duty.answered_at is None
    return DemandRow(
        demand,
        period_title(demand.period),
        timeleft(duty.due_at, now) if running else "",
        jdate(duty.due_at),
        dueclass(duty.due_at, now) if running else "due-none",
        pill(look_of(stage_of(demand, duty, read, now))),
        demand.unit.short,
    )


def stage_of(demand: Demand, duty: Duty, read: bool, now: datetime) -> Stage:
    planned = demand.planned_at is not None
    return stage(state=duty.state, due=duty.due_at, planned=planned, read=read, now=now)


class ReadingRow(NamedTuple):
    """Who is asked to read, and whether they have."""

    office: str
    post: str
    reading: Reading


def reading_rows(rows: Iterable[Reading]) -> list[ReadingRow]:
    return [ReadingRow(row.unit.name, row.post.title if row.post else gettext("Head of office"), row) for row in rows]


class FileRow(NamedTuple):
    """A file as `_attachments.html` shows it."""

    name: str
    size: int
    url: str
    kind: str


def file_rows(files: Iterable[Evidence]) -> list[FileRow]:
    return [
        FileRow(
            one.name,
            one.file.size,
            f"/council/directives/files/{one.pk}/",
            "image" if FILE_KINDS[one.file.kind].is_image else one.file.kind,
        )
        for one in files
    ]


def look_of(stage: Stage) -> str:
    """The pill of a stage."""
    return f"clause_{stage}"


def state_look(state: str) -> str:
    """The pill of a directive's state."""
    return f"directive_{state}"


def state_word(state: str) -> str:
    return str(pill_of(state_look(state)).label)
