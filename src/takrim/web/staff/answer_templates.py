"""Templates of answers that an office keeps: the list, and a form that tries each on an example before it is kept."""

from __future__ import annotations

import hashlib
import json
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import actions_templates, blanks
from takrim.cases.actions_templates import TemplateFails, TemplateWords, Trial, tried
from takrim.cases.models_templates import AnswerTemplate
from takrim.orgs.powers import Power
from takrim.orgs.units import unit_name
from takrim.web import desk_templates
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff import shown
from takrim.web.staff.fields import TextField

_PARTS = ("text", "reason", "legal_ground", "next_step")


class TemplateForm(forms.Form):
    """Where it is offered, and what it says."""

    unit = forms.TypedChoiceField(
        label=_("Office"), coerce=str, help_text=_("Offices below it may use the template too.")
    )
    title = TextField(label=_("Title"), help_text=_("Officers choose the template by it."), max_length=120)
    outcome = forms.ChoiceField(label=_("Result"), choices=[("", _("Choose")), *shown.OUTCOMES.items()])
    kind = forms.ChoiceField(label=_("Kind of message"), required=False)
    card = forms.ChoiceField(label=_("Service"), required=False)
    text = TextField(label=_("Answer to the applicant"), rows=8)
    reason = TextField(label=_("Reason"), rows=3)
    legal_ground = TextField(label=_("Legal ground"), required=False, max_length=500)
    next_step = TextField(label=_("What the applicant can do next"), rows=2, max_length=1000)

    def __init__(self, *args: Any, desk: Desk, fixed: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        lang = shown.lang()
        units = [(fixed, unit_name(fixed, lang))] if fixed else [(u.path, u.name(lang)) for u in desk.unit_names()]
        self._choose("unit", units)
        self._choose("kind", [("", _("All kinds")), *shown.kind_choices()])
        self._choose("card", [("", _("All services")), *shown.card_choices()])

    def _choose(self, name: str, choices: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def words(self) -> TemplateWords:
        return TemplateWords(**{name: value for name, value in self.cleaned_data.items() if name != "unit"})

    @property
    def stamp(self) -> str:
        """What was tried: kept is exactly that, and nothing that was changed after the trial."""
        line = json.dumps(self.cleaned_data, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(line.encode()).hexdigest()[:32]


def _desk(request: HttpRequest) -> Desk:
    return cast(StaffRequest, request).desk


@require_safe
@staff(Power.ANSWERS_EDIT)
def answer_templates(request: HttpRequest) -> HttpResponse:
    """The templates of one's offices, and those of the offices above that are used here too."""
    desk, lang = _desk(request), shown.lang()
    mine = [(one, unit_name(one.unit_path, lang), _for(one)) for one in desk_templates.own(desk)]
    above = [(one, unit_name(one.unit_path, lang), _for(one)) for one in desk_templates.above(desk)]
    return render(request, "staff/templates.html", {"here": "templates", "mine": mine, "above": above})


def _for(template: AnswerTemplate) -> str:
    cards = dict(shown.card_choices())
    parts = [
        shown.outcome_title(template.outcome),
        shown.kind_title(template.kind) if template.kind else "",
        str(cards.get(template.card, template.card)) if template.card else "",
    ]
    return " · ".join(filter(None, parts))


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ANSWERS_EDIT)
def new(request: HttpRequest) -> HttpResponse:
    """A new template: tried first, then kept."""
    desk = _desk(request)
    if request.method != "POST":
        return _page(request, TemplateForm(desk=desk, initial={"unit": desk.actor.unit_path}))
    form = TemplateForm(request.POST, desk=desk)
    return _take(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.ANSWERS_EDIT)
def edit(request: HttpRequest, template_id: int) -> HttpResponse:
    """A template and its versions; changed, it becomes a new one."""
    desk = _desk(request)
    template = get_object_or_404(desk_templates.own(desk), pk=template_id)
    if request.method != "POST":
        names = ("title", "outcome", "kind", "card", *_PARTS)
        initial = {"unit": template.unit_path, **{name: getattr(template, name) for name in names}}
        return _page(request, TemplateForm(desk=desk, fixed=template.unit_path, initial=initial), template)
    form = TemplateForm(request.POST, desk=desk, fixed=template.unit_path)
    return _take(request, form, template)


def _take(request: HttpRequest, form: TemplateForm, template: AnswerTemplate | None) -> HttpResponse:
    """Try it; keep it where exactly this was tried before."""
    if not form.is_valid():
        return _page(request, form, template, status=422)
    trial = tried(form.words, shown.lang())
    for part, sentence in trial.faults.items():
        form.add_error(part, sentence)
    if trial.faults:
        return _page(request, form, template, status=422)
    if "keep" not in request.POST or request.POST.get("tried") != form.stamp:
        return _page(request, form, template, trial=trial)
    try:
        _keep(request, form, template)
    except TemplateFails as refusal:
        for part, sentence in refusal.found.items():
            form.add_error(part, sentence)
        return _page(request, form, template, status=422)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, form, template, trial=trial, status=refusal.status)
    messages.success(request, gettext("The template was kept. It is offered with the drafts that it fits."))
    return redirect("staff:templates")


def _keep(request: HttpRequest, form: TemplateForm, template: AnswerTemplate | None) -> None:
    by, now = _desk(request).actor, clock.now()
    if template is None:
        actions_templates.keep_template(unit_path=form.cleaned_data["unit"], words=form.words, by=by, now=now)
        return
    seen = int(request.POST.get("version", "0")) if request.POST.get("version", "").isascii() else 0
    actions_templates.change_template(template=template, words=form.words, seen=seen, by=by, now=now)


def _page(
    request: HttpRequest,
    form: TemplateForm,
    template: AnswerTemplate | None = None,
    *,
    trial: Trial | None = None,
    status: int = 200,
) -> HttpResponse:
    lang = shown.lang()
    fields = [
        (f"{{{field.en if lang == 'en' else field.fa}}}", field.title, field.example(lang)) for field in blanks.FIELDS
    ]
    context = {
        "here": "templates",
        "form": form,
        "template": template,
        "trial": trial,
        "stamp": form.stamp if trial else "",
        "fields": fields,
        "versions": desk_templates.versions(template) if template else [],
    }
    return render(request, "staff/template.html", context, status=status)


@require_POST
@staff(Power.ANSWERS_EDIT)
def end(request: HttpRequest, template_id: int) -> HttpResponse:
    """Take it out of use."""
    desk = _desk(request)
    template = get_object_or_404(desk_templates.own(desk), pk=template_id)
    actions_templates.end_template(template=template, by=desk.actor, now=clock.now())
    messages.success(request, gettext("The template is offered no longer. Its versions are kept."))
    return redirect("staff:templates")
