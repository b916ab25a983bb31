"""Whom to telephone: people whom an answer could not be brought in three attempts, with what to say to them."""

from __future__ import annotations

from typing import NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import delivery
from takrim.cases.actions_answer import deliver
from takrim.cases.actions_send import not_reached
from takrim.cases.models import Answer, Case
from takrim.cases.models_delivery import Attempt
from takrim.cases.objections import days_to_object
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import case_parts, shown
from takrim.web.staff.fields import TextField

# Each of those shown is written down as looked at.
MOST = 20
REACHED, FAILED = "reached", "failed"


class CallForm(forms.Form):
    """How the call went."""

    result = forms.ChoiceField(
        label=gettext_lazy("How did the call go?"),
        choices=[
            (REACHED, gettext_lazy("The person was told the answer")),
            (FAILED, gettext_lazy("Nobody was reached, or it was somebody else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say how the call went.")},
    )
    words = TextField(
        label=gettext_lazy("Who was spoken to, or what was heard"),
        help_text=gettext_lazy("It is kept as the proof of this attempt, with your name and the hour."),
        max_length=500,
    )


class Row(NamedTuple):
    """One person to telephone."""

    case: Case
    answer: Answer
    outcome: str
    office: str
    days: int
    attempts: list[case_parts.Tried]
    form: CallForm


@require_safe
@staff(Power.CASE_DELIVER)
def telephone(request: HttpRequest) -> HttpResponse:
    """Those who wait longest first."""
    return _page(request, cast(StaffRequest, request).desk)


@require_POST
@staff(Power.CASE_DELIVER)
def called(request: HttpRequest, code: str) -> HttpResponse:
    """Write a call down; what was typed stays when it cannot be taken."""
    desk = cast(StaffRequest, request).desk
    case = get_object_or_404(delivery.to_telephone(desk.cases()).select_related("party", "card__card"), code=code)
    form = CallForm(request.POST, prefix=code)
    if not form.is_valid():
        return _page(request, desk, typed=(code, form), status=422)
    answer, words, now = delivery.signed(case), form.cleaned_data["words"], clock.now()
    if answer is None:
        raise Http404
    answer.case = case
    try:
        if form.cleaned_data["result"] == REACHED:
            deliver(answer=answer, how=delivery.PHONE, proof=words, by=desk.actor, now=now)
            messages.success(request, gettext("The answer was delivered. What your office owed is done."))
        else:
            not_reached(answer=answer, way=delivery.PHONE, why=words, by=desk.actor, now=now)
            messages.success(request, gettext("The call is written down. The person stays on the list."))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, typed=(code, form), status=refusal.status)
    return redirect("staff:telephone")


def _page(
    request: HttpRequest, desk: Desk, *, typed: tuple[str, CallForm] | None = None, status: int = 200
) -> HttpResponse:
    found = delivery.to_telephone(desk.cases()).select_related("party").order_by("id")
    cases = list(found[: MOST + 1])
    rows = _rows(cases[:MOST], typed)
    now = clock.now()
    for row in rows:
        looked(at=now, by=desk.actor, subject=row.case.code, page="telephone")
    given = {"here": "telephone", "rows": rows, "more": len(cases) > MOST}
    return render(request, "staff/telephone.html", given, status=status)


def _rows(cases: list[Case], typed: tuple[str, CallForm] | None) -> list[Row]:
    answers = delivery.signed_of(cases)
    tried = delivery.attempts_by(answers.values())
    return [_row(case, answers[case.pk], tried, typed) for case in cases if case.pk in answers]


def _row(case: Case, answer: Answer, tried: dict[int, list[Attempt]], typed: tuple[str, CallForm] | None) -> Row:
    form = typed[1] if typed and typed[0] == case.code else CallForm(prefix=case.code)
    return Row(
        case=case,
        answer=answer,
        outcome=shown.outcome_title(answer.outcome),
        office=unit_name(case.unit_path, shown.lang()),
        days=days_to_object(case.unit_path),
        attempts=[case_parts.tried(attempt) for attempt in tried.get(answer.pk, [])],
        form=form,
    )
