"""What is said of an office in a round, value by value: counted, declared, assessed, proven, and how it changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from takrim.evaluation import rounds_read
from takrim.evaluation.models_entrants import Entrant, Result
from takrim.evaluation.models_values import Column, Value, ValueChange
from takrim.evaluation.round_measures import Row
from takrim.evidence.models import Evidence
from takrim.proofs.models import Action
from takrim.web import desk_rounds
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown


class Change(NamedTuple):
    """A value became another."""

    what: str
    was: str
    became: str
    why: str
    at: datetime
    by: str


class Line(NamedTuple):
    """One indicator of the office, ready to print."""

    code: str
    title: str
    words: str
    counted: str
    declared: str
    assessed: str
    second: str
    counts: str
    points: str
    lost: str
    note: str
    why: str
    files: Sequence[Evidence]
    proofs: Sequence[Action]
    changes: Sequence[Change]


def lines_of(entrant: Entrant, rows: Sequence[Row], result: Result | None, *, judged: bool) -> list[Line]:
    """One line a row; before anybody may read what was assessed (`judged`) only what the office said."""
    values = rounds_read.values_of(entrant)
    files = desk_rounds.files_of([value.subject for value in values.values()])
    proofs = desk_rounds.named_of([value.pk for value in values.values()])
    changes: dict[str, list[ValueChange]] = {}
    for change in rounds_read.changes_of(entrant):
        if judged or change.column == Column.DECLARED:
            changes.setdefault(change.value.indicator, []).append(change)
    lines = {line.code: line for line in rounds_read.lines_of(result)} if result else {}
    return [
        _line(row, values.get(row.code), lines.get(row.code), changes.get(row.code, []), files, proofs, judged=judged)
        for row in rows
    ]


def _line(
    row: Row,
    value: Value | None,
    line: rounds_read.Line | None,
    changes: Sequence[ValueChange],
    files: Mapping[str, Sequence[Evidence]],
    proofs: Mapping[int, Sequence[Action]],
    *,
    judged: bool,
) -> Line:
    lang = language()

    def told(column: Column) -> str:
        text: str = getattr(value, column) if value else ""
        return shown.told(text, row.measure) if text else ""

    return Line(
        code=row.code,
        title=row.title(lang),
        words=row.words(lang),
        counted=told(Column.AUTOMATIC),
        declared=told(Column.DECLARED),
        assessed=told(Column.ASSESSED) if judged else "",
        second=told(Column.SECOND) if judged else "",
        counts=told(Column.FINAL) if judged else "",
        points=shown.points(line.points) if line else "",
        lost=shown.points(line.lost) if line else "",
        note=value.note if value else "",
        why=value.why if value and judged else "",
        files=files.get(value.subject, ()) if value else (),
        proofs=proofs.get(value.pk, ()) if value else (),
        changes=[_change(change, row) for change in changes],
    )


def _why(change: ValueChange) -> str:
    """In somebody's words; what counts at first says from which column it was taken."""
    if change.column == Column.FINAL and not change.was and change.why in list(Column):
        return _("Taken over from “{column}”.").format(column=shown.COLUMNS[Column(change.why)])
    return change.why


def _change(change: ValueChange, row: Row) -> Change:
    return Change(
        what=str(shown.COLUMNS[Column(change.column)]),
        was=shown.told(change.was, row.measure),
        became=shown.told(change.became, row.measure),
        why=_why(change),
        at=change.at,
        by=change.by_name,
    )
