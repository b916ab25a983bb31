"""Is this paper genuine? Number and fingerprint, from its picture or typed, say whether and by whom it was issued."""

from __future__ import annotations

from typing import NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import verifying
from takrim.cases.verifying import Standing
from takrim.councils import verifying as minutes
from takrim.orgs.units import unit_name
from takrim.web.citizen import limits
from takrim.web.citizen.forms import cleaned, refused
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language


class NotIssued(Refusal):
    code = "answer_not_issued"
    status = 422
    message = gettext_lazy(
        "No office here has issued an answer or minutes with this number and this fingerprint. Check both against the "
        "paper; if they are right, the paper is not ours: ask the office that it names."
    )


class Says(NamedTuple):
    """What a standing means, in the words and the tone of the page."""

    tone: str
    title: str | Promise
    says: str | Promise


STANDINGS = {
    Standing.IN_FORCE: Says(
        "ok", gettext_lazy("This answer is genuine and in force"), gettext_lazy("It was issued and delivered as it is.")
    ),
    Standing.NOT_DELIVERED: Says(
        "info",
        gettext_lazy("This answer is genuine; its delivery is under way"),
        gettext_lazy("It is signed and has its number. That it reached the applicant is not proven yet."),
    ),
    Standing.OBJECTED_TO: Says(
        "warn",
        gettext_lazy("This answer is genuine, and was objected to"),
        gettext_lazy("The level above examines the objection; until then do not rely on it alone."),
    ),
    Standing.REPLACED: Says(
        "warn",
        gettext_lazy("This answer was issued, and has been replaced"),
        gettext_lazy("A newer answer to the same matter holds now."),
    ),
    Standing.CANCELLED: Says(
        "late",
        gettext_lazy("This number was cancelled"),
        gettext_lazy("The answer was taken back by the office before it was delivered; it holds nowhere."),
    ),
}


class VerifyForm(forms.Form):
    """What stands at the foot of the paper."""

    number = forms.CharField(
        label=gettext_lazy("Number of the paper"),
        help_text=gettext_lazy("As it stands at the head of the paper."),
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w-medium", "autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the number of the paper.")},
    )
    fingerprint = forms.CharField(
        label=gettext_lazy("Fingerprint"),
        help_text=gettext_lazy("Four groups of four digits and letters beside the picture on the paper."),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "ltr w-medium", "autocomplete": "off", "autocapitalize": "off"}),
        error_messages={"required": gettext_lazy("Write the fingerprint.")},
    )

    def clean_fingerprint(self) -> str:
        return refused(verifying.read_fingerprint, self.cleaned_data["fingerprint"])


@never_cache
@require_safe
@public
def verify(request: HttpRequest) -> HttpResponse:
    """Ask, or say. Nothing is changed, so that the picture on the paper opens the result at once."""
    if not {"number", "fingerprint"} & request.GET.keys():
        return _page(request, VerifyForm())
    now = clock.now()
    limits.check(request, "verify", now=now)
    form = VerifyForm(cleaned(request.GET.dict()))
    if not form.is_valid():
        return _page(request, form)
    asked = form.cleaned_data["number"], form.cleaned_data["fingerprint"]
    issued, meant = verifying.find(*asked), minutes.find(*asked)
    if meant is not None:
        return _minutes_page(request, meant)
    if issued is None:
        limits.count(request, "verify", now=now)
        form.add_error(None, str(NotIssued()))
        return _page(request, form)
    given = {
        "here": "",
        "issued": issued,
        "says": STANDINGS[issued.standing],
        "office": unit_name(issued.unit_path, language()),
    }
    return render(request, "citizen/verified.html", given)


def _minutes_page(request: HttpRequest, issued: minutes.IssuedMinutes) -> HttpResponse:
    """Minutes of a body: who issued them, and whether they were corrected since."""
    given = {
        "here": "",
        "issued": issued,
        "body": issued.body_en if language() == "en" and issued.body_en else issued.body_fa,
        "office": unit_name(issued.unit_path, language()),
    }
    return render(request, "citizen/verified_minutes.html", given)


def _page(request: HttpRequest, form: VerifyForm) -> HttpResponse:
    return render(request, "citizen/verify.html", {"here": "", "form": form}, status=422 if form.errors else 200)
