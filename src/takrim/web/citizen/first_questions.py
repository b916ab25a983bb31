"""The questions asked before anything is typed, and the telephones they name, as first_questions.toml has them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

DATA = Path(__file__).parent / "first_questions.toml"


@dataclass(frozen=True)
class Words:
    """A text in both languages; on a page it is itself in the page's language."""

    fa: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.fa

    def __bool__(self) -> bool:
        return bool(self.fa)


NONE = Words("", "")


@dataclass(frozen=True, kw_only=True)
class Phone:
    """Another way to be heard."""

    code: str
    number: str
    title: Words
    note: Words


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing a matter may be about, and what has to be known before it is filed here."""

    code: str
    icon: str
    title: Words
    hint: Words
    card: str = ""
    kind: str = ""
    heading: Words = NONE
    says: tuple[Words, ...] = ()
    here: Words = NONE
    urgent: bool = False
    phones: tuple[Phone, ...] = ()


@dataclass(frozen=True)
class FirstQuestions:
    """The whole file."""

    often: tuple[str, ...]
    questions: Mapping[str, Question]
    phones: Mapping[str, Phone]

    def about(self, card: str) -> Question | None:
        """The question that leads to a card, if it has something to explain."""
        return next((found for found in self.questions.values() if card and found.card == card and found.heading), None)


def _words(value: Mapping[str, str]) -> Words:
    return Words(value["fa"], value["en"])


def _question(row: Mapping[str, Any], phones: Mapping[str, Phone]) -> Question:
    return Question(
        code=row["code"],
        icon=row["icon"],
        title=_words(row["title"]),
        hint=_words(row["hint"]),
        card=row.get("card", ""),
        kind=row.get("kind", ""),
        heading=_words(row["heading"]) if "heading" in row else NONE,
        here=_words(row["here"]) if "here" in row else NONE,
        urgent=row.get("urgent", False),
        says=tuple(_words(text) for text in row.get("says", ())),
        phones=tuple(phones[code] for code in row.get("phones", ())),
    )


@cache
def first_questions() -> FirstQuestions:
    """Read once. Raises KeyError when the file is not whole."""
    raw = tomllib.loads(DATA.read_text(encoding="utf-8"))
    phones = {
        row["code"]: Phone(code=row["code"], number=row["number"], title=_words(row["title"]), note=_words(row["note"]))
        for row in raw["phone"]
    }
    questions = {row["code"]: _question(row, phones) for row in raw["question"]}
    return FirstQuestions(tuple(raw["often"]), questions, phones)
