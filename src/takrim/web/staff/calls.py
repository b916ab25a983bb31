"""Calling people who were drawn: the list, the script of one call, and how it ended."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock, words
from takrim.base.errors import Refusal
from takrim.base.period import Period
from takrim.cases import actions_calls
from takrim.cases.models_judged import Call, Outcome
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.surveys.calls import calls
from takrim.surveys.questionnaire import questionnaire
from takrim.web import desk_calls
from takrim.web.citizen.survey import SurveyForm
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import shown

OUTCOMES: dict[str, str | Promise] = {
    "": _("Still to be called"),
    Outcome.ANSWERED: _("Answered"),
    Outcome.DECLINED: _("Declined"),
    Outcome.NO_REPLY: _("Nobody replied"),
    Outcome.WRONG_NUMBER: _("Wrong number"),
    Outcome.JUDGED: _("Judged in another way meanwhile"),
}
_ENDS = {
    "no_reply": actions_calls.nobody_replied,
    "declined": actions_calls.declined,
    "wrong_number": actions_calls.wrong_number,
}


@never_cache
@require_safe
@staff(Power.SURVEY_CALL)
def waiting(request: HttpRequest) -> HttpResponse:
    """Who waits for a call, without names; and how the sample stands."""
    desk, now, lang = cast(StaffRequest, request).desk, clock.now(), shown.lang()
    rows = [
        {
            "office": unit_name(call.unit_path, lang),
            "about": _about(call),
            "answered_at": call.case.answered_at,
            "tries": call.tries,
        }
        for call in desk_calls.waiting(desk, now)
    ]
    context = {
        "here": "calls",
        "rows": rows,
        "later": desk_calls.later(desk, now),
        "taken": desk_calls.taken(desk, now),
        **_sample(desk, lang),
    }
    return render(request, "staff/calls.html", context)


def _about(call: Call) -> str:
    return call.case.card.title if call.case.card else shown.kind_title(call.case.kind)


def _sample(desk: Desk, lang: str) -> dict[str, Any]:
    """The newest sample in figures, the response rate among them."""
    draw = desk_calls.last_draw(desk)
    if draw is None:
        return {"period": ""}
    ended = desk_calls.ended(desk, draw)
    total = sum(ended.values())
    return {
        "period": Period.parse(draw.period).title(lang),
        "drawn_at": draw.at,
        "ended": [(title, ended[code]) for code, title in OUTCOMES.items()],
        "total": total,
        "rate": words.percent(Fraction(ended[Outcome.ANSWERED], total) if total else None, lang),
    }


@require_POST
@staff(Power.SURVEY_CALL)
def take(request: HttpRequest) -> HttpResponse:
    """Take the next call."""
    desk = cast(StaffRequest, request).desk
    try:
        call = actions_calls.take_next(by=desk.actor, now=clock.now())
    except actions_calls.NobodyToCall as nobody:
        messages.info(request, str(nobody))
        return redirect("staff:calls")
    return redirect("staff:call", call.pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.SURVEY_CALL)
def call(request: HttpRequest, call_id: int) -> HttpResponse:
    """The script, the questions, and how the call ended."""
    desk, now, asked = cast(StaffRequest, request).desk, clock.now(), questionnaire()
    taken = desk_calls.taken(desk, now)
    if taken is None or taken.pk != call_id:
        raise Http404
    if request.method != "POST":
        looked(at=now, by=desk.actor, subject=taken.case.code, page="call")
        return _page(request, taken, SurveyForm(asked, items=asked.short))
    end = _ENDS.get(request.POST.get("end", ""))
    if end is not None:
        end(call=taken, by=desk.actor, now=now)
        messages.success(request, gettext("It is written down."))
        return redirect("staff:calls")
    form = SurveyForm(asked, request.POST.dict(), items=asked.short)
    if not form.is_valid():
        return _page(request, taken, form, status=422)
    return _answered(request, taken, form, now)


def _answered(request: HttpRequest, taken: Call, form: SurveyForm, now: datetime) -> HttpResponse:
    by, comment = cast(StaffRequest, request).desk.actor, form.cleaned_data["comment"]
    try:
        actions_calls.answered(call=taken, scores=form.scores, comment=comment, by=by, now=now)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, taken, form, status=refusal.status)
    messages.success(
        request, gettext("The answers are kept. The thanks go by SMS, after a bad mark with the objection.")
    )
    return redirect("staff:calls")


def _page(request: HttpRequest, taken: Call, form: SurveyForm, *, status: int = 200) -> HttpResponse:
    lang, script, case = shown.lang(), calls(), taken.case
    said = {
        "office": unit_name(taken.unit_path, lang),
        "date": words.date(case.answered_at, lang) if case.answered_at else words.NOTHING,
    }
    context = {
        "here": "calls",
        "call": taken,
        "case": case,
        "about": _about(taken),
        "form": form,
        "marks": [form[item.code] for item in questionnaire().short],
        "greeting": script.greeting.in_(lang).format(**said),
        "closing": script.closing.in_(lang),
        "says_declined": script.declined.in_(lang),
        "says_wrong": script.wrong.in_(lang),
        "attempt": taken.tries + 1,
        "most": script.tries,
    }
    return render(request, "staff/call.html", context, status=status)
