"""The first page: what do you need; and leaving a computer that others use too."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from takrim.base import clock
from takrim.cards.models import CardVersion
from takrim.cards.queries import valid_cards
from takrim.channels import actions_draft
from takrim.channels.questions import first_questions
from takrim.orgs.actor import holder
from takrim.web.citizen import drafts, held, marks
from takrim.web.citizen.services import row
from takrim.web.gates import public


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """What do you need? Search, file, track, see the offices; the right national system for what is not done here."""
    cards = valid_cards(clock.local_date(clock.now()))
    by_code = {card.card.code: card for card in cards}
    questions = first_questions()
    often = [row(by_code[code]) for code in questions.often if code in by_code]
    phones = [questions.phones[code] for code in ("111", "128", "136")]
    return render(
        request,
        "citizen/home.html",
        {"here": "home", "often": often, "systems": _systems(often, cards), "phones": phones, "all": len(cards)},
    )


def _systems(often: list[dict[str, Any]], cards: list[CardVersion]) -> list[dict[str, str]]:
    """Each national system once, told by the service that is asked for most."""
    found: dict[str, dict[str, str]] = {}
    for card in [*(one["card"] for one in often), *cards]:
        system = card.text("system")
        if system:
            found.setdefault(system["url"], {"name": system["name"], "url": system["url"], "about": card.title})
    return list(found.values())


@require_http_methods(["GET", "HEAD", "POST"])
@public
def leave(request: HttpRequest) -> HttpResponse:
    """Forget everything about the person in this browser: for computers that others use too."""
    if request.method != "POST":
        return render(request, "citizen/leave.html")
    draft = drafts.any_draft(request)
    if draft is not None and not draft.is_filed:
        actions_draft.drop(draft=draft, by=holder(), now=clock.now())
    for name in (held.HELD, held.RECEIPTS, held.MOBILE):
        request.session.pop(name, None)
    response = drafts.forget(redirect("citizen:home"))
    marks.forget(response)
    return response
