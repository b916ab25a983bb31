"""Numbers of answers: the pattern of each office, its letterhead, and registers that prove no number was lost."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import registers
from takrim.cases.actions_number import DEFAULT, LONGEST, check_pattern, set_pattern
from takrim.cases.actions_paper import set_letterhead
from takrim.cases.models import Answer, Register
from takrim.cases.papers import letterhead_of
from takrim.cases.registers import Sheet
from takrim.orgs.paths import ROOT, is_under
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField

SHOWN = 50


class UnitForm(forms.Form):
    """A form about one of the offices in scope."""

    unit = forms.ChoiceField(label=_("Office"))

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        lang = shown.lang()
        cast(forms.ChoiceField, self.fields["unit"]).choices = [(u.path, u.name(lang)) for u in desk.unit_names()]


class PatternForm(UnitForm):
    """How the numbers of an office read."""

    pattern = TextField(
        label=_("Pattern"),
        help_text=_("{number} and {year} must stand in it; {subject} is the letter of the kind of message."),
        max_length=2 * LONGEST,
        widget=forms.TextInput({"class": "ltr w-medium", "autocomplete": "off"}),
    )

    @property
    def stamp(self) -> str:
        return f"{self.cleaned_data['unit']} {self.cleaned_data['pattern']}"


class LetterheadForm(UnitForm):
    """Where an office is, as its papers say it."""

    address = TextField(label=_("Address"), required=False, max_length=200)
    telephone = TextField(
        label=_("Telephone"), required=False, max_length=60, widget=forms.TextInput({"class": "ltr w-medium"})
    )


class Row(NamedTuple):
    """One register in the list."""

    register: Register
    office: str
    place: str
    sheet: Sheet


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ANSWERS_EDIT)
def numbers(request: HttpRequest) -> HttpResponse:
    """What holds; sent, the form is tried on an example first and kept when exactly that was tried."""
    desk, now = _desk(request), clock.now()
    if request.method != "POST":
        here = desk.actor.unit_path
        form = PatternForm(desk=desk, initial={"unit": here, "pattern": registers.pattern_now(here, now)})
        return _page(request, desk, pattern=form)
    form = PatternForm(request.POST, desk=desk)
    if not form.is_valid():
        return _page(request, desk, pattern=form, status=422)
    unit, pattern = form.cleaned_data["unit"], form.cleaned_data["pattern"]
    try:
        clean = check_pattern(pattern)
        if request.POST.get("tried") != form.stamp:
            return _page(request, desk, pattern=form, tried=registers.examples(clean, unit, now))
        set_pattern(unit_path=unit, pattern=pattern, by=desk.actor, now=now)
    except Refusal as refusal:
        form.add_error("pattern", str(refusal))
        return _page(request, desk, pattern=form, status=refusal.status)
    messages.success(request, gettext("The pattern holds for the numbers drawn from now on."))
    return redirect("staff:numbers")


@require_POST
@staff(Power.ANSWERS_EDIT)
def letterhead(request: HttpRequest) -> HttpResponse:
    """Set what stands at the head of an office's papers."""
    desk = _desk(request)
    form = LetterheadForm(request.POST, desk=desk)
    if not form.is_valid():
        return _page(request, desk, head=form, status=422)
    data = form.cleaned_data
    try:
        set_letterhead(
            unit_path=data["unit"], address=data["address"], telephone=data["telephone"], by=desk.actor, now=clock.now()
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, head=form, status=refusal.status)
    messages.success(request, gettext("The letterhead was kept. Papers drawn from now on carry it."))
    return redirect("staff:numbers")


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    pattern: PatternForm | None = None,
    head: LetterheadForm | None = None,
    tried: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    here, lang, now = desk.actor.unit_path, shown.lang(), clock.now()
    if pattern is None:
        pattern = PatternForm(desk=desk, initial={"unit": here, "pattern": registers.pattern_now(here, now)})
    if head is None:
        kept = letterhead_of(here)
        own = {"address": kept.address, "telephone": kept.telephone} if kept and kept.unit_path == here else {}
        head = LetterheadForm(desk=desk, initial={"unit": here, **own})
    found = list(registers.registers_under(here)[: 4 * SHOWN])
    rows = [
        Row(one, unit_name(one.unit_path, lang), _place(one.unit_path), sheet)
        for one, sheet in zip(found, registers.sheets(found), strict=True)
    ]
    context = {
        "here": "numbers",
        "pattern": pattern,
        "head": head,
        "tried": tried,
        "stamp": pattern.stamp if tried else "",
        "rows": rows,
        "usual": DEFAULT,
    }
    return render(request, "staff/numbers.html", context, status=status)


def _place(path: str) -> str:
    return path.removeprefix(ROOT).rstrip("/") or "ir"


class Line(NamedTuple):
    """One number; its case only where the desk reaches it."""

    answer: Answer
    code: str


@require_safe
@staff(Power.ANSWERS_EDIT)
def register(request: HttpRequest, year: int, place: str) -> HttpResponse:
    """One register: what it adds up to, every cancelled number with its reason, then all numbers."""
    desk = _desk(request)
    path = ROOT if place == "ir" else f"{ROOT}{place.strip('/')}/"
    found = registers.register_of(path, year) if is_under(path, desk.actor.unit_path) else None
    if found is None:
        raise Http404
    below = request.GET.get("below", "")
    rows = registers.numbers(found, int(below) if below.isascii() and below.isdigit() else None, SHOWN + 1)
    gone = list(registers.cancelled(found)[: 4 * SHOWN])
    reached = _reached(desk, [*rows, *gone])
    context = {
        "here": "numbers",
        "register": found,
        "office": unit_name(path, shown.lang()),
        "sheet": registers.sheet(found),
        "cancelled": [Line(one, reached.get(one.case_id, "")) for one in gone],
        "rows": [Line(one, reached.get(one.case_id, "")) for one in rows[:SHOWN]],
        "next_url": f"?below={rows[SHOWN - 1].serial}" if len(rows) > SHOWN else "",
    }
    return render(request, "staff/register.html", context)


def _reached(desk: Desk, rows: list[Answer]) -> dict[int, str]:
    """Codes of the cases that the desk reaches: of one kept from it only the number is shown. One query."""
    return dict(desk.cases().filter(pk__in={one.case_id for one in rows}).values_list("pk", "code"))
