"""The questions and answers of a card: each known by its wording, with how often it was shown, enough or not."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum
from django.utils.translation import get_language

from takrim.base.persian import fold
from takrim.cards.models import CardVersion, HelpCount

# The card as a whole, beside its questions.
WHOLE = ""


def key_of(row: Mapping[str, Any]) -> str:
    """How a question is known: by its Persian wording. Asked in other words it is another question."""
    return hashlib.sha256(fold(row["q"]["fa"]).encode()).hexdigest()[:12]


def answers_of(card: CardVersion) -> list[dict[str, str]]:
    """The questions and answers of a card, in the current language."""
    lang = "en" if get_language() == "en" else "fa"
    rows = card.content.get("faq", [])
    return [{"key": key_of(row), "q": row["q"][lang], "a": row["a"][lang]} for row in rows]


def has_answer(card: CardVersion, key: str) -> bool:
    """Whether a mark can be about this: the card itself, or one of its questions."""
    return key == WHOLE or any(key_of(row) == key for row in card.content.get("faq", []))


@dataclass(frozen=True)
class Helped:
    """How often something was shown, was enough, was not, and was followed by a filing all the same."""

    shown: int = 0
    enough: int = 0
    not_enough: int = 0
    filed: int = 0


def helped(months: Collection[str], house: str = "") -> dict[tuple[str, str], Helped]:
    """By card and question, in these months; of one house, or of all. One query over what was counted ready."""
    rows = HelpCount.objects.filter(period__in=months)
    if house:
        rows = rows.filter(path=house)
    sums = rows.values("card", "question").annotate(
        s=Sum("shown"), e=Sum("enough"), n=Sum("not_enough"), f=Sum("filed")
    )
    return {(row["card"], row["question"]): Helped(row["s"], row["e"], row["n"], row["f"]) for row in sums}
