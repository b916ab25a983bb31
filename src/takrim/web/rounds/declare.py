"""The self-assessment of one's own office: values with their proof, kept as often as one likes, then handed in."""

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
from takrim.evaluation import actions_rounds_declare as deeds
from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_rounds import Stage
from takrim.evaluation.models_values import Value
from takrim.evaluation.round_changes import Said
from takrim.evaluation.round_counted import counted
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evidence.actions import keep
from takrim.evidence.models import Evidence
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.forms import DeclareForm, Fields
from takrim.web.uploads import upload_errors, uploads

# So many accepted proofs are offered; older ones are found on the page of proofs.
_OFFERED = 30


class Line(NamedTuple):
    """One row of the form."""

    code: str
    title: str
    words: str
    counted: str
    proof: bool
    fields: Fields
    files: Sequence[Evidence]


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_DECLARE)
def declare(request: StaffRequest, code: str) -> HttpResponse:
    """The form; whatever was typed is kept, then the step that was pressed is taken."""
    desk = request.desk
    found = get_object_or_404(desk_rounds.rounds(desk), code=code)
    entrant = get_object_or_404(desk_rounds.entrants(found), unit_path=desk.actor.unit_path)
    rows = rows_of(plan_of(found.plan))
    if entrant.declared_at is not None or found.stage != Stage.DECLARING:
        return redirect("rounds:office", code=code, number=entrant.pk)
    if request.method != "POST":
        return _page(request, entrant, rows, _form(desk, entrant, rows))
    form = _form(desk, entrant, rows, request)
    if not form.is_valid():
        return _page(request, entrant, rows, form, status=422)
    try:
        _keep(request, entrant, rows, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, entrant, rows, form, status=refusal.status)
    _attach(request, entrant, rows, form)
    if form.errors:
        return _page(request, entrant, rows, form, status=422)
    return _step(request, entrant, rows, form)


def _form(desk: Desk, entrant: Entrant, rows: Sequence[Row], request: StaffRequest | None = None) -> DeclareForm:
    values = {value.indicator: value for value in entrant.values.all()}
    named = desk_rounds.named_of([value.pk for value in values.values()])
    initial: dict[str, Any] = {"note": entrant.note}
    for code, value in values.items():
        initial[f"v_{code}"] = _typed(rows, value)
        initial[f"w_{code}"] = value.note
        initial[f"p_{code}"] = [str(action.pk) for action in named.get(value.pk, [])]
    proofs = [(str(action.pk), action.title) for action in desk_rounds.proofs(desk)[:_OFFERED]]
    data = (request.POST, request.FILES) if request else (None, None)
    return DeclareForm(rows, proofs, initial, *data)


def _typed(rows: Sequence[Row], value: Value) -> str:
    yes_no = next((row.measure == "yes_no" for row in rows if row.code == value.indicator), False)
    return value.declared if yes_no else shown.typed(value.declared)


def _keep(request: StaffRequest, entrant: Entrant, rows: Sequence[Row], form: DeclareForm) -> None:
    by, now = request.desk.actor, clock.now()
    data = form.cleaned_data
    said = [Said(indicator=row.code, text=data[f"v_{row.code}"], why=data[f"w_{row.code}"]) for row in rows]
    known = set(entrant.values.values_list("indicator", flat=True))
    deeds.declare(entrant=entrant, said=[one for one in said if one.text or one.indicator in known], by=by, now=now)
    values = {value.indicator: value for value in entrant.values.all()}
    named = desk_rounds.named_of([value.pk for value in values.values()])
    offered = {str(action.pk): action for action in desk_rounds.proofs(request.desk)[:_OFFERED]}
    for code, value in values.items():
        wanted = set(data.get(f"p_{code}", []))
        has = {str(action.pk): action for action in named.get(value.pk, [])}
        for number in wanted - has.keys():
            deeds.name_proof(value=value, action=offered[number], by=by, now=now)
        for number in has.keys() - wanted:
            deeds.leave_proof(value=value, action=has[number], by=by, now=now)


def _attach(request: StaffRequest, entrant: Entrant, rows: Sequence[Row], form: DeclareForm) -> None:
    for sentence in upload_errors(request, language()):
        form.add_error(None, sentence)
    values = {value.indicator: value for value in entrant.values.all()}
    for row in rows:
        for upload in uploads(request, f"f_{row.code}"):
            value = values.get(row.code)
            if value is None or not value.declared:
                form.add_error(f"v_{row.code}", _("Give the value that the file proves."))
                continue
            try:
                stored = keep(upload=upload, now=clock.now())
                deeds.attach(value=value, stored=stored, name=upload.name, by=request.desk.actor, now=clock.now())
            except Refusal as refusal:
                form.add_error(f"f_{row.code}", str(refusal))


def _step(request: StaffRequest, entrant: Entrant, rows: Sequence[Row], form: DeclareForm) -> HttpResponse:
    code = entrant.round.code
    if request.POST.get("do") != "hand_in":
        messages.success(request, _("Kept. The assessor sees it once it is handed in."))
        return redirect("rounds:declare", code=code)
    try:
        deeds.hand_in(entrant=entrant, note=form.cleaned_data["note"], by=request.desk.actor, now=clock.now())
    except deeds.NotYetProven as refusal:
        form.add_error(None, str(refusal))
        for missing in deeds.unproven(entrant):
            form.add_error(f"v_{missing}", _("Proof is missing."))
        return _page(request, entrant, rows, form, status=refusal.status)
    messages.success(request, _("The self-assessment was handed in. You see here what becomes of it."))
    return redirect("rounds:office", code=code, number=entrant.pk)


def _page(
    request: StaffRequest, entrant: Entrant, rows: Sequence[Row], form: DeclareForm, *, status: int = 200
) -> HttpResponse:
    values = {value.indicator: value for value in entrant.values.all()}
    files = desk_rounds.files_of([value.subject for value in values.values()])
    round = entrant.round
    reading = next(iter(counted(plan_of(round.plan), [entrant.unit_path], round.of_period, clock.now())))
    by_journal = {one.indicator: one.text for one in reading.values}
    context = {
        "here": "rounds",
        "round": round,
        "entrant": entrant,
        "form": form,
        "lines": [_line(row, form, by_journal, values, files) for row in rows],
        "period": round.of_period.title(language()),
    }
    return render(request, "rounds/declare.html", context, status=status)


def _line(
    row: Row,
    form: DeclareForm,
    by_journal: Mapping[str, str],
    values: Mapping[str, Value],
    files: Mapping[str, Sequence[Evidence]],
) -> Line:
    lang, value = language(), values.get(row.code)
    return Line(
        code=row.code,
        title=row.title(lang),
        words=row.words(lang),
        counted=shown.told(by_journal.get(row.code, ""), row.measure) if row.counted else "",
        proof=row.proof,
        fields=form.of(row.code),
        files=files.get(value.subject, ()) if value else (),
    )
