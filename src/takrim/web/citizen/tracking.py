"""Tracking a case: by code and secret, then its page with all that happened and all that can be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.cases import reads
from takrim.cases.delivery import IMPOSSIBLE, signed
from takrim.cases.models import Answer, Case
from takrim.cases.moves import MOVES, Move
from takrim.cases.objections import days_to_object, last_moment
from takrim.duties.models import Duty
from takrim.journal.tell import timeline
from takrim.orgs.paths import ROOT
from takrim.orgs.units import unit_name
from takrim.surveys import links
from takrim.web.citizen import held, limits
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import TrackForm, WordsForm, cleaned
from takrim.web.citizen.states import OUTCOMES, shown
from takrim.web.desk import HolderDesk, HolderRequest, PublicRequest
from takrim.web.gates import holder, public
from takrim.web.paper_kinds import answer_paper
from takrim.web.papers import answer_with
from takrim.web.parts.card_path import path_of_case
from takrim.web.parts.clocks import clock_lines
from takrim.web.parts.counting import count_of
from takrim.web.parts.templatetags.takrim import language, number

# Files are listed by themselves, and what is owed stands at the top of the page.
_FILED = "evidence.attached"
_NOT_TOLD = frozenset({_FILED, "duty.opened", "survey.answered"})


class NoSuchReceipt(Refusal):
    code = "no_such_receipt"
    status = 422
    message = gettext_lazy(
        "No case has this number and this secret together. Check both against the receipt or the message."
    )


@never_cache
@EDIT
@public
def track(request: HttpRequest) -> HttpResponse:
    """The door: number and secret. An unknown number and a wrong secret are told apart by nobody."""
    if request.method != "POST":
        form = TrackForm(initial={"code": request.GET.get("code", "")[:20]})
        return render(request, "citizen/track.html", {"here": "track", "form": form})
    now = clock.now()
    limits.check(request, "track", now=now)
    form = TrackForm(cleaned({name: request.POST.get(name, "") for name in TrackForm.base_fields}))
    if form.is_valid():
        desk = cast(PublicRequest, request).desk
        case = desk.case_with(form.cleaned_data["code"], form.cleaned_data["secret"])
        if case is not None:
            held.hold(request, [case.code])
            return redirect("citizen:case", case.code)
        limits.count(request, "track", now=now)
        form.add_error(None, str(NoSuchReceipt()))
    return render(request, "citizen/track.html", {"here": "track", "form": form}, status=422)


def held_case(request: HttpRequest, code: str) -> Case:
    """A case that the person has shown to be theirs; any other is not found."""
    case = cast(HolderRequest, request).desk.case(code)
    if case is None:
        raise Http404
    return case


@never_cache
@require_safe
@holder
def case_page(request: HttpRequest, code: str) -> HttpResponse:
    """The case: where it stands, who owes what until when, the answer, what can be done."""
    return show_case(request, held_case(request, code))


def show_case(
    request: HttpRequest, case: Case, *, refused: str = "", form: WordsForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a held case; a refused form stands open with what was typed."""
    now = clock.now()
    desk = cast(HolderRequest, request).desk
    duty = desk.final_duty(case)
    answer = _delivered(case)
    ready = signed(case) if answer is None or answer.delivered_how == IMPOSSIBLE or case.reopened else None
    if answer is not None and answer.delivered_how == IMPOSSIBLE:
        # It lies ready: opened by its person, it is delivered after all.
        ready, answer = ready or answer, None
    events = timeline(case.code, public_only=True)
    possible = _possible(case, answer, now)
    context = {
        "here": "track",
        "now": now,
        "case": case,
        "state": shown(case),
        "office": unit_name(case.unit_path, language()),
        "path": path_of_case(case),
        "duty": duty,
        "owed": duty is not None and duty.settled_at is None,
        "late": duty is not None and duty.due_at is not None and duty.due_at < now,
        "counted": _counted(duty),
        "answer": answer,
        "ready": ready,
        "days_to_object": days_to_object(case.unit_path),
        "outcome": OUTCOMES.get(answer.outcome, "") if answer else "",
        # The journal says whether there are any, so most pages need not ask for them.
        "files": desk.files(case) if any(line.verb == _FILED for line in events) else (),
        "events": [line for line in events if line.verb not in _NOT_TOLD],
        "receipt": held.has_receipt(request, case.code),
        **possible,
        "complete_form": complete_form() if possible["may_complete"] else None,
        "object_form": object_form() if possible["may_object"] else None,
        "refused": refused,
    }
    if form is not None and possible[f"may_{refused}"]:
        context[f"{refused}_form"] = form
    elif form is not None:
        # The step itself is no longer possible: its words stand above the case, where its form would have been.
        context["gone"] = form
    return render(request, "citizen/case.html", context, status=status)


