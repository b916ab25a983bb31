"""Whether a card or an answer was enough: one press, no account; and what may answer a matter before it is filed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from takrim.base import clock
from takrim.base.persian import clean_text
from takrim.cards.actions_help import Mark
from takrim.cards.answers import WHOLE, answers_of, has_answer
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on
from takrim.web.citizen import places
from takrim.web.citizen.marks import Visit
from takrim.web.citizen.services import QUERY_LENGTH, found_for, row
from takrim.web.gates import public

OFFERED, MOST_ANSWERS = 3, 3


def _about(request: HttpRequest, code: str) -> tuple[CardVersion, str, str]:
    """The card that holds, the question it is about, and the place."""
    place, question = places.named(request), request.POST.get("question", WHOLE)
    card = card_on(code, clock.local_date(clock.now()), place)
    if card is None or not has_answer(card, question):
        raise Http404
    return card, question, place


@require_POST
@public
def shown(request: HttpRequest, code: str) -> HttpResponse:
    """A card was opened, or an answer unfolded: the page says so by itself, once a visit."""
    card, question, place = _about(request, code)
    visit = Visit(request, place, clock.now())
    visit.count(card.card.code, question, Mark.SHOWN)
    return visit.remember(HttpResponse(status=204))


@require_POST
@public
def enough(request: HttpRequest, code: str) -> HttpResponse:
    """Yes or no: counted once a visit, with nothing about who said it."""
    card, question, place = _about(request, code)
    done = request.POST.get("enough") == "yes"
    visit = Visit(request, place, clock.now())
    said = visit.say(card.card.code, question, Mark.ENOUGH if done else Mark.NOT_ENOUGH)
    context = {
        "here": "services",
        "said": said,
        "done": done,
        "filing": bool(request.POST.get("filing")),
        "code": code,
        "place": place,
        "card": card,
    }
    template = "citizen/_marked.html" if "HX-Request" in request.headers else "citizen/enough.html"
    return visit.remember(render(request, template, context))


@require_POST
@public
def offers(request: HttpRequest) -> HttpResponse:
    """What may answer the matter that is being written, for htmx. By POST: what people say is in no address."""
    place = str(request.POST.get("office") or request.POST.get("province") or "")
    place = place if places.answering_at(place) else ""
    found = before_filing(request.POST, place)
    return render(request, "citizen/_offers.html", {"found": found, "place": place})


def before_filing(typed: Mapping[str, Any], place: str) -> list[dict[str, Any]]:
    """The answers of the service that was chosen; or else the cards whose words are those of the subject."""
    card = card_on(str(typed.get("card") or ""), clock.local_date(clock.now()), place)
    if card is not None:
        return [{**row(card), "questions": answers_of(card)}]
    subject = clean_text(str(typed.get("subject") or ""))[:QUERY_LENGTH]
    found = found_for(subject, place, OFFERED) if subject.strip() else []
    if found and not found[0]["questions"]:
        # The likeliest service answers in its own order where no question has the words.
        found[0]["questions"] = answers_of(found[0]["card"])[:MOST_ANSWERS]
    return found
