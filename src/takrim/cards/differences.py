"""Two texts of a card side by side: field by field, word by word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum, auto
from typing import Any

from takrim.base.workdays import Length
from takrim.cards.actions import CardText
from takrim.cards.schema import FIELDS

# Puts the value of a field in words.
Say = Callable[[str, str], str]
_WORDS = re.compile(r"\S+\s*|\s+")


class Part(StrEnum):
    SAME = auto()
    OUT = auto()
    IN = auto()


@dataclass(frozen=True)
class Difference:
    """What changes in one field; `lang` is "" for what has no language. `parts` put together give both texts."""

    field: str
    lang: str
    parts: tuple[tuple[Part, str], ...]


def differences(old: CardText | None, new: CardText, say: Say = lambda field, value: value) -> list[Difference]:
    """Only the fields that change, in the order of the card. `say` puts a code, such as "G2C", in words."""
    before, after = dict(_texts(old, say)) if old else {}, dict(_texts(new, say))
    order = [*after, *(key for key in before if key not in after)]
    places = {name: n for n, name in enumerate(("title", "promise", *FIELDS))}
    changed = [key for key in order if before.get(key, "") != after.get(key, "")]
    return [
        Difference(*key, tuple(compared(before.get(key, ""), after.get(key, ""))))
        for key in sorted(changed, key=lambda key: (places.get(key[0], len(places)), key[1] == "en"))
    ]


def compared(old: str, new: str) -> Iterator[tuple[Part, str]]:
    """The words that stay, go and come; whole lines where lines come and go."""
    left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, _bare(left), _bare(right), autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            for one, other in zip(left[a:b], right[c:d], strict=True):
                yield from _by_words(one, other)
        else:
            yield from _part(tag == "equal", left[a:b], right[c:d])


def _bare(lines: list[str]) -> list[str]:
    """Without their ends: the last line has none, and may be the same all the same."""
    return [line.rstrip("\n") for line in lines]


def _by_words(old: str, new: str) -> Iterator[tuple[Part, str]]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield from _part(tag == "equal", left[a:b], right[c:d])


def _part(same: bool, old: list[str], new: list[str]) -> Iterator[tuple[Part, str]]:
    if same:
        yield Part.SAME, "".join(max(pair, key=len) for pair in zip(old, new, strict=True))
        return
    if old:
        yield Part.OUT, "".join(old)
    if new:
        yield Part.IN, "".join(new)


def _texts(says: CardText, say: Say) -> Iterator[tuple[tuple[str, str], str]]:
    """Every field as text, by field and language."""
    yield ("title", "fa"), says.title_fa
    yield ("title", "en"), says.title_en
    yield ("promise", ""), say("promise", str(Length.parse(says.promise)))
    for name, value in says.content.items():
        for lang in ("fa", "en"):
            if found := "\n".join(_in_language(value, lang)):
                yield (name, lang), found
        if found := "\n".join(say(*one) for one in _in_none(name, value)):
            yield (name, ""), found


def _in_language(value: Any, lang: str) -> Iterator[str]:
    """What of a value is in a language."""
    if isinstance(value, list):
        for one in value:
            yield from _in_language(one, lang)
    elif isinstance(value, Mapping):
        # Databases keep no order of the parts; a question goes before its answer.
        for name, one in sorted(value.items(), reverse=True):
            if name == lang:
                yield str(one)
            else:
                yield from _in_language(one, lang)


def _in_none(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """What of a value is in no language: numbers, codes, addresses; each with the name it stands under."""
    if isinstance(value, list):
        for one in value:
            yield from _in_none(name, one)
    elif isinstance(value, Mapping):
        for part, one in value.items():
            if part not in {"fa", "en"}:
                yield from _in_none(part, one)
    else:
        yield name, str(value)
