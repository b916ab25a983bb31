"""What comes back about letters: the provider's report, an SMS, a word that an address may be written to."""

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
from takrim.cases.actions_replies import take_reply
from takrim.letters import actions
from takrim.letters.carriers.sms_http import BadTemplate, Incoming, Report, template
from takrim.letters.queries import letter_of_link
from takrim.orgs.actor import holder, system
from takrim.web.gates import public

KEY_HEADER = "X-Takrim-Key"
LONGEST_REF = 120


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


def _incoming() -> Incoming:
    try:
        return template().incoming if settings.SMS_TEMPLATE else Incoming()
    except BadTemplate:
        return Incoming()


def _has_key(request: HttpRequest, field: object, secret: str) -> bool:
    key = request.headers.get(KEY_HEADER) or str(field)
    return hmac.compare_digest(key.encode(), secret.encode())


@csrf_exempt  # A provider has no form of ours; it has the key.
@require_POST
@public
def delivered(request: HttpRequest) -> HttpResponse:
    """The SMS provider says what became of a message. Said twice, it is true once."""
    if not settings.SMS_SECRET:
        raise Http404
    names, fields = _report(), _fields(request)
    if not _has_key(request, fields.get(names.key, ""), settings.SMS_SECRET):
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


@csrf_exempt  # As above.
@require_POST
@public
def received(request: HttpRequest) -> HttpResponse:
    """The SMS provider hands in a message that somebody sent. Handed in twice, it counts once."""
    if not settings.SMS_REPLY_SECRET:
        raise Http404
    names, fields = _incoming(), _fields(request)
    if not _has_key(request, fields.get(names.key, ""), settings.SMS_REPLY_SECRET):
        return HttpResponse(status=403)
    ref, sender, text = (str(fields.get(name, "")).strip() for name in (names.id, names.sender, names.text))
    if not ref or not sender:
        return HttpResponse(status=422)
    take_reply(ref=ref[:LONGEST_REF], sender=sender, text=text, by=system("sms"), now=clock.now())
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
