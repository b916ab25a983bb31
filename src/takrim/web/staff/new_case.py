"""A new case for a person who is here, on the telephone, or has written a letter: one page, then the receipt."""

from __future__ import annotations

import uuid
from typing import Any, NamedTuple, cast

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock, identity
from takrim.base.codes import pretty_secret
from takrim.base.errors import Refusal
from takrim.cases.actions_desk import write_down
from takrim.cases.actions_intake import Place, secret_of
from takrim.cases.models import Case, Party
from takrim.cases.queries import heads
from takrim.journal.record import looked
from takrim.orgs.models import Unit
from takrim.orgs.powers import Power
from takrim.web import conduct
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import code as shown_code
from takrim.web.parts.templatetags.takrim import pill
from takrim.web.staff import shown
from takrim.web.staff.alike import Shown, dressed, of_new
from takrim.web.staff.fields import find_units
from takrim.web.staff.new_case_forms import NewCaseForm
from takrim.web.staff.suggested import Suggested, for_text
from takrim.web.uploads import upload_errors, uploads

MOST_PEOPLE, MOST_CASES = 3, 5
# Receipts whose secret this officer may still see: those of this session.
RECEIPTS, MOST_RECEIPTS = "receipts", 30
# Buttons that help to fill the form in, and do not send it.
_HELPERS = {"look", "suggest", "use_card", "use_unit"}
_KIND = "request"


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CASE_FILE)
def new(request: HttpRequest) -> HttpResponse:
    """The form; when it is sent, the matter is registered once, however often it is sent."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        first = {"key": uuid.uuid4().hex, "channel": "desk", "kind": _KIND, "unit": desk.unit.name}
        return _form(request, NewCaseForm(initial=first))
    unit = _unit(desk, request.POST.get("unit", ""))
    form = NewCaseForm(request.POST, request.FILES, against=conduct.choices(request.POST.get("kind", ""), unit))
    for error in upload_errors(request, shown.lang()):
        form.add_error("files", error)
    if _HELPERS & request.POST.keys():
        return _helped(request, desk)
    conduct.check(form, unit)
    if not form.is_valid():
        return _form(request, form, status=422)
    try:
        case = _register(request, desk, form)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _form(request, form, status=refusal.status)
    if not desk.registered().filter(pk=case.pk).exists():
        messages.success(request, _("Registered, and kept from you. The receipt was sent to the person."))
        return redirect("staff:new")
    request.session[RECEIPTS] = [case.code, *request.session.get(RECEIPTS, [])][:MOST_RECEIPTS]
    return redirect("staff:receipt", code=case.code)


def _unit(desk: Desk, typed: str) -> Unit | None:
    """The office whose name is typed, if it is one."""
    found = find_units(typed) if typed.strip() else []
    return desk.all_units().get(pk=found[0].id) if len(found) == 1 else None


@require_POST
@staff(Power.CASE_FILE)
def whom(request: HttpRequest) -> HttpResponse:
    """Whom a complaint may be about, for the kind and the office chosen. By POST, with what was chosen before."""
    desk = cast(StaffRequest, request).desk
    return render(request, "staff/_whom.html", {"form": _as_typed(desk, request.POST.dict())})


def _as_typed(desk: Desk, typed: dict[str, str]) -> NewCaseForm:
    """The form with what was typed, not judged."""
    unit = _unit(desk, typed.get("unit", ""))
    return NewCaseForm(initial=typed, against=conduct.choices(typed.get("kind", ""), unit))


def _helped(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The form again, as typed, with what a helping button has found or chosen."""
    people = _people(request, desk) if "look" in request.POST else None
    typed = request.POST.dict()
    typed["name"] = typed.get("name") or (_name(people) if people else "")
    typed["card"] = typed.get("use_card") or typed.get("card", "")
    units = {unit.path: unit.name(shown.lang()) for unit, _province in shown.units_with_province()}
    typed["unit"] = units.get(typed.get("use_unit", ""), typed.get("unit", ""))
    suggested = [] if "look" in request.POST else for_text(typed.get("text", ""), desk)
    alike = dressed(of_new(request, desk)) if "look" in request.POST else None
    return _form(request, _as_typed(desk, typed), people=people, suggested=suggested, alike=alike)


