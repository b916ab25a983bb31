"""What the holder of a case does about it: complete it, object to the answer, withdraw it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import actions_end
from takrim.cases.actions_delivery import read_by_holder
from takrim.cases.actions_web import KeptFile, complete_with
from takrim.cases.models import Case
from takrim.evidence.actions import Upload, clean_name
from takrim.evidence.actions import keep as keep_file
from takrim.orgs.actor import holder as holder_actor
from takrim.web import conduct
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import WordsForm, cleaned, tell_left_out
from takrim.web.citizen.tracking import complete_form, held_case, object_form, show_case, withdraw_form
from takrim.web.gates import holder


def _do(
    request: HttpRequest, case: Case, name: str, form: WordsForm, deed: Callable[[WordsForm], object], *, done: str
) -> HttpResponse:
    """One deed; its refusal is shown beside the form, with all that was typed."""
    if form.is_valid():
        try:
            deed(form)
        except Refusal as refusal:
            form.add_error("papers" if refusal.code.startswith("file_") else "text", str(refusal))
        else:
            messages.success(request, done)
            return redirect("citizen:case", case.code)
    # The case as it is now, not as the refused deed has tried to make it.
    return show_case(request, held_case(request, case.code), refused=name, form=form, status=422)


@never_cache
@require_POST
@holder
def complete(request: HttpRequest, code: str) -> HttpResponse:
    """Add what the office has asked for."""
    case = held_case(request, code)

    def deed(form: WordsForm) -> None:
        kept = [
            KeptFile(keep_file(upload=Upload(file.name, file.chunks()), now=clock.now()).hash, clean_name(file.name))
            for file in form.cleaned_data["papers"]
        ]
        text = form.cleaned_data["text"]
        complete_with(case=case, text=text, files=kept, by=holder_actor(case.party_id), now=clock.now())

    form = complete_form(cleaned(request.POST.dict()), request.FILES)
    tell_left_out(form, request)
    return _do(request, case, "complete", form, deed, done=_("Thank you. The office goes on with your case."))


@never_cache
@require_POST
@holder
def read(request: HttpRequest, code: str) -> HttpResponse:
    """Open the signed answer: that it is read proves its delivery, so it is asked for and not only looked at."""
    case = held_case(request, code)
    try:
        read_by_holder(case=case, by=holder_actor(case.party_id), now=clock.now())
    except Refusal as refusal:
        messages.warning(request, str(refusal))
        return redirect("citizen:case", code)
    return redirect(f"{reverse('citizen:case', args=[code])}#answer")


@never_cache
@require_POST
@holder
def object_to(request: HttpRequest, code: str) -> HttpResponse:
    """Not accept the answer: the case is examined again by another officer."""
    case = held_case(request, code)

    def deed(form: WordsForm) -> None:
        text = form.cleaned_data["text"]
        actions_end.object_to(case=case, text=text, by=holder_actor(case.party_id), now=clock.now())

    form = object_form(cleaned(request.POST.dict()))
    conduct.check_words(form, "text", case.unit_path)
    done = _("Your objection is registered. The level above the office decides on it.")
    return _do(request, case, "object", form, deed, done=done)


@never_cache
@EDIT
@holder
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """No longer want an answer: asked once more on a page of its own."""
    case = held_case(request, code)
    if request.method != "POST":
        return render(request, "citizen/withdraw.html", {"here": "track", "case": case, "form": withdraw_form()})

    def deed(form: WordsForm) -> None:
        text = form.cleaned_data["text"]
        actions_end.withdraw(case=case, reason=text, by=holder_actor(case.party_id), now=clock.now())

    form = withdraw_form(cleaned(request.POST.dict()))
    return _do(request, case, "withdraw", form, deed, done=_("The case was withdrawn."))