def _delivered(case: Case) -> Answer | None:
    """The answer that was served; only a case that has once been answered can have one."""
    if case.answered_at is None and not case.reopened:
        return None
    return next((answer for answer in reads.ANSWERS(case_id=case.pk) if answer.delivered_at), None)


def _counted(duty: Duty | None) -> str:
    """One sentence about the count; the days themselves are a page of their own."""
    count = count_of(duty) if duty else None
    if count is None:
        return ""
    if not count.is_by_day or not count.skipped:
        return _("Counted as {length} from the day it was opened.").format(length=count.words)
    return ngettext(
        "Counted as {length}; one closed day lies between.",
        "Counted as {length}; {skipped} closed days lie between.",
        count.skipped,
    ).format(length=count.words, skipped=number(count.skipped))


def _possible(case: Case, answer: Answer | None, now: datetime) -> dict[str, Any]:
    """What the person may do now."""
    until = last_moment(case.unit_path, answer.delivered_at) if answer and answer.delivered_at else None
    judged = case.state in MOVES[Move.OBJECT].sources and until is not None and now <= until
    objections = list(case.objections.order_by("id")) if case.reopened else []
    may_object = judged and not any(answer and one.answer_id == answer.pk for one in objections)
    return {
        "may_complete": case.state in MOVES[Move.COMPLETE].sources,
        "may_withdraw": case.state in MOVES[Move.WITHDRAW].sources,
        "may_object": may_object,
        "object_until": until,
        "objections": objections,
        "survey": links.make(case.code, answer.number) if answer and judged else "",
    }


def complete_form(*args: Any) -> WordsForm:
    """Adding what the office has asked for."""
    needed = _("Write what was asked for, or attach it.")
    return WordsForm(*args, prefix="complete", label=_("What was asked for"), needed=needed, with_files=True)


def object_form(*args: Any, **options: Any) -> WordsForm:
    """Not accepting the answer."""
    said = _("What is wrong with the answer, and what do you ask for?")
    return WordsForm(*args, prefix="object", label=said, needed=_("Say what is wrong with the answer."), **options)


def withdraw_form(*args: Any) -> WordsForm:
    """No longer wanting an answer; it has a page of its own."""
    return WordsForm(*args, prefix="withdraw", label=_("Why, if you want to say"))


@never_cache
@require_safe
@holder
def count_page(request: HttpRequest, code: str) -> HttpResponse:
    """How the date was counted, day by day, with the reason of each closing."""
    case = held_case(request, code)
    desk = cast(HolderRequest, request).desk
    duty = desk.final_duty(case)
    if duty is None:
        raise Http404
    count = count_of(duty)
    context = {
        "here": "track",
        "case": case,
        "duty": duty,
        "count": count,
        "days": count.days(_reasons(desk, duty)) if count else [],
        "counted_at": unit_name(duty.calendar_path, language()) if count and duty.calendar_path else "",
        "clocks": clock_lines(duty),
        "place": duty.counted_at.removeprefix(ROOT).rstrip("/"),
    }
    return render(request, "citizen/count.html", context)


def _reasons(desk: HolderDesk, duty: Duty) -> dict[Any, str]:
    assert duty.due_at is not None  # a count has its due date
    span = (local_date(duty.opened_at), local_date(duty.due_at))
    return {closure.day: closure.reason for closure in desk.closures(duty.counted_at).filter(day__range=span)}


@never_cache
@require_safe
@holder
def answer_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The answer that was delivered, as a paper."""
    case = held_case(request, code)
    answer = _delivered(case)
    if answer is None or not answer.letter_number or answer.delivered_how == IMPOSSIBLE:
        raise Http404
    return answer_with(answer_paper(case, answer), f"answer-{case.code}")
