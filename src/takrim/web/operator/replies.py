"""SMS that came back and gave no answer to a survey: what people wrote, and why it was not taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.cases.actions_replies import replies_are_taken
from takrim.orgs.powers import Power
from takrim.surveys import actions_replies
from takrim.surveys.models import Reply
from takrim.web import desk_operator
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.operator.outbox import masked

PAGE = 50


@staff(Power.OPERATE)
@never_cache
@require_safe
def reply_list(request: StaffRequest) -> HttpResponse:
    """Newest first."""
    rows = desk_operator.replies(request.desk).order_by("-id")
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    page = list(rows[: PAGE + 1])
    address = reverse("operator:replies")
    context = {
        "rows": [_shown(reply) for reply in page[:PAGE]],
        "taken": replies_are_taken(),
        "first_url": address if before else "",
        "next_url": f"{address}?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "here": "replies",
    }
    return render(request, "operator/replies.html", context)


def _shown(reply: Reply) -> dict[str, Any]:
    why = _("Not understood; a number was asked for once more.") if reply.subject else _("Not understood.")
    if not reply.subject and reply.mark is not None:
        why = _("No survey waits for an answer from this number.")
    return {"reply": reply, "sender": masked(reply.sender), "why": why}


@staff(Power.OPERATE)
@require_POST
def put_away(request: StaffRequest, number: int) -> HttpResponse:
    """One was read."""
    if actions_replies.put_away(reply_id=number, by=request.desk.actor, now=clock.now()):
        messages.success(request, _("The reply was put away."))
    return redirect("operator:replies")
