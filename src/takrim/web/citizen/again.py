"""Whether the person has already brought this matter: only their own cases, those this browser has proven to hold."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.cases import alike
from takrim.web.citizen import drafts
from takrim.web.desk import HolderRequest, PublicDesk
from takrim.web.gates import holder
from takrim.web.parts.templatetags.takrim import code, jdate, pill


@never_cache
@require_safe
@holder
def again(request: HttpRequest) -> HttpResponse:
    """Held cases that say much the same as the draft; fetched behind the review, or a page of its own."""
    desk = cast(HolderRequest, request).desk
    draft = PublicDesk().draft(request.COOKIES.get(drafts.COOKIE, ""))
    found = alike.find_own(str(draft.typed("text")), desk.own_cases()) if draft and draft.typed("text") else []
    heads = [
        {**other.head, "shown_code": code(other.head["code"]), "day": jdate(other.head["received_at"]),
         "pill": pill(other.head["state"])}
        for other in found
    ]  # fmt: skip
    template = "citizen/_again.html" if request.headers.get("HX-Request") else "citizen/again.html"
    return render(request, template, {"here": "file", "found": heads})
