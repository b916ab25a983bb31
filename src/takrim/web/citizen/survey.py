"""The questionnaire behind a signed link: no sign-in, answered once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_intake import told
from takrim.cases.models import Case
from takrim.orgs.actor import holder
from takrim.orgs.units import unit_name
from takrim.surveys import links
from takrim.surveys.actions import About, respond
from takrim.surveys.questionnaire import Questionnaire, questionnaire
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import cleaned
from takrim.web.desk import PublicRequest
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

COMMENT_LENGTH = 2000


class SurveyForm(forms.Form):
    """One question a field, in the order of the questionnaire; only the question about the whole must be answered."""

    def __init__(self, asked: Questionnaire, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        lang = language()
        scale = [(str(value), label.in_(lang)) for value, label in asked.scale]
        for item in asked.items:
            self.fields[item.code] = forms.ChoiceField(
                label=item.text.in_(lang),
                choices=scale,
                widget=forms.RadioSelect,
                error_messages={"required": _("Answer at least this one question.")},
            )
        self.fields["comment"] = forms.CharField(
            label=asked.comment.in_(lang),
            required=False,
            max_length=COMMENT_LENGTH,
            widget=forms.Textarea(attrs={"rows": 4}),
        )

    def clean(self) -> None:
        """All are asked for, one must be answered."""
        for item in questionnaire().items:
            if not item.overall:
                self.errors.pop(item.code, None)

    @property
    def scores(self) -> dict[str, int]:
        """What was answered, 1 to 5 by item."""
        return {code: int(value) for code, value in self.cleaned_data.items() if code != "comment"}


def _parts(form: SurveyForm, asked: Questionnaire) -> list[dict[str, Any]]:
    """The fields by dimension, each with its heading."""
    lang = language()
    return [
        {"title": title.in_(lang), "fields": [form[item.code] for item in asked.items if item.dimension == code]}
        for code, title in asked.dimensions
    ]


@never_cache
@EDIT
@public
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or thank; a link that is forged or too old says so."""
    link = links.read(token)
    case = cast(PublicRequest, request).desk.judged(*link) if link else None
    if link is None or case is None:
        return render(request, "citizen/survey_over.html", {"here": ""}, status=410)
    asked, lang = questionnaire(), language()
    if request.method != "POST":
        return _show(request, case, SurveyForm(asked), asked)
    form = SurveyForm(asked, cleaned(request.POST.dict()))
    if form.is_valid():
        try:
            _respond(case, link[1], form)
        except Refusal as refusal:
            return render(request, "citizen/survey_thanks.html", {"thanks": str(refusal)}, status=refusal.status)
        return render(request, "citizen/survey_thanks.html", {"thanks": asked.thanks.in_(lang)})
    return _show(request, case, form, asked)


def _respond(case: Case, occasion: int, form: SurveyForm) -> None:
    facts = told(case)
    about = About(
        subject=case.code,
        occasion=occasion,
        unit_path=case.unit_path,
        kind=facts["kind"],
        channel=facts["channel"],
        card=facts["card"],
        answered_at=case.answers.values_list("delivered_at", flat=True).get(number=occasion),
    )
    comment = form.cleaned_data["comment"]
    respond(about=about, scores=form.scores, comment=comment, way="web", by=holder(case.party_id), now=clock.now())


def _show(request: HttpRequest, case: Case, form: SurveyForm, asked: Questionnaire) -> HttpResponse:
    lang = language()
    context = {
        "here": "",
        "case": case,
        "form": form,
        "parts": _parts(form, asked),
        "title": asked.title.in_(lang),
        "intro": asked.intro.in_(lang),
        "office": unit_name(case.unit_path, lang),
    }
    return render(request, "citizen/survey.html", context, status=422 if form.errors else 200)
