"""Defining a round: first by which plan, then which offices, when, and by whom they are assessed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.period import Period, PeriodKind
from takrim.evaluation import actions_rounds
from takrim.evaluation.actions_rounds import DAYS, Wish
from takrim.evaluation.models_plans import PlanVersion
from takrim.evaluation.round_measures import plan_of, rows_of
from takrim.evaluation.round_moves import scope_of
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_rounds
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.dates import JalaliDateField
from takrim.web.parts.numbers import WholeNumber
from takrim.web.parts.templatetags.takrim import digits, language
from takrim.web.staff.fields import TextField

LABELS = {
    "declare_from": _("Self-assessment from"),
    "declare_until": _("Self-assessment until"),
    "assess_until": _("Assessment until"),
    "preliminary_on": _("Preliminary result on"),
    "object_until": _("Objections until"),
    "final_on": _("Final result on"),
}
# Days between one date of the calendar and the next, as they are proposed.
_APART = (0, 14, 21, 3, 10, 14)
_KINDS = ((PeriodKind.HALF, 4), (PeriodKind.SEASON, 5), (PeriodKind.YEAR, 2))


class DefineForm(forms.Form):
    """All that a round is; its calendar is proposed."""

    title_fa = TextField(label=_("Title"), max_length=160)
    title_en = TextField(label=_("Title in English"), max_length=160, required=False)
    period = forms.ChoiceField(label=_("Time compared"))
    units = forms.MultipleChoiceField(label=_("Offices that are compared"), widget=forms.CheckboxSelectMultiple)
    assessors = forms.MultipleChoiceField(
        label=_("Assessors"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nobody is given an office in which they have, or had in the period, a post."),
    )
    second_percent = WholeNumber(
        label=_("Assessed twice, in percent"),
        least=0,
        most=100,
        help_text=_("So many offices are drawn to be assessed by a second person who sees nothing of the first."),
    )
    committee = forms.ChoiceField(label=_("Committee that answers objections"), required=False)
    referees = forms.MultipleChoiceField(
        label=_("Or persons who answer them"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, desk: Desk, version: PlanVersion, today: date, data: Any = None) -> None:
        self.desk, self.version = desk, version
        self.offered = {str(unit.pk): unit for unit in desk_rounds.units_for(desk, version.of, today)}
        self.staff = {str(person.pk): person for person in desk_rounds.people(desk, today)}
        self.bodies = {str(body.pk): body for body in desk_rounds.bodies(desk, today)}
        super().__init__(data, initial=self._initial(today))
        # Names of people keep their own direction, whoever reads them.
        people = [(number, format_html("<bdi>{}</bdi>", person.name)) for number, person in self.staff.items()]
        choices: dict[str, list[tuple[str, Any]]] = {
            "period": _periods(today),
            "units": [(number, unit.name) for number, unit in self.offered.items()],
            "assessors": people,
            "referees": people,
            "committee": [("", _("None: persons by name")), *((key, body.name) for key, body in self.bodies.items())],
        }
        for name, offer in choices.items():
            cast(forms.ChoiceField, self.fields[name]).choices = offer
        for name in DAYS:
            self.fields[name] = JalaliDateField(label=LABELS[name])

    def _initial(self, today: date) -> dict[str, Any]:
        found: dict[str, Any] = {"units": list(self.offered), "second_percent": digits("20")}
        day = today
        for name, apart in zip(DAYS, _APART, strict=True):
            day += timedelta(days=apart)
            found[name] = day
        return found

    @property
    def calendar(self) -> list[forms.BoundField]:
        return [self[name] for name in DAYS]

    def wish(self) -> Wish:
        """What the deed is given."""
        given = self.cleaned_data
        return Wish(
            title_fa=given["title_fa"],
            title_en=given["title_en"],
            plan=self.version,
            path=scope_of(self.desk.actor),
            units=[self.offered[number] for number in given["units"]],
            period=Period.parse(given["period"]),
            days={name: given[name] for name in DAYS},
            assessors=[self.staff[number] for number in given["assessors"]],
            committee=self.bodies.get(given["committee"]),
            referees=[] if given["committee"] else [self.staff[number] for number in given["referees"]],
            second_percent=given["second_percent"],
        )


def _periods(today: date) -> list[tuple[str, Any]]:
    found = []
    for kind, many in _KINDS:
        period = Period.containing(today, kind)
        for _number in range(many):
            found.append((period.code, period.title(language())))
            period = period.previous()
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ROUND_RUN)
def define(request: StaffRequest) -> HttpResponse:
    """Without a plan: the plans that are ready; with one: the form."""
    desk, today = request.desk, local_date(clock.now())
    wanted = request.GET.get("plan", "")
    if not wanted:
        return render(request, "rounds/plans.html", {"here": "rounds", "rows": _plans(desk, today)})
    version = desk_rounds.versions(desk).filter(pk=int(wanted)).first() if wanted.isdecimal() else None
    if version is None:
        raise Http404
    if request.method != "POST":
        return _page(request, DefineForm(desk, version, today))
    form = DefineForm(desk, version, today, request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        made = actions_rounds.define(wish=form.wish(), by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, status=refusal.status)
    return redirect("rounds:round", code=made.code)


def _plans(desk: Desk, today: date) -> list[dict[str, Any]]:
    """The newest ready version of each plan, and how many offices of its kind there are here."""
    found: dict[str, dict[str, Any]] = {}
    for version in desk_rounds.versions(desk):
        if version.code in found:
            continue
        offices = desk_rounds.units_for(desk, version.of, today).count()
        found[version.code] = {
            "version": version,
            "offices": offices,
            "rows": len(rows_of(plan_of(version))),
            "able": offices >= actions_rounds.FEWEST,
        }
    return sorted(found.values(), key=lambda row: not row["able"])


def _page(request: StaffRequest, form: DefineForm, *, status: int = 200) -> HttpResponse:
    scope = unit_name(scope_of(request.desk.actor), language())
    context = {"here": "rounds", "form": form, "version": form.version, "office": scope}
    return render(request, "rounds/define.html", context, status=status)
