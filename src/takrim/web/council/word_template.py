"""The Word template of an office's minutes: taken, changed in Word, sent back."""

from __future__ import annotations

from contextlib import closing
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.councils import actions_word as deeds
from takrim.orgs.powers import Power
from takrim.web import desk_minutes
from takrim.web.council.minutes_papers import word_answer
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.parts.templatetags.takrim import language
from takrim.web.uploads import upload_errors, uploads


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.BODIES_EDIT)
def template(request: HttpRequest) -> HttpResponse:
    """The template in use; sent, the form takes another into use or goes back to the common one."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    path, said = desk.actor.unit_path, list[str]()
    if request.method == "POST":
        said = upload_errors(request, language())
        files = uploads(request, "file")
        try:
            if "back" in request.POST:
                deeds.end_word_template(unit_path=path, by=desk.actor, now=now)
            elif files:
                deeds.keep_word_template(unit_path=path, upload=files[0], by=desk.actor, now=now)
            elif not said:
                said.append(gettext("Choose the Word file first."))
        except Refusal as refusal:
            said.append(str(refusal))
        if not said:
            messages.success(request, gettext("Minutes are written from this template from now on."))
            return redirect("council:word_template")
    given = {"here": "council", "own": desk_minutes.word_template(path), "said": said}
    return render(request, "council/word_template.html", given, status=422 if said else 200)


@require_safe
@staff(Power.BODIES_EDIT)
def download(request: HttpRequest) -> HttpResponse:
    """The template itself, to be changed in Word."""
    desk = cast(StaffRequest, request).desk
    with closing(deeds.template_of(desk.actor.unit_path)) as file:
        return word_answer(file.read(), "minutes-template.docx")
