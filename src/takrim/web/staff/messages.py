"""Messages with somebody who is known by a receipt only."""

from __future__ import annotations

from typing import cast

from django import forms
from django.contrib import messages as notices
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from takrim.base import clock
from takrim.base.errors import Refusal
from takrim.cases.actions_anonymous import write_to_person
from takrim.journal.record import looked
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.desk_anonymous import anonymous_case, messages_of
from takrim.web.gates import staff
from takrim.web.staff.fields import TextField


class MessageForm(forms.Form):
    """What the person is asked or told."""

    text = TextField(
        label=gettext_lazy("Message to the person"),
        help_text=gettext_lazy("They read it when they come back with their receipt; nobody can call them."),
        rows=5,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff(Power.CASE_COMPLETE)
def messages(request: HttpRequest, code: str) -> HttpResponse:
    """What was written to and fro; sent, the form adds a message."""
    desk, now = cast(StaffRequest, request).desk, clock.now()
    case = anonymous_case(desk, code)
    if case is None:
        raise Http404
    form = MessageForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            write_to_person(case=case, text=form.cleaned_data["text"], by=desk.actor, now=now)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            notices.success(request, _("The message waits for the person with the receipt."))
            return redirect("staff:messages", code)
    looked(at=now, by=desk.actor, subject=case.code, page="messages")
    context = {"here": "cartable", "case": case, "form": form, "rows": messages_of(case)}
    return render(request, "staff/messages.html", context, status=422 if form.errors else 200)
