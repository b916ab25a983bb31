"""What a body outside sees behind its signed link: one question, what was chosen to be shown, room for the answer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases import inquiry_links
from takrim.cases.actions_inquiry import MOST_ANSWER, InquiryOver, answer_inquiry
from takrim.cases.models_partners import Inquiry
from takrim.evidence.actions import keep
from takrim.orgs.actor import partner
from takrim.orgs.units import unit_name
from takrim.web.citizen import limits
from takrim.web.citizen.filing import EDIT
from takrim.web.citizen.forms import NAME_LENGTH, FilesField, ManyFiles, cleaned
from takrim.web.desk import PublicDesk, PublicRequest
from takrim.web.files import send
from takrim.web.gates import public
from takrim.web.parts.templatetags.takrim import language
from takrim.web.uploads import upload_errors, uploads


class AnswerForm(forms.Form):
    """What the body outside says."""

    text = forms.CharField(label=_("Your answer"), max_length=MOST_ANSWER, widget=forms.Textarea({"rows": 8}))
    name = forms.CharField(label=_("Your name and post"), max_length=NAME_LENGTH)
    papers = FilesField(
        label=_("Files"),
        help_text=_("Pictures, PDF, office documents."),
        required=False,
        widget=ManyFiles(attrs={"multiple": True}),
    )


def _opened(request: HttpRequest, token: str) -> Inquiry:
    """The inquiry of a link. Forged, expired, used and taken back are told apart by nobody."""
    now = clock.now()
    limits.check(request, "inquiry", now=now)
    number = inquiry_links.read(token)
    inquiry = _desk(request).inquiry(number, now) if number else None
    if inquiry is None:
        limits.count(request, "inquiry", now=now)
        raise InquiryOver
    return inquiry


def _desk(request: HttpRequest) -> PublicDesk:
    return cast(PublicRequest, request).desk


@never_cache
@EDIT
@public
def inquiry(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or take the answer and thank for it."""
    asked = _opened(request, token)
    if request.method != "POST":
        return _page(request, asked, token, AnswerForm())
    form = AnswerForm(cleaned(request.POST.dict()), request.FILES)
    for error in upload_errors(request, language()):
        form.add_error("papers", error)
    if form.is_valid():
        now = clock.now()
        try:
            files = [(keep(upload=upload, now=now), upload.name) for upload in uploads(request, "papers")]
            data = form.cleaned_data
            by = partner(asked.partner_id, asked.partner.name)
            answer_inquiry(inquiry=asked, text=data["text"], name=data["name"], files=files, by=by, now=now)
        except InquiryOver:
            raise
        except Refusal as refusal:
            form.add_error("papers" if refusal.code.startswith("file_") else None, str(refusal))
        else:
            return render(request, "citizen/inquiry_thanks.html", {"here": ""})
    return _page(request, asked, token, form)


def _page(request: HttpRequest, asked: Inquiry, token: str, form: AnswerForm) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "",
        "asked": asked,
        "form": form,
        "token": token,
        "office": unit_name(asked.case.unit_path, language()),
        "files": list(_desk(request).shown_with(asked)),
    }
    return render(request, "citizen/inquiry.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@public
def file(request: HttpRequest, token: str, evidence_id: int) -> HttpResponseBase:
    """A file that the inquiry shows, and no other."""
    asked = _opened(request, token)
    return send(get_object_or_404(_desk(request).shown_with(asked), pk=evidence_id), small=False)
