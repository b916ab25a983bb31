"""Finding service cards: the valid ones, one by its code, those that answer a few words; kept in memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from takrim.base.persian import PluralTable, query_groups, sort_key, tokens
from takrim.cards.answers import answers_of
from takrim.cards.models import CardVersion
from takrim.orgs.paths import ROOT
from takrim.orgs.stamps import Kept
from takrim.orgs.units import house_of

# What a word weighs by where it stands; a question that is asked often counts little, since it may name other services.
_TITLE, _KEYWORD, _SUB_SERVICE, _DESCRIPTION, _QUESTION = 8, 6, 4, 2, 1
# A word that is still being typed finds the words it begins, from this length on.
_SHORTEST_BEGINNING = 2
MOST_FOUND = 20


class Found(NamedTuple):
    """A card that answers a query, and the questions of its own that do (places in its `faq`)."""

    card: CardVersion
    questions: tuple[int, ...]
    all_words: bool


@dataclass(frozen=True)
class _Indexed:
    card: CardVersion
    weights: Mapping[str, int]
    questions: tuple[frozenset[str], ...]

    def weigh(self, group: Collection[str], beginning: str) -> int:
        """The weight of the best word of a group, or of a word that the unfinished one begins."""
        best = max((self.weights.get(word, 0) for word in group), default=0)
        if best or not beginning:
            return best
        return max((weight for word, weight in self.weights.items() if word.startswith(beginning)), default=0) // 2

    def asked(self, groups: list[frozenset[str]]) -> tuple[int, ...]:
        """The card's questions in which every group has a word."""
        if not groups:
            return ()
        return tuple(n for n, words in enumerate(self.questions) if all(group & words for group in groups))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _words(*values: Any) -> frozenset[str]:
    return frozenset(word for value in values for text in _texts(value) for word in tokens(text))


def _index(card: CardVersion) -> _Indexed:
    content = card.content
    faq = content.get("faq", [])
    fields = (
        (_QUESTION, _words(faq)),
        (_DESCRIPTION, _words(content.get("description", ""))),
        (_SUB_SERVICE, _words(content.get("sub_service", ""))),
        (_KEYWORD, _words(content.get("keywords", []), card.card.national_code)),
        (_TITLE, _words(card.title_fa, card.title_en)),
    )
    # The heaviest place comes last and stays.
    weights = {word: weight for weight, words in fields for word in words}
    return _Indexed(card, weights, tuple(_words(item) for item in faq))


def _make(on: date, house: str) -> tuple[_Indexed, ...]:
    rows = CardVersion.objects.all().valid(on).of(house).select_related("card")
    # A province's own version comes last and stays.
    held = {card.card_id: card for card in sorted(rows, key=lambda card: card.path != ROOT)}
    return tuple(_index(card) for card in sorted(held.values(), key=lambda card: sort_key(card.title_fa)))


_CARDS: Kept[tuple[_Indexed, ...]] = Kept("cards", _make)


def _valid(on: date, place: str) -> tuple[_Indexed, ...]:
    return _CARDS.get(on, house_of(place) if place else ROOT)


def valid_cards(on: date, place: str = "") -> list[CardVersion]:
    """The cards that hold on a day at a place, in the order of the Persian alphabet. Shared rows: nobody changes them.

    Without a place: what the ministry says, which holds wherever a province does not say otherwise.
    """
    return [indexed.card for indexed in _valid(on, place)]


def card_on(code: str, on: date, place: str = "") -> CardVersion | None:
    """What the card says on a day at a place."""
    return next((card for card in valid_cards(on, place) if card.card.code == code), None)


def versions_of(code: str, house: str = ROOT) -> list[CardVersion]:
    """The ministry's versions of a card and those of a house, newest first. One query."""
    rows = CardVersion.objects.standing().of(house).filter(card__code=code)
    return list(rows.select_related("card").order_by("-number"))


def version_of(code: str, number: int) -> CardVersion | None:
    """One version of a card, whosever it is: a case may name it. One query."""
    return CardVersion.objects.filter(card__code=code, number=number).select_related("card").first()


def find_cards(
    text: str,
    *,
    on: date,
    place: str = "",
    synonyms: Mapping[str, Collection[str]] | PluralTable | None = None,
    limit: int = MOST_FOUND,
) -> list[Found]:
    """The cards that answer the words, best first: those with all of them, or with some when none has all."""
    groups = query_groups(text, synonyms)
    if not groups:
        return []
    typed = tokens(text)[-1:]
    beginning = typed[0] if typed and len(typed[0]) >= _SHORTEST_BEGINNING else ""
    scored: list[tuple[int, int, Found]] = []
    for n, indexed in enumerate(_valid(on, place)):
        weights = [indexed.weigh(group, beginning if beginning in group else "") for group in groups]
        if any(weights):
            found = Found(indexed.card, indexed.asked(groups), all(weights))
            scored.append((-sum(weights), n, found))
    ordered = [found for _weight, _n, found in sorted(scored, key=lambda row: row[:2])]
    return ([found for found in ordered if found.all_words] or ordered)[:limit]


def questions_of(found: Found) -> list[dict[str, str]]:
    """The questions and answers that a query met, in the current language."""
    answers = answers_of(found.card)
    return [answers[n] for n in found.questions]
