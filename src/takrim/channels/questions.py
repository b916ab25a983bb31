"""The questions asked before anything is typed: a graph from the first ones to a service, an explanation, or a report.

A catalogue comes with the house (questions.toml, where the fields are explained); a province may have its own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language

from takrim.channels.models import QuestionSheet
from takrim.orgs.paths import province_of
from takrim.orgs.stamps import Kept

DATA = Path(__file__).parent / "questions.toml"


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
class Link:
    """A national system, where a matter is done."""

    name: Words
    url: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing a matter may be about: what is asked next, or what has to be known before it is filed here."""

    code: str
    icon: str
    title: Words
    hint: Words
    asks: tuple[str, ...] = ()
    card: str = ""
    kind: str = ""
    heading: Words = NONE
    says: tuple[Words, ...] = ()
    here: Words = NONE
    urgent: bool = False
    system: Link | None = None
    phones: tuple[Phone, ...] = ()

    @property
    def has_page(self) -> bool:
        """Whether it stands on a page of its own, and does not lead straight to filing."""
        return bool(self.heading or self.asks)


@dataclass(frozen=True)
class FirstQuestions:
    """The whole file."""

    often: tuple[str, ...]
    first: tuple[str, ...]
    questions: Mapping[str, Question]
    phones: Mapping[str, Phone]

    @property
    def opening(self) -> list[Question]:
        """What is asked at first."""
        return [self.questions[code] for code in self.first]

    def next(self, question: Question) -> list[Question]:
        """What is asked after a question was chosen."""
        return [self.questions[code] for code in question.asks]

    def about(self, card: str) -> Question | None:
        """The question that leads to a card, if it has something to explain."""
        return next((found for found in self.questions.values() if card and found.card == card and found.heading), None)

    def paths(self) -> Iterator[tuple[Question, ...]]:
        """Every way from a first question to an end. Only of a graph without loops."""

        def go(path: tuple[Question, ...]) -> Iterator[tuple[Question, ...]]:
            following = self.next(path[-1])
            if not following:
                yield path
            for question in following:
                yield from go((*path, question))

        for question in self.opening:
            yield from go((question,))


def _words(value: Mapping[str, str]) -> Words:
    return Words(value["fa"], value["en"])


def _question(row: Mapping[str, Any], phones: Mapping[str, Phone]) -> Question:
    system = row.get("system")
    return Question(
        code=row["code"],
        icon=row["icon"],
        title=_words(row["title"]),
        hint=_words(row["hint"]),
        asks=tuple(row.get("asks", ())),
        card=row.get("card", ""),
        kind=row.get("kind", ""),
        heading=_words(row["heading"]) if "heading" in row else NONE,
        here=_words(row["here"]) if "here" in row else NONE,
        urgent=row.get("urgent", False),
        system=Link(name=_words(system["name"]), url=system["url"]) if system else None,
        says=tuple(_words(text) for text in row.get("says", ())),
        phones=tuple(phones[code] for code in row.get("phones", ())),
    )


def parse(text: str) -> FirstQuestions:
    """Read a sheet. Raises TOMLDecodeError, KeyError or TypeError when it is not whole."""
    raw = tomllib.loads(text)
    phones = {
        row["code"]: Phone(code=row["code"], number=row["number"], title=_words(row["title"]), note=_words(row["note"]))
        for row in raw["phone"]
    }
    questions = {row["code"]: _question(row, phones) for row in raw["question"]}
    return FirstQuestions(tuple(raw["often"]), tuple(raw["first"]), questions, phones)


@cache
def default_text() -> str:
    """The catalogue that comes with the house."""
    return DATA.read_text(encoding="utf-8")


def sheet_of(path: str) -> QuestionSheet | None:
    """What a province has written last."""
    return QuestionSheet.objects.filter(path=path).order_by("-number").first()


@cache
def _default() -> FirstQuestions:
    return parse(default_text())


def _make(path: str) -> FirstQuestions:
    own = sheet_of(path)
    return parse(own.text) if own else _default()


_SHEETS: Kept[FirstQuestions] = Kept("questions", _make)


def first_questions(place: str = "") -> FirstQuestions:
    """Those of the province a place lies in, or else the house's own."""
    return _SHEETS.get(province_of(place)) if place else _default()
