"""Words that the search takes for the same: plurals and synonyms the office adds."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.base.persian import sort_key
from takrim.orgs.actions_words import LONGEST, add_search_word, drop_search_word
from takrim.orgs.powers import Power
from takrim.web.desk import Desk, StaffRequest
from takrim.web.gates import staff
from takrim.web.staff.fields import TextField


class PairForm(forms.Form):
    """One pair."""

    word = TextField(label=_("Word"), max_length=LONGEST)
    same_as = TextField(label=_("means the same as"), max_length=LONGEST)


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.WORDS_EDIT)
def words(request: HttpRequest) -> HttpResponse:
    """The pairs; sent, the form adds one."""
    desk = cast(StaffRequest, request).desk
    if request.method != "POST":
        return _page(request, desk, PairForm())
    form = PairForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, status=422)
    try:
        add_search_word(**form.cleaned_data, by=desk.actor, now=clock.now())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, desk, form, status=refusal.status)
    return redirect("staff:words")


def _page(request: HttpRequest, desk: Desk, form: PairForm, *, status: int = 200) -> HttpResponse:
    pairs = sorted(desk.search_words(), key=lambda pair: sort_key(pair.word))
    return render(request, "staff/words.html", {"here": "words", "form": form, "pairs": pairs}, status=status)


@require_POST
@staff(Power.WORDS_EDIT)
def drop(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Take a pair out."""
    desk = cast(StaffRequest, request).desk
    pair = get_object_or_404(desk.search_words(), pk=pair_id)
    drop_search_word(pair=pair, by=desk.actor, now=clock.now())
    return redirect("staff:words")
