"""What comes back about letters: the provider's report, and a person's word that their address may be written to."""

from __future__ import annotations

import hmac
import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from takrim.base import clock
from takrim.letters import actions
from takrim.letters.carriers.sms_http import BadTemplate, Report, template
from takrim.letters.queries import letter_of_link
from takrim.orgs.actor import holder, system
from takrim.web.gates import public

KEY_HEADER = "X-Takrim-Key"


def _fields(request: HttpRequest) -> dict[str, Any]:
    """A report's fields, sent as a form, as JSON or in the address."""
    if request.content_type == "application/json":
        try:
            read = json.loads(request.body)
        except ValueError:
            read = None
        return read if isinstance(read, dict) else {}
    return {**request.GET.dict(), **request.POST.dict()}


def _report() -> Report:
    try:
        return template().report if settings.SMS_TEMPLATE else Report()
    except BadTemplate:
        return Report()


@csrf_exempt  # A provider has no form of ours; it has the key.
@require_POST
@public
def delivered(request: HttpRequest) -> HttpResponse:
    """The SMS provider says what became of a message. Said twice, it is true once."""
    if not settings.SMS_SECRET:
        raise Http404
    names, fields = _report(), _fields(request)
    key = request.headers.get(KEY_HEADER) or str(fields.get(names.key, ""))
    if not hmac.compare_digest(key.encode(), settings.SMS_SECRET.encode()):
        return HttpResponse(status=403)
    state, reference = str(fields.get(names.state, "")), str(fields.get(names.reference, ""))
    try:
        if state in map(str, names.delivered):
            actions.report_delivered(reference=reference, by=system("sms"), now=clock.now())
        elif state in map(str, names.lost):
            actions.report_lost(reference=reference, by=system("sms"), now=clock.now())
    except actions.NoSuchLetter:
        # The report may be faster than our own note of the reference: told so, the provider says it again.
        return HttpResponse(status=404)
    return HttpResponse(status=204)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """May letters come to this address? Looking at the link changes nothing: mail programs do that by themselves."""
    letter = letter_of_link(token)
    if letter is None:
        return render(request, "letters/confirm.html", {"over": True}, status=410)
    if request.method == "POST":
        actions.confirm_address(letter=letter, by=holder(), now=clock.now())
        return render(request, "letters/confirm.html", {"confirmed": True})
    return render(request, "letters/confirm.html", {"address": letter.to})
