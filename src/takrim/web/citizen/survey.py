"""The questionnaire behind a signed link: no sign-in, answered once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_end import object_to
from takrim.cases.actions_praise import praise
from takrim.cases.judging import GOOD_MARK, judge, objection_offered
from takrim.cases.models import Answer, Case
from takrim.orgs.actor import holder
from takrim.orgs.paths import province_of
from takrim.orgs.units import unit_name
from takrim.surveys import links
from takrim.surveys.actions import SurveyDone
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import Item, Questionnaire, questionnaire
from takrim.web import conduct
from takrim.web.citizen import drafts
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import cleaned
from takrim.web.citizen.praise import PraiseForm
from takrim.web.citizen.tracking import object_form
from takrim.web.desk import PublicRequest
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language

COMMENT_LENGTH = 2000


class SurveyForm(forms.Form):
    """One question a field, in the order of the questionnaire; only the question about the whole must be answered."""

    def __init__(
        self, asked: Questionnaire, data: Mapping[str, Any] | None = None, *, items: Sequence[Item] = ()
    ) -> None:
        super().__init__(data)
        lang = language()
        scale = [(str(value), label.in_(lang)) for value, label in asked.scale]
        for item in items or asked.items:
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
    """Ask, or thank; a link that is forged or too old says so. Opened again, it offers what may still be done."""
    found = _linked(request, token)
    if found is None:
        return _over(request)
    (answer, kept), asked, lang = found, questionnaire(), language()
    if request.method != "POST":
        if kept is not None:
            return _after(request, answer, token, kept, thanks=str(SurveyDone()))
        return _show(request, answer.case, SurveyForm(asked), asked)
    form = SurveyForm(asked, cleaned(request.POST.dict()))
    if not form.is_valid():
        return _show(request, answer.case, form, asked)
    comment, by, now = form.cleaned_data["comment"], holder(answer.case.party_id), clock.now()
    try:
        kept = judge(answer=answer, scores=form.scores, comment=comment, way="web", by=by, now=now)
    except Refusal as refusal:
        return render(request, "citizen/survey_thanks.html", {"thanks": str(refusal)}, status=refusal.status)
    return _after(request, answer, token, kept, thanks=asked.thanks.in_(lang))


def _after(
    request: HttpRequest,
    answer: Answer,
    token: str,
    kept: Response,
    *,
    thanks: str,
    status: int = 200,
    **forms: Any,
) -> HttpResponse:
    """Thanks; after a bad mark the objection is one touch away, after a good one the praise of an officer.

    The objection begins with what was just written, unless that blames somebody by name: this goes to those above only.
    """
    until = objection_offered(answer, kept.overall, clock.now())
    context: dict[str, Any] = {"thanks": thanks, "token": token, "until": until, "blames": bool(kept.kept_from)}
    if until is not None:
        said = kept.comment if request.method == "POST" and not kept.kept_from else ""
        context["object_form"] = object_form(initial={"text": said})
    elif kept.overall >= GOOD_MARK and cast(PublicRequest, request).desk.praise_of(answer) is None:
        context["praise_form"] = PraiseForm(answer)
    return render(request, "citizen/survey_thanks.html", {**context, **forms}, status=status)


def _linked(request: HttpRequest, token: str) -> tuple[Answer, Response | None] | None:
    """The answer that a link asks about, and what was said about it."""
    link, desk = links.read(token), cast(PublicRequest, request).desk
    answer = desk.judged(*link) if link else None
    return None if answer is None else (answer, desk.judgement(answer))


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "citizen/survey_over.html", {"here": ""}, status=410)


def _did(form: forms.Form, field: str | None, deed: Callable[[], object]) -> bool:
    """Do what was sent if all of it can be read; a refusal stands beside its field."""
    if not form.is_valid():
        return False
    try:
        deed()
    except Refusal as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


def _done(request: HttpRequest, thanks: str) -> HttpResponse:
    return render(request, "citizen/survey_thanks.html", {"thanks": thanks})


@never_cache
@require_POST
@public
def object_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Object to the answer that the link asks about: the link came to the person's own address."""
    found = _linked(request, token)
    if found is None:
        return _over(request)
    case = found[0].case
    form = object_form(cleaned(request.POST.dict()))
    conduct.check_words(form, "text", case.unit_path)
    by, now = holder(case.party_id), clock.now()
    if _did(form, "text", lambda: object_to(case=case, text=form.cleaned_data["text"], by=by, now=now)):
        return _done(request, _("Your objection is registered. The level above the office decides on it."))
    context = {"token": token, "object_form": form, "refused": True}
    return render(request, "citizen/survey_thanks.html", context, status=422)


@never_cache
@require_POST
@public
def praise_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Praise somebody who worked on the matter that the link asks about."""
    found = _linked(request, token)
    if found is None:
        return _over(request)
    answer, kept = found
    form = PraiseForm(answer, cleaned(request.POST.dict()))
    by, now = holder(answer.case.party_id), clock.now()
    if _did(form, None, lambda: praise(answer=answer, said=form.said, by=by, now=now)):
        return _done(request, _("Thank you. The officer and their head read it, without your name."))
    if kept is None:
        return redirect("citizen:survey", token)
    return _after(request, answer, token, kept, thanks=str(SurveyDone()), status=422, praise_form=form)


@never_cache
@require_POST
@public
def conduct_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Complain about somebody in confidence: the words of the survey are taken along, if none are typed there yet."""
    found = _linked(request, token)
    if found is None:
        return _over(request)
    answer, kept = found
    path = answer.case.unit_path
    fields = {"kind": "complaint", "card": conduct.CARD, "office": path, "province": province_of(path)}
    draft = drafts.open_draft(request)
    if kept is not None and kept.comment and not (draft and draft.typed("text")):
        fields["text"] = kept.comment
    return drafts.remember(redirect("citizen:what"), drafts.keep(request, fields))


def _show(request: HttpRequest, case: Case, form: SurveyForm, asked: Questionnaire) -> HttpResponse:
    lang = language()
    context = {
        "here": "",
        "case": case,
        "card": conduct.CARD,
        "form": form,
        "parts": _parts(form, asked),
        "title": asked.title.in_(lang),
        "intro": asked.intro.in_(lang),
        "office": unit_name(case.unit_path, lang),
    }
    return render(request, "citizen/survey.html", context, status=422 if form.errors else 200)
