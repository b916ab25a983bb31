"""The questionnaire behind a signed link: no sign-in, answered once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_end import object_to
from takrim.cases.actions_intake import told
from takrim.cases.models import Case
from takrim.cases.moves import MOVES, Move
from takrim.cases.objections import last_moment
from takrim.orgs.actor import holder
from takrim.orgs.units import unit_name
from takrim.surveys import links
from takrim.surveys.actions import About, respond
from takrim.surveys.questionnaire import Questionnaire, questionnaire
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import cleaned
from takrim.web.citizen.tracking import object_form
from takrim.web.desk import PublicRequest
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

COMMENT_LENGTH = 2000
# Of 5; a mark as bad as this offers the objection.
BAD_MARK = 2


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
        context = {"thanks": asked.thanks.in_(lang), **_offer(case, link[1], token, form)}
        return render(request, "citizen/survey_thanks.html", context)
    return _show(request, case, form, asked)


def _offer(case: Case, occasion: int, token: str, form: SurveyForm) -> dict[str, Any]:
    """After a bad mark the objection is one touch away, begun with what was just written."""
    if form.scores[questionnaire().overall] > BAD_MARK or case.state not in MOVES[Move.OBJECT].sources:
        return {}
    served = case.answers.filter(number=occasion, objection=None).first()
    until = last_moment(case.unit_path, served.delivered_at) if served and served.delivered_at else None
    if until is None or clock.now() > until:
        return {}
    first = {"text": form.cleaned_data["comment"]}
    return {"token": token, "object_form": object_form(initial=first), "until": until}


@never_cache
@require_POST
@public
def object_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Object to the answer that the link asks about: the link came to the person's own address."""
    link = links.read(token)
    case = cast(PublicRequest, request).desk.judged(*link) if link else None
    if case is None:
        return render(request, "citizen/survey_over.html", {"here": ""}, status=410)
    form = object_form(cleaned(request.POST.dict()))
    if form.is_valid():
        try:
            object_to(case=case, text=form.cleaned_data["text"], by=holder(case.party_id), now=clock.now())
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            thanks = _("Your objection is registered. The level above the office decides on it.")
            return render(request, "citizen/survey_thanks.html", {"thanks": thanks})
    context = {"token": token, "object_form": form, "refused": True}
    return render(request, "citizen/survey_thanks.html", context, status=422)


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
