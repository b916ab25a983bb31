"""What two assessors saw differently, for who runs the round: which of the two counts, or what else, and why."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.evaluation import actions_rounds_assess as deeds
from takrim.evaluation.models_rounds import Round
from takrim.evaluation.models_values import Value
from takrim.evaluation.round_measures import Row, plan_of, rows_of
from takrim.evaluation.round_moves import runs
from takrim.orgs.powers import Power
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.rounds import shown
from takrim.web.rounds.forms import SettleForm


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN)
def settle(request: StaffRequest, code: str) -> HttpResponse:
    """All differences that are not settled; sent, one of them is."""
    desk = request.desk
    found = get_object_or_404(desk_rounds.rounds(desk), code=code)
    if not runs(found, desk.actor):
        raise Http404
    rows = {row.code: row for row in rows_of(plan_of(found.plan))}
    values = _differing(desk, found)
    if request.method != "POST":
        return _page(request, found, values, rows, None)
    wanted = request.POST.get("value", "")
    value = next((one for one in values if str(one.pk) == wanted), None)
    if value is None:
        return redirect("rounds:settle", code=code)
    form = SettleForm(rows[value.indicator], value, request.POST)
    if not form.is_valid():
        return _page(request, found, values, rows, (value.pk, form), status=422)
    try:
        deeds.settle(value=value, text=form.text, why=form.cleaned_data["why"], by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, found, values, rows, (value.pk, form), status=refusal.status)
    return redirect("rounds:settle", code=code)


def _differing(desk: Desk, found: Round) -> list[Value]:
    entrants = desk_rounds.entrants(found).filter(second=True).prefetch_related("assessments")
    values = []
    for entrant in entrants:
        for value in deeds.differing(entrant):
            value.entrant = entrant
            if not value.final:
                values.append(value)
    return values


def _page(
    request: StaffRequest,
    found: Round,
    values: list[Value],
    rows: dict[str, Row],
    bound: tuple[int, SettleForm] | None,
    *,
    status: int = 200,
) -> HttpResponse:
    lines: list[dict[str, Any]] = []
    for value in values:
        row, (first, second) = rows[value.indicator], value.seen
        form = bound[1] if bound and bound[0] == value.pk else SettleForm(row, value)
        lines.append(
            {
                "id": value.pk,
                "office": value.entrant.name,
                "title": row.title(language()),
                "counted": shown.told(value.automatic, row.measure) if value.automatic else "",
                "declared": shown.told(value.declared, row.measure) if value.declared else "",
                "assessed": shown.told(first, row.measure),
                "why": value.why,
                "second": shown.told(second, row.measure),
                "second_why": value.second_why,
                "form": form,
            }
        )
    return render(request, "rounds/settle.html", {"here": "rounds", "round": found, "lines": lines}, status=status)
