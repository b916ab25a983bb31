"""Reporting a danger at a workplace: one short page, registered at once."""

from __future__ import annotations

import re
import secrets
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from takrim.base import clock, identity
from takrim.cases.actions_urgent import report_danger
from takrim.channels.questions import first_questions
from takrim.orgs.actor import holder
from takrim.web.citizen import held, places
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import TEXT_LENGTH, cleaned, refused
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

# Keys of this page only: nobody takes another page's matter up by its key.
_KEY = re.compile(r"urgent:[\w-]{24}")


class UrgentForm(forms.Form):
    """What happens where, and a telephone if the person wants to give one."""

    text = forms.CharField(
        label=_("What is the danger, and where exactly?"),
        help_text=_("Name of the workplace, street, what is happening, how many people are there."),
        max_length=TEXT_LENGTH,
        widget=forms.Textarea({"rows": 5}),
    )
    office = forms.ChoiceField(label=_("In which city or county?"))
    mobile = forms.CharField(
        label=_("Mobile number"),
        help_text=_("So that the inspector can call you. You may leave it empty and stay nameless."),
        required=False,
        max_length=30,
        widget=forms.TextInput({"class": "ltr w-medium", "inputmode": "tel", "autocomplete": "tel"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["office"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Choose")), *((unit.path, unit.name) for unit in places.answering())]

    def clean_mobile(self) -> str:
        return refused(identity.mobile, self.cleaned_data["mobile"])


@never_cache
@EDIT
@public
def urgent(request: HttpRequest) -> HttpResponse:
    """Ask for the least; sent, it is a case that the inspection owes an answer to."""
    if request.method != "POST":
        return _page(request, UrgentForm(initial={"office": request.GET.get("place", "")}))
    key = request.POST.get("key", "")
    form = UrgentForm(cleaned(request.POST.dict()))
    if not _KEY.fullmatch(key) or not form.is_valid():
        return _page(request, form, key)
    if not (code := held.receipt_of(request, key)):
        data = form.cleaned_data
        office = places.answering_at(data["office"])
        assert office is not None  # it is one of those offered
        case = report_danger(
            key=key,
            office=office,
            text=data["text"],
            mobile=data["mobile"],
            lang=language(),
            by=holder(),
            now=clock.now(),
        )
        code = case.code
        held.keep_receipt(request, key, code)
    return redirect("citizen:receipt", code)


def _page(request: HttpRequest, form: UrgentForm, key: str = "") -> HttpResponse:
    named = request.GET.get("place", "")
    place = named if places.answering_at(named) else ""
    questions = first_questions(place).questions
    asked = next((one for one in questions.values() if one.urgent), None)
    given = {
        "here": "file",
        "place": place,
        "form": form,
        "key": key if _KEY.fullmatch(key) else f"urgent:{secrets.token_urlsafe(18)}",
        "phones": asked.phones if asked else (),
    }
    return render(request, "citizen/urgent.html", given, status=422 if request.method == "POST" else 200)
