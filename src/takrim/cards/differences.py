"""Two texts of a card side by side: field by field, word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from takrim.base.differing import Part, compared
from takrim.base.workdays import Length
from takrim.cards.actions import CardText
from takrim.cards.schema import FIELDS

# Puts the value of a field in words.
Say = Callable[[str, str], str]


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
