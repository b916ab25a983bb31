"""Persian texts for invented cases, put together from the demonstration's parts, with their search tokens at hand."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from takrim.base.persian import persian_digits, tokens
from takrim.site.seeded import seeded

PARTS = Path(__file__).parent.parent / "demonstration"
# A situation with slots is written out this many times, each with other fillings.
VARIANTS = 12

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Phrase:
    """A sentence and the tokens by which it is found."""

    text: str
    tokens: tuple[str, ...]


@dataclass(frozen=True)
class Subject:
    """What a card's cases are about: titles, and situations in words."""

    card: str
    titles: tuple[Phrase, ...]
    situations: tuple[Phrase, ...]
    # Result, reason, legal ground, what comes next.
    answers: tuple[tuple[str, Phrase, str, Phrase], ...]


@dataclass(frozen=True)
class Phrases:
    """All parts, ready to be drawn from."""

    openings: tuple[Phrase, ...]
    asks: dict[str, tuple[Phrase, ...]]
    endings: tuple[Phrase, ...]
    subjects: tuple[Subject, ...]
    notes: tuple[Phrase, ...]
    tasks: tuple[str, ...]
    replies: tuple[Phrase, ...]
    names: tuple[Phrase, ...]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _phrase(text: str) -> Phrase:
    return Phrase(text, tuple(dict.fromkeys(tokens(text))))


def _listed(parts: Any) -> list[str]:
    """The sentences of a part, whatever registers it is divided into."""
    if isinstance(parts, list):
        return [text for text in parts if isinstance(text, str) and text]
    return [text for value in parts.values() if isinstance(value, list) for text in _listed(value)]


class _Fillings:
    """What stands in the slots of a situation."""

    def __init__(self, random: Random) -> None:
        self.random = random
        firms = _read(PARTS / "workplaces.toml")
        self.lists: dict[str, list[str]] = {
            "workplace": [row["fa"] for row in firms["workplace"]],
            "factory": [row["fa"] for row in firms["workplace"]],
            "contractor": [row["fa"] for row in firms["workplace"]],
            "cooperative": [row["fa"] for row in firms["cooperative"]],
            "county": ["کرج", "نظرآباد", "ساوجبلاغ", "قم", "کهک", "فردیس"],
            "date": ["۳ مهر", "۱۸ شهریور", "۲۵ مرداد", "۱۱ آبان", "۷ خرداد"],
        }

    def fill(self, text: str) -> str:
        return _SLOT.sub(self._one, text)

    def _one(self, match: re.Match[str]) -> str:
        listed: list[str] | None = self.lists.get(match[1])
        if listed:
            return self.random.choice(listed)
        return persian_digits(str(self.random.randrange(2, 90)))


def _subjects(fillings: _Fillings) -> list[Subject]:
    found = []
    for path in sorted((PARTS / "texts").glob("*.toml")):
        raw = _read(path)
        matters = raw["matter"]
        situations = [
            situation["text"] if isinstance(situation, dict) else situation
            for matter in matters
            for situation in [*matter.get("formal", []), *matter.get("spoken", [])]
        ]
        written = {fillings.fill(text) for text in situations for _ in range(VARIANTS if "{" in text else 1)}
        answers = [answer for matter in matters for answer in matter.get("answer", [])]
        found.append(
            Subject(
                card=raw["card"],
                titles=tuple(_phrase(fillings.fill(text)) for matter in matters for text in matter["subjects"]),
                situations=tuple(map(_phrase, sorted(written))),
                answers=tuple(_answer(row, fillings) for row in answers),
            )
        )
    return [subject for subject in found if subject.answers]


def _answer(row: dict[str, Any], fillings: _Fillings) -> tuple[str, Phrase, str, Phrase]:
    reason, later = _phrase(fillings.fill(row["reason"])), _phrase(row.get("next", ""))
    return row["outcome"], reason, row.get("ground", ""), later


def load(seed: int) -> Phrases:
    """Read the parts; the fillings are drawn by the seed."""
    fillings = _Fillings(seeded(seed))
    frame = _read(PARTS / "openings.toml")
    kinds = _read(PARTS / "kinds.toml")
    office = _read(PARTS / "office.toml")
    people = _read(PARTS / "people.toml")
    first = [row["fa"] for row in [*people["women"], *people["men"]]]
    return Phrases(
        openings=tuple(_phrase(fillings.fill(text)) for text in _listed(frame["openings"])),
        asks={
            kind: tuple(_phrase(fillings.fill(text)) for text in _listed(row))
            for kind, row in kinds.items()
            if isinstance(row, dict)
        },
        endings=tuple(_phrase(fillings.fill(text)) for text in _listed(frame["endings"])),
        subjects=tuple(_subjects(fillings)),
        notes=tuple(map(_phrase, office["notes"])),
        tasks=tuple(row["task"] for row in office["referral"]),
        replies=tuple(_phrase(fillings.fill(text)) for row in office["referral"] for text in row["answers"]),
        names=tuple(_phrase(f"{name} {row['fa']}") for name in first for row in people["families"]),
    )
