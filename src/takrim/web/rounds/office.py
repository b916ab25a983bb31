"""One office in a round: its result, all that was said of each value and by whom, and its objections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.evaluation import rounds_read
from takrim.evaluation.models_entrants import Entrant, Result, ResultOf
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.models_values import Column, Value, ValueChange
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.round_moves import runs
from takrim.evaluation.round_people import declares
from takrim.evidence.models import Evidence
from takrim.journal.tell import timeline
from takrim.orgs.powers import Power
from takrim.proofs.models import Action
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
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


@require_safe
@staff(Power.FIGURES_SEE)
def office(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """All that is said of an office, for who may read it."""
    desk, today = request.desk, local_date(clock.now())
    found = get_object_or_404(desk_rounds.rounds(desk), code=code)
    entrant = get_object_or_404(desk_rounds.entrants(desk, found), pk=number)
    if not desk_rounds.sees_values(desk, entrant, today):
        raise Http404
    rows = rows_of(plan_of(found.plan))
    out = found.stage in {Stage.PRELIMINARY, Stage.FINAL}
    result = _result(entrant)
    context = {
        "here": "rounds",
        "round": found,
        "entrant": entrant,
        "stage": f"round_{found.stage}",
        "result": shown.standing(result, {}) if result else None,
        "full": shown.points(plan_of(found.plan).scoring.points, 0),
        "lines": _lines(desk, entrant, rows, result, judged=out or _all_finished(desk, entrant)),
        "judged": out or _all_finished(desk, entrant),
        "may_object": declares(entrant, desk.actor) and found.can_object(today),
        "may_declare": declares(entrant, desk.actor) and found.stage == Stage.DECLARING and not entrant.declared_at,
        "objections": [one for one in desk_rounds.objections(desk, found, today) if one.value.entrant_id == entrant.pk],
        "titles": shown.titles(rows),
        "improves": found.stage == Stage.FINAL,
        # Who is still at it must not be told what others found by the journal either.
        "events": timeline(entrant.subject)[::-1] if out else [],
    }
    return render(request, "rounds/office.html", context)


def _result(entrant: Entrant) -> Result | None:
    which = ResultOf.FINAL if entrant.round.stage == Stage.FINAL else ResultOf.PRELIMINARY
    return rounds_read.result_of(entrant.round, entrant.unit_path, which)


def _all_finished(desk: Desk, entrant: Entrant) -> bool:
    """Whether who runs the round may read what was assessed before its result is out: when nobody is at it any more."""
    if not runs(entrant.round, desk.actor) or entrant.round.stage != Stage.ASSESSING:
        return False
    return not entrant.assessments.filter(finished_at=None).exists()


def _lines(desk: Desk, entrant: Entrant, rows: Sequence[Row], result: Result | None, *, judged: bool) -> list[Line]:
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


def _change(change: ValueChange, row: Row) -> Change:
    return Change(
        what=str(shown.COLUMNS[Column(change.column)]),
        was=shown.told(change.was, row.measure),
        became=shown.told(change.became, row.measure),
        why=change.why,
        at=change.at,
        by=change.by_name,
    )
