"""Assessing one office: what was counted and declared, its proof, what watches found; and what the assessor finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.evaluation import actions_rounds_assess as deeds
from takrim.evaluation.amounts import NONE
from takrim.evaluation.models_entrants import Assessment
from takrim.evaluation.models_values import Value
from takrim.evaluation.plan_form import Answer
from takrim.evaluation.round_changes import Said
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.round_people import OwnOfficeAssessed, is_barred
from takrim.evaluation.watching import WATCHES
from takrim.evidence.models import Evidence
from takrim.orgs.powers import Power
from takrim.proofs.models import Action
from takrim.web import desk_rounds
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.forms import AssessForm, Fields


class Line(NamedTuple):
    """One row: what is known of it, and the fields of the assessor (None once it is finished)."""

    code: str
    title: str
    words: str
    counted: str
    declared: str
    note: str
    files: Sequence[Evidence]
    proofs: Sequence[Action]
    found: str
    why: str
    fields: Fields | None


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.FIGURES_SEE)
def assess(request: StaffRequest, code: str, number: int) -> HttpResponse:
    """The office that was given to this person, and none that they belong to by now."""
    desk = request.desk
    look = get_object_or_404(desk_rounds.assessments(desk), entrant__round__code=code, entrant_id=number)
    if is_barred(look.entrant, desk.actor.person):
        raise OwnOfficeAssessed
    rows = rows_of(plan_of(look.entrant.round.plan))
    if request.method != "POST" or look.finished_at is not None:
        return _page(request, look, rows, _form(look, rows))
    form = AssessForm(rows, {}, request.POST)
    if not form.is_valid():
        return _page(request, look, rows, form, status=422)
    try:
        _keep(request, look, rows, form)
        if request.POST.get("do") == "finish":
            deeds.finish(assessment=look, by=desk.actor, now=clock.now())
            messages.success(request, _("The assessment is finished."))
            return redirect("rounds:start")
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, look, rows, form, status=refusal.status)
    messages.success(request, _("Kept. It counts once you have finished."))
    return redirect("rounds:assess", code=code, number=number)


def _form(look: Assessment, rows: Sequence[Row]) -> AssessForm:
    initial: dict[str, Any] = {}
    measures = {row.code: row.measure for row in rows}
    for value in look.entrant.values.all():
        text, why = _said(look, value)
        whole = measures.get(value.indicator) is Answer.YES_NO
        initial[f"v_{value.indicator}"] = text if whole else shown.typed(text)
        initial[f"x_{value.indicator}"] = text == NONE
        initial[f"w_{value.indicator}"] = why
    return AssessForm(rows, initial)


def _said(look: Assessment, value: Value) -> tuple[str, str]:
    """What this assessor has said; of the other one nothing."""
    return (value.second, value.second_why) if look.blind else (value.assessed, value.why)


def _keep(request: StaffRequest, look: Assessment, rows: Sequence[Row], form: AssessForm) -> None:
    known = {value.indicator: _said(look, value)[0] for value in look.entrant.values.all()}
    said = [
        Said(indicator=row.code, text=form.text_of(row.code), why=form.cleaned_data[f"w_{row.code}"]) for row in rows
    ]
    said = [one for one in said if one.text or known.get(one.indicator)]
    deeds.assess(assessment=look, said=said, by=request.desk.actor, now=clock.now())


def _page(
    request: StaffRequest, look: Assessment, rows: Sequence[Row], form: AssessForm, *, status: int = 200
) -> HttpResponse:
    entrant = look.entrant
    values = {value.indicator: value for value in entrant.values.all()}
    files = desk_rounds.files_of([value.subject for value in values.values()])
    proofs = desk_rounds.named_of([value.pk for value in values.values()])
    context = {
        "here": "rounds",
        "round": entrant.round,
        "entrant": entrant,
        "look": look,
        "form": form,
        "lines": [_line(row, values.get(row.code), look, form, files, proofs) for row in rows],
        "findings": [
            {"title": WATCHES[one.watch].title, "sentence": WATCHES[one.watch].say(one.numbers), "state": one.state}
            for one in desk_rounds.findings(request.desk, entrant)
            if one.watch in WATCHES
        ],
        "period": entrant.round.of_period.title(language()),
    }
    return render(request, "rounds/assess.html", context, status=status)


def _line(
    row: Row,
    value: Value | None,
    look: Assessment,
    form: AssessForm,
    files: Mapping[str, Sequence[Evidence]],
    proofs: Mapping[int, Sequence[Action]],
) -> Line:
    lang = language()
    text, why = _said(look, value) if value else ("", "")
    return Line(
        code=row.code,
        title=row.title(lang),
        words=row.words(lang),
        counted=shown.told(value.automatic, row.measure) if value and row.counted else "",
        declared=shown.told(value.declared, row.measure) if value and value.declared else "",
        note=value.note if value else "",
        files=files.get(value.subject, ()) if value else (),
        proofs=proofs.get(value.pk, ()) if value else (),
        found=shown.told(text, row.measure) if text else "",
        why=why,
        fields=None if look.finished_at is not None else form.of(row.code),
    )
