"""Bringing in cards that were written out elsewhere: what is known is left alone, what is new is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.errors import InWords, Refusal
from takrim.cards.actions import free_from, put_version
from takrim.cards.interchange import CardRow, Dated
from takrim.cards.models import CardVersion
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.stamps import bump


class LaterIsThere(Refusal):
    code = "cards_later_is_there"
    message = _(
        "A new version of the card {card} can hold here from {since} at the earliest: what people were once told is "
        "not rewritten. Take the earlier one out of the document, or publish it by hand."
    )


@dataclass(frozen=True)
class Brought:
    """How many versions are new here, how many were known; the new ones as (card, house, day)."""

    new: tuple[tuple[str, str, str], ...]
    known: int


@transaction.atomic
def import_cards(*, cards: Sequence[CardRow], by: Actor, now: datetime) -> Brought:
    """All of it or nothing. Raises LaterIsThere."""
    by.require(Power.CARDS_EDIT)
    new: list[tuple[str, str, str]] = []
    known = 0
    # Chains of the journal are taken in the order of their paths.
    for card in sorted(cards, key=lambda card: card.house):
        for one in card.versions:
            if _is_known(card, one):
                known += 1
                continue
            _bring(card, one, by=replace(by, unit_path=card.house), now=now)
            new.append((card.code, card.house, one.since.isoformat()))
    return Brought(tuple(new), known)


def _is_known(card: CardRow, one: Dated) -> bool:
    rows = CardVersion.objects.standing().filter(card__code=card.code, path=card.house, valid_from=one.since)
    return any(one.says.is_said_by(row) for row in rows)


def _bring(card: CardRow, one: Dated, *, by: Actor, now: datetime) -> None:
    free = free_from(card.code, card.house)
    if one.since < free:
        raise LaterIsThere(card=card.code, since=InWords(words.date(free, "fa"), words.date(free, "en")))
    version = put_version(
        code=card.code,
        says=one.says,
        path=card.house,
        since=one.since,
        national_code=card.national_code,
        by=by,
        now=now,
    )
    if one.until is not None:
        CardVersion.objects.filter(pk=version.pk).update(valid_until=one.until)
        bump("cards")