@require_POST
@staff(Power.CASE_FILE)
def suggest(request: HttpRequest) -> HttpResponse:
    """What a text is probably about. By POST: what people write is in no address."""
    desk = cast(StaffRequest, request).desk
    return render(request, "staff/_suggested.html", {"suggested": for_text(request.POST.get("text", ""), desk)})


def _register(request: HttpRequest, desk: Desk, form: NewCaseForm) -> Case:
    unit = desk.all_units().get(pk=form.cleaned_data["unit"].id)
    letter = form.cleaned_data["channel"] == "paper"
    return write_down(
        subject=conduct.subject_of(form.cleaned_data, unit),
        intake=form.intake(),
        place=Place(unit=unit, card=form.card_version(unit.path)),
        files=uploads(request),
        arrived=form.cleaned_data["received_on"] if letter else None,
        by=desk.actor,
        now=clock.now(),
    )


def _form(
    request: HttpRequest,
    form: NewCaseForm,
    *,
    people: list[Known] | None = None,
    suggested: list[Suggested] | None = None,
    alike: list[Shown] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"here": "new", "form": form, "people": people, "suggested": suggested, "alike": alike}
    return render(request, "staff/new.html", context, status=status)


class Known(NamedTuple):
    """A person whom an office in scope knows, and what they brought lately."""

    party: Party
    cases: list[dict[str, Any]]


@require_POST
@staff(Power.CASE_FILE)
def person(request: HttpRequest) -> HttpResponse:
    """Who is known by the telephone or national code that was typed. By POST: numbers of people are in no address."""
    desk = cast(StaffRequest, request).desk
    people = _people(request, desk)
    # The name is offered in its field, unless one has been typed already.
    suggested = "" if request.POST.get("name") else _name(people)
    return render(request, "staff/_person.html", {"people": people, "suggested": suggested})


def _name(people: list[Known]) -> str:
    """The name, when the numbers are those of one person only."""
    return people[0].party.name if len(people) == 1 else ""


def _people(request: HttpRequest, desk: Desk) -> list[Known]:
    numbers = {
        "mobile": _read(identity.mobile, request.POST.get("mobile", "")),
        "national_code": _read(identity.national_code, request.POST.get("national_code", "")),
    }
    if not any(numbers.values()):
        return []
    people = list(desk.people(**numbers).order_by("-id")[:MOST_PEOPLE])
    found = heads(desk.cases().filter(party__in=people).order_by("-id")[: MOST_PEOPLE * MOST_CASES], "party_id")
    for party in people:
        looked(at=clock.now(), by=desk.actor, subject=f"party:{party.pk}", page="new_case")
    return [Known(party, [_dressed(head) for head in found if head["party_id"] == party.pk]) for party in people]


def _read(read: Any, text: str) -> str:
    try:
        return str(read(text)) if text else ""
    except Refusal:
        return ""


def _dressed(head: dict[str, Any]) -> dict[str, Any]:
    return {**head, "pill": pill(head["state"]), "shown_code": shown_code(head["code"])}


@never_cache
@require_safe
@staff(Power.CASE_FILE)
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """What the person takes along. The secret is shown to the officer who has just registered the case only."""
    desk = cast(StaffRequest, request).desk
    if code not in request.session.get(RECEIPTS, []):
        raise Http404
    case = get_object_or_404(desk.registered().select_related("unit", "card"), code=code)
    duty = desk.duties_about(case).filter(kind="final_answer").first()
    address = f"{settings.ADDRESS}/track/?code={code}"
    context = {
        "here": "new",
        "case": case,
        "secret": pretty_secret(secret_of(case)),
        "duty": duty,
        "kind": shown.kind_title(case.kind),
        "qr": segno.make(address, error="m").svg_data_uri(border=2, scale=4),
        "address": address,
        "files": desk.evidence().filter(subject=code),
        "in_scope": desk.cases().filter(pk=case.pk).exists(),
    }
    return render(request, "staff/receipt.html", context)
