"""The province's own questions before filing: their text, every way through them, and what is wrong with a change."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.kind import KINDS
from takrim.channels.actions_questions import LONGEST, Known, write_questions
from takrim.channels.questions import default_text, first_questions, sheet_of
from takrim.orgs.paths import province_of
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff


class SheetForm(forms.Form):
    """The whole text."""

    text = forms.CharField(
        label=_("Text of the questions"),
        help_text=_("What each field means stands at the top of the text. Nothing is kept while something is wrong."),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea({"rows": 24, "class": "ltr code-text", "dir": "ltr", "spellcheck": "false"}),
    )
    after = forms.IntegerField(widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.QUESTIONS_EDIT)
def questions(request: HttpRequest) -> HttpResponse:
    """Show the text that holds, or keep a new one."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        return _page(request, desk, SheetForm(initial=_held(desk, anew="default" in request.GET)))
    form = SheetForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    data = form.cleaned_data
    try:
        write_questions(text=data["text"], after=data["after"], known=_known(desk), by=desk.actor, now=clock.now())
    except Refusal as refusal:
        for fault in str(refusal).splitlines():
            form.add_error("text", fault)
        return _page(request, desk, form, status=refusal.status)
    messages.success(request, str(_("The questions were kept. People are asked by them from now on.")))
    return redirect("staff:questions")


def _known(desk: Desk) -> Known:
    cards = set(desk.cards().values_list("card__code", flat=True))
    return Known(cards=cards, kinds=set(KINDS.items))


def _held(desk: Desk, *, anew: bool) -> dict[str, Any]:
    own = sheet_of(province_of(desk.actor.unit_path))
    text = default_text() if anew or own is None else own.text
    return {"text": text, "after": own.number if own else 0}


def _page(request: HttpRequest, desk: Desk, form: SheetForm, *, status: int = 200) -> HttpResponse:
    path = province_of(desk.actor.unit_path)
    given = {"here": "questions", "form": form, "own": sheet_of(path), "ways": first_questions(path).paths()}
    return render(request, "staff/questions.html", given, status=status)
