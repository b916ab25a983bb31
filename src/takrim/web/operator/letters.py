"""Letters that were not delivered, as the operator sees them: masked addresses, the reason, and another try."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from takrim.base import clock
from takrim.letters import actions
from takrim.letters.kind import KINDS
from takrim.letters.models import Letter
from takrim.letters.queries import letters_for
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff
from takrim.web.operator.outbox import masked

PAGE = 50
# Letters that one press tries again; the rest stay for the next.
MOST_AT_ONCE = 500
TABS = {
    "given_up": gettext_lazy("Given up"),
    "waiting": gettext_lazy("Waiting"),
    "held": gettext_lazy("Waiting for a confirmed address"),
}


@staff(Power.OPERATE)
@never_cache
@require_safe
def letter_list(request: StaffRequest) -> HttpResponse:
    shown = request.GET.get("show", "given_up")
    shown = shown if shown in TABS else "given_up"
    letters = letters_for(request.desk.actor)
    rows = {
        "given_up": letters.given_up(),
        "waiting": letters.unfinished().filter(next_try_at__isnull=False),
        "held": letters.held(),
    }[shown].order_by("-id")
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    page = list(rows[: PAGE + 1])
    address = f"{reverse('operator:letters')}?show={shown}"
    context = {
        "tabs": [(code, word, code == shown) for code, word in TABS.items()],
        "shown": shown,
        "rows": [_shown(letter) for letter in page[:PAGE]],
        "first_url": address if before else "",
        "next_url": f"{address}&before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "here": "letters",
    }
    return render(request, "operator/letters.html", context)


def _shown(letter: Letter) -> dict[str, Any]:
    kind = KINDS.get(letter.kind)
    return {"letter": letter, "title": kind.title if kind else letter.kind, "to": masked(letter.to)}


@staff(Power.OPERATE)
@require_POST
def retry(request: StaffRequest, number: int) -> HttpResponse:
    """Carry one letter again that was given up."""
    letter = get_object_or_404(letters_for(request.desk.actor), pk=number)
    actions.retry(letter=letter, by=request.desk.actor, now=clock.now())
    messages.success(request, _("The letter is being carried again."))
    return redirect("operator:letters")


@staff(Power.OPERATE)
@require_POST
def retry_all(request: StaffRequest) -> HttpResponse:
    """Carry all again that were given up, for after a carrier was away."""
    now = clock.now()
    letters = list(letters_for(request.desk.actor).given_up().order_by("id")[:MOST_AT_ONCE])
    for letter in letters:
        actions.retry(letter=letter, by=request.desk.actor, now=now)
    messages.success(request, _("The letters are being carried again."))
    return redirect("operator:letters")
