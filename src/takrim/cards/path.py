"""The steps of a card as a path, and which of them a matter has reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.translation import get_language

from takrim.cards.models import CardVersion


class Stage(StrEnum):
    """How far a matter is, whatever its service: in this order."""

    RECEIVED = auto()
    COMPLETION = auto()
    REVIEW = auto()
    INQUIRY = auto()
    DECISION = auto()
    ANSWER = auto()
    # What may follow the answer: an appeal, a payment, a visit.
    AFTER = auto()


_RANK = {stage: rank for rank, stage in enumerate(Stage)}


@dataclass(frozen=True)
class Step:
    """One step of a card, in the language of the page."""

    title: str
    at: Stage


def steps_of(card: CardVersion) -> list[Step]:
    """The card's steps. One that does not say when it is taken: the first at receipt, the last with the answer."""
    rows = card.content.get("steps", [])
    lang, last = "en" if get_language() == "en" else "fa", len(rows) - 1
    return [Step(row[lang], Stage(row["at"]) if row.get("at") else _usual(n, last)) for n, row in enumerate(rows)]


def _usual(place: int, last: int) -> Stage:
    if place == 0:
        return Stage.RECEIVED
    return Stage.ANSWER if place == last else Stage.REVIEW


def place_in(steps: Sequence[Step], stage: Stage) -> int:
    """Which step a matter at this stage has reached.

    That of the stage itself, the first of several; or else the last step of those that come before.
    """
    exact = next((n for n, step in enumerate(steps) if step.at is stage), None)
    if exact is not None:
        return exact
    before = [n for n, step in enumerate(steps) if _RANK[step.at] < _RANK[stage]]
    return before[-1] if before else 0
