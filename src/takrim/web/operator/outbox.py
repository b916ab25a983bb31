"""The outbox: letters that no carrier took out of the house, as their readers would get them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.journal.record import looked
from takrim.letters import queries
from takrim.letters.kind import KINDS, filled
from takrim.letters.models import Letter
from takrim.orgs.powers import Power
from takrim.web.desk import StaffRequest
from takrim.web.gates import staff

PAGE = 50
_SHOWN = 4


@never_cache
@require_safe
@staff(Power.OPERATE)
def letter_list(request: StaffRequest) -> HttpResponse:
    """Newest first; words and full addresses only on the page of one letter."""
    rows = queries.outbox(request.desk.actor)
    before = request.GET.get("before", "")
    if before.isdecimal():
        rows = rows.filter(pk__lt=int(before[:18]))
    page = list(rows.defer("body")[: PAGE + 1])
    address = reverse("operator:outbox")
    context = {
        "rows": [_row(letter) for letter in page[:PAGE]],
        "first_url": address if before else "",
        "next_url": f"{address}?before={page[PAGE - 1].pk}" if len(page) > PAGE else "",
        "here": "outbox",
    }
    return render(request, "operator/outbox.html", context)


def _row(letter: Letter) -> dict[str, Any]:
    return {"letter": letter, "kind": _kind(letter), "to": masked(letter.to)}


def _kind(letter: Letter) -> str:
    known = KINDS.get(letter.kind)
    return str(known.title) if known else letter.kind


def masked(address: str) -> str:
    """Enough of an address to recognise it by: 0912•••4567, za•••@example.ir."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:2]}•••@{host}"
    return f"{address[:_SHOWN]}•••{address[-_SHOWN:]}" if len(address) > 2 * _SHOWN else "•••"


@never_cache
@require_safe
@staff(Power.OPERATE)
def letter(request: StaffRequest, number: int) -> HttpResponse:
    """One letter. It may hold personal data, so that looking is written down."""
    actor = request.desk.actor
    found = get_object_or_404(queries.outbox(actor), pk=number)
    looked(at=clock.now(), by=actor, subject=found.subject, page=f"letter:{found.pk}")
    context = {"letter": found, "kind": _kind(found), "body": filled(found), "here": "outbox"}
    return render(request, "operator/letter.html", context)
