"""Service cards: finding one, reading it, with its versions and the times it really takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from takrim.base import clock
from takrim.base.persian import clean_text
from takrim.cards.answers import answers_of
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on, find_cards, questions_of, valid_cards, version_of, versions_of
from takrim.cases.search import synonyms
from takrim.channels.questions import first_questions
from takrim.orgs.paths import ROOT
from takrim.orgs.units import all_names, house_of
from takrim.web.citizen import places
from takrim.web.gates import public
from takrim.web.parts.card_path import path_of_card
from takrim.web.parts.card_times import times_by_card, times_of_card
from takrim.web.parts.card_words import ACCESS, AUDIENCES
from takrim.web.parts.templatetags.takrim import language

QUERY_LENGTH = 200
SUGGESTIONS = 6


def _asked(request: HttpRequest) -> str:
    return clean_text(request.GET.get("q", ""))[:QUERY_LENGTH]


def found_for(text: str, place: str, limit: int) -> list[dict[str, Any]]:
    """The cards that answer the words, each with the first of its answers that do."""
    today = clock.local_date(clock.now())
    found = find_cards(text, on=today, place=place, synonyms=synonyms(), limit=limit)
    return [{**row(one.card), "questions": questions_of(one)[:2]} for one in found]


def row(card: CardVersion) -> dict[str, Any]:
    """What a list shows of a card."""
    return {
        "card": card,
        "code": card.card.code,
        "about": card.text("sub_service"),
        "promise": card.length.title(language()),
    }


@require_safe
@public
def services(request: HttpRequest) -> HttpResponse:
    """All cards, or those that answer the words."""
    text, now, place = _asked(request), clock.now(), places.named(request)
    cards = found_for(text, place, 20) if text else [row(card) for card in valid_cards(clock.local_date(now), place)]
    times = times_by_card(place, now)
    found = [{**one, "times": times.get(one["code"])} for one in cards]
    given = {"here": "services", "q": text, "found": found, "place": place, "office": places.answering_at(place)}
    return render(request, "citizen/services.html", given)


@require_safe
@public
def suggest(request: HttpRequest) -> HttpResponse:
    """What is found while somebody is still typing, for htmx."""
    text, place = _asked(request), places.named(request)
    given = {"q": text, "found": found_for(text, place, SUGGESTIONS) if text else [], "place": place}
    return render(request, "citizen/_found.html", given)


def _version(code: str, wanted: str, place: str, now: datetime) -> tuple[CardVersion, list[CardVersion]]:
    """The version asked for, or the one that holds today (or the newest), and all that hold or held at the place."""
    versions = versions_of(code, house_of(place) if place else ROOT)
    if wanted:
        chosen = version_of(code, int(wanted)) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else None
    else:
        chosen = card_on(code, clock.local_date(now), place) or (versions[0] if versions else None)
    if chosen is None:
        raise Http404
    return chosen, versions


@require_safe
@public
def service(request: HttpRequest, code: str) -> HttpResponse:
    """One service, as its card says it."""
    now, place = clock.now(), places.named(request)
    card, versions = _version(code, request.GET.get("version", ""), place, now)
    content, lang = card.content, language()
    context = {
        "here": "services",
        "card": card,
        "code": code,
        "promise": card.length.title(lang),
        "place": place,
        "office": places.answering_at(place),
        "carried": places.carried(place),
        "times": times_of_card(code, place, now),
        "path": path_of_card(card),
        "answers": answers_of(card),
        "versions": versions,
        # Marks are about what holds today.
        "is_current": card == card_on(code, clock.local_date(now), place),
        "is_old": card.valid_until is not None and card.valid_until <= clock.local_date(now),
        "question": first_questions(place).about(code),
        "responsible": _responsible(content.get("responsible", ""), lang),
        "audience": AUDIENCES.get(content.get("audience", ""), ""),
        "access": [ACCESS[way] for way in content.get("access", []) if way in ACCESS],
        "visits": content.get("visits"),
        "fee": content.get("fee_rials"),
        **{name: card.text(name) for name in _TEXTS},
    }
    return render(request, "citizen/service.html", context)


_TEXTS = (
    "sub_service", "nature", "level", "description", "documents", "laws", "fee_note", "hours", "system",
    "complaint_route",
)  # fmt: skip


def _responsible(slug: str, lang: str) -> str:
    """The department's short name; every province has one of the same name."""
    ending = f"/{slug}/"
    found = (unit.short(lang) for path, unit in all_names().items() if slug and path.endswith(ending))
    return next(found, "")
