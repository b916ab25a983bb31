"""The papers of sealed minutes: PDF under the letterhead, a Word file from the office's template, the exact bytes."""

from __future__ import annotations

from contextlib import closing
from typing import Any
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from takrim.base import clock, words
from takrim.cases import verifying
from takrim.councils import composing, word
from takrim.councils.actions_word import template_of
from takrim.councils.models_minutes import Minutes
from takrim.councils.printing import printed
from takrim.orgs.powers import Power
from takrim.web import desk_minutes, paper_kinds, papers
from takrim.web.council.meeting_found import found_minutes
from takrim.web.gates import seated

# Minutes are an official paper of the country, whoever prints them.
LANG = "fa"


def _sealed(request: HttpRequest, code: str) -> Minutes:
    _desk, _meeting, minutes = found_minutes(request, code, clock.now())
    if minutes.sealed_at is None:
        raise Http404
    return minutes


def verify_address(minutes: Minutes) -> str:
    """Where anybody who holds the paper checks it."""
    asked = urlencode({"number": minutes.number, "fingerprint": minutes.hash})
    return f"{settings.ADDRESS}/verify/?{asked}"


def paper_of(minutes: Minutes) -> dict[str, Any]:
    """What stands on the paper."""
    with translation.override(LANG):
        said = printed(minutes.content, LANG)
        signed = {one.invitation_id: one for one in desk_minutes.signatures(minutes)}
        return {
            **paper_kinds.head_of(minutes.unit_path, LANG),
            "said": said,
            "minutes": minutes,
            "date": words.date(minutes.issued_at or minutes.sealed_at or minutes.begun_at, LANG),
            "signing": [(one, signed.get(one["id"])) for one in said["present"]],
            "errata": [one for one in desk_minutes.errata(minutes) if one.signed_at],
            "fingerprint": verifying.short(minutes.hash),
            "verify": f"{settings.ADDRESS}/verify/",
            "qr": paper_kinds.qr(verify_address(minutes)),
        }


@require_safe
@seated(Power.COUNCIL_SEE)
def pdf(request: HttpRequest, meeting: str) -> HttpResponse:
    """The minutes as PDF."""
    minutes = _sealed(request, meeting)
    return papers.answer_with(papers.drawn("papers/minutes.html", paper_of(minutes), LANG), _name(minutes))


def _name(minutes: Minutes) -> str:
    return f"minutes-{minutes.meeting.code}"


@require_safe
@seated(Power.COUNCIL_SEE)
def in_word(request: HttpRequest, meeting: str) -> HttpResponse:
    """The same in Word, from the template of the office."""
    minutes = _sealed(request, meeting)
    picture = segno.make(verify_address(minutes), error="m")
    with closing(template_of(minutes.unit_path)) as template:
        file = word.drawn(template, word.context(paper_of(minutes)), picture)
    return word_answer(file, f"{_name(minutes)}.docx")


def word_answer(file: bytes, name: str) -> HttpResponse:
    """A Word file as a download that no cache keeps."""
    response = HttpResponse(file, content_type=word.CONTENT_TYPE)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@seated(Power.COUNCIL_SEE)
def exact(request: HttpRequest, meeting: str) -> HttpResponse:
    """The bytes whose SHA-256 is signed."""
    minutes = _sealed(request, meeting)
    response = HttpResponse(composing.exact(minutes.content), content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(_name(minutes))}.json"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
