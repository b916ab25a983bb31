"""The case page: the matter, what can be done with it now, and the doing of it."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.models import State
from takrim.cases.moves import CaseMovedMeanwhile
from takrim.duties.models import Duty
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.card_path import path_of_case
from takrim.web.staff import case_parts, checklist, shown
from takrim.web.staff.matter import Matter, open_matter
from takrim.web.staff.offers import Offer, offer
from takrim.web.staff.step import Step
from takrim.web.staff.steps import STEPS, likely
from takrim.web.staff.suggested import for_step, with_office
from takrim.web.uploads import upload_errors, uploads

_PIECES = {"work": "staff/_work.html", "begin_with": "staff/_begin_with.html"}


class Open(NamedTuple):
    """A step whose form is open on the page."""

    key: str
    step: Step
    form: Form
    duty: Duty | None


@require_safe
@staff(Power.CASE_SEE)
def case(request: HttpRequest, code: str) -> HttpResponse:
    """A case in one's scope; that it was looked at is written down."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    matter.from_replies = "replies" in request.GET
    matter.begins_with = request.GET.get("template", "")
    opened = _asked_for(matter, request.GET.get("do", ""), request.GET.get("duty", ""))
    if piece := _PIECES.get(request.headers.get("HX-Target", "")):
        # Only a piece is fetched: the page around it has been looked at already.
        return render(request, piece, _work(request, matter, opened))
    looked(at=matter.now, by=desk.actor, subject=matter.case.code, page="case")
    return _page(request, matter, opened)


@require_POST
@staff(Power.CASE_SEE)
def act(request: HttpRequest, code: str, key: str) -> HttpResponse:
    """Take one step. A refusal is shown beside the form, with what was typed and the state of this moment."""
    desk = cast(StaffRequest, request).desk
    matter = open_matter(desk, code, clock.now())
    step = STEPS.get(key)
    if step is None:
        raise Http404
    duty = _duty(matter, request.POST.get("duty", "")) if step.of_duty else None
    if step.form and {"use_referral", "use_unit"} & request.POST.keys():
        return _page(
            request, matter, Open(key, step, step.form(matter=matter, initial=with_office(request.POST)), duty)
        )
    form = step.form(request.POST, request.FILES, matter=matter) if step.form else Form({})
    for error in upload_errors(request, shown.lang()):
        form.add_error("files", error)
    if form.is_valid():
        data = {**form.cleaned_data, "duty": duty, "uploads": uploads(request), "hand_in": "hand_in" in request.POST}
        try:
            _check_version(request, matter, step)
            result = step.run(matter, data)
        except Refusal as refusal:
            fresh = open_matter(desk, code, matter.now)
            form.add_error(None, str(refusal))
            return _page(request, fresh, Open(key, step, form, duty), status=refusal.status)
        messages.success(request, str(step.told(result) if step.told else step.done))
        return redirect("staff:case", code=code)
    return _page(request, matter, Open(key, step, form, duty), status=422)


def _check_version(request: HttpRequest, matter: Matter, step: Step) -> None:
    """Who wrote, approved or sent back meanwhile goes first: nobody's words are covered unseen."""
    if step.of_version and request.POST.get("version", "0") != _version(matter):
        raise CaseMovedMeanwhile


def _version(matter: Matter) -> str:
    return str(matter.latest.number if matter.latest else 0)


def _asked_for(matter: Matter, key: str, duty_id: str) -> Open | None:
    """The step that the address names, if it is possible now."""
    step = STEPS.get(key)
    if step is None or step.form is None or not step.offered(matter):
        return None
    duty = _duty(matter, duty_id) if step.of_duty else None
    return Open(key, step, step.form(matter=matter), duty)


def _duty(matter: Matter, duty_id: str) -> Duty:
    found = [duty for duty in matter.referrals if str(duty.pk) == duty_id]
    if not found:
        raise Http404
    return found[0]


def _work(request: HttpRequest, matter: Matter, opened: Open | None) -> dict[str, Any]:
    version, token = _version(matter), get_token(request)

    def offers(keys: list[str], place: str) -> list[Offer]:
        return [offer(key, place, code=matter.case.code, version=version, token=token) for key in keys]

    offered = [key for key, step in STEPS.items() if not step.of_duty and step.offered(matter)]
    first = likely(matter, [key for key in offered if not STEPS[key].rare])
    return {
        "case": matter.case,
        # One for the page: each asking makes another.
        "csrf_token": token,
        "opened": opened,
        "first": offer(first, "main", code=matter.case.code, version=version, token=token) if first else None,
        "offers": offers([key for key in offered if key != first and not STEPS[key].rare], "beside"),
        "rare": offers([key for key in offered if key != first and STEPS[key].rare], "rare"),
        "another_answers": matter.objected_to_us and matter.case.state == State.REOPENED,
        "objection_waits": matter.undecided is not None and not matter.decides,
        "own_draft": matter.wrote_it and matter.case.state == State.AWAITING_APPROVAL,
        "only_asked": not matter.ours and not matter.transferred_away,
        "transferred_away": matter.transferred_away,
        "replies": len(matter.replies),
        "version": version,
        "begin_with": _begin_with(request, matter, opened),
        "suggested": for_step(opened.key, matter) if opened else [],
    }


def _begin_with(request: HttpRequest, matter: Matter, opened: Open | None) -> case_parts.BeginWith | None:
    """The templates for the result that is chosen, or for all where none is; nothing beside other forms."""
    if opened is None or opened.key not in {"draft", "at_once"} or not matter.templates:
        return None
    asked = request.GET["outcome"] if "outcome" in request.GET else opened.form["outcome"].value()
    return case_parts.begin_with(matter, str(asked or ""))


def _page(request: HttpRequest, matter: Matter, opened: Open | None, *, status: int = 200) -> HttpResponse:
    context = {
        **_work(request, matter, opened),
        "here": "cartable",
        "now": matter.now,
        "matter": matter,
        "about": case_parts.about(matter),
        "path": path_of_case(matter.case, matter.duties),
        "referrals": case_parts.referrals(matter),
        "answers": case_parts.answers(matter),
        "attempts": [case_parts.tried(attempt) for attempt in matter.attempts],
        "checklist": checklist.shown_for(matter),
        "events": case_parts.events(matter),
        "files": case_parts.files(matter),
        "earlier": case_parts.earlier(matter),
    }
    return render(request, "staff/case.html", context, status=status)
