"""The fields of a service card, and what is wrong with one: each fault names its field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.cards.path import Stage

AUDIENCES = ("G2C", "G2B", "G2G")
WAYS = ("web", "phone", "counter", "desk", "sms", "post")
BASES = ("card", "law", "office")
LONGEST = 5_000
MOST = 100
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s/]+\S*")


class Fault(Refusal):
    """One thing that is wrong, as a value; facts: `field`, the place, such as "steps[2]", and what it needs."""

    code = "card_field_wrong"
    status = 422


class TextNeeded(Fault):
    message = _("{field}: a text in Persian (fa) and in English (en) is needed, neither of them empty.")


class TooLong(Fault):
    message = _("{field}: the text is too long.")


class ListNeeded(Fault):
    message = _("{field}: a list of at most a hundred entries is needed.")


class NumberNeeded(Fault):
    message = _("{field}: a whole number from 0 on is needed.")


class OneOf(Fault):
    message = _("{field}: one of these is needed: {choices}.")


class WordNeeded(Fault):
    message = _("{field}: a text is needed.")


class AddressNeeded(Fault):
    message = _("{field}: an address is needed that begins with https:// or http://.")


class PartsNeeded(Fault):
    message = _("{field}: exactly these parts are needed: {parts}.")


class UnknownField(Fault):
    message = _("{field}: there is no such field.")


class CodeNeeded(Fault):
    message = _("{field}: a code of small Latin letters, digits and hyphens is needed.")


Check = Callable[[str, Any], Iterator[Fault]]


def word(field: str, value: Any, *, empty: bool = True) -> Iterator[Fault]:
    """A text in one language or in none."""
    if not isinstance(value, str) or not (empty or value.strip()):
        yield WordNeeded(field=field)
    elif len(value) > LONGEST:
        yield TooLong(field=field)


def text(field: str, value: Any) -> Iterator[Fault]:
    """{"fa": …, "en": …}."""
    whole = isinstance(value, Mapping) and set(value) == {"fa", "en"}
    if not whole or not all(isinstance(one, str) and one.strip() for one in value.values()):
        yield TextNeeded(field=field)
    elif any(len(one) > LONGEST for one in value.values()):
        yield TooLong(field=field)


def slug(field: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or not _SLUG.fullmatch(value):
        yield CodeNeeded(field=field)


def _number(field: str, value: Any) -> Iterator[Fault]:
    # A bool is an int to Python.
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**12:
        yield NumberNeeded(field=field)


def _one_of(field: str, value: Any, *, choices: tuple[str, ...]) -> Iterator[Fault]:
    if not isinstance(value, str) or value not in choices:
        yield OneOf(field=field, choices=", ".join(choices))


def _list(field: str, value: Any, *, of: Check) -> Iterator[Fault]:
    if not isinstance(value, list) or len(value) > MOST:
        yield ListNeeded(field=field)
        return
    for n, one in enumerate(value):
        yield from of(f"{field}[{n}]", one)


def _parts(field: str, value: Any, *, of: Mapping[str, Check]) -> Iterator[Fault]:
    if not isinstance(value, Mapping) or set(value) != set(of):
        yield PartsNeeded(field=field, parts=", ".join(of))
        return
    for name, check in of.items():
        yield from check(f"{field}.{name}", value[name])


def _step(field: str, value: Any) -> Iterator[Fault]:
    if isinstance(value, Mapping) and "at" in value:
        yield from _one_of(f"{field}.at", value["at"], choices=tuple(Stage))
        value = {name: one for name, one in value.items() if name != "at"}
    yield from text(field, value)


def _address(field: str, value: Any) -> Iterator[Fault]:
    if not isinstance(value, str) or not _ADDRESS.fullmatch(value) or len(value) > LONGEST:
        yield AddressNeeded(field=field)


_texts = partial(_list, of=text)
_words = partial(_list, of=partial(word, empty=False))

# In the order in which a card is read. Every field may be absent.
FIELDS: dict[str, Check] = {
    "sub_service": text,
    "audience": partial(_one_of, choices=AUDIENCES),
    "nature": text,
    "level": text,
    "description": text,
    "steps": partial(_list, of=_step),
    "documents": _texts,
    "laws": _texts,
    "fee_rials": _number,
    "fee_note": text,
    "visits": _number,
    "hours": text,
    "access": partial(_list, of=partial(_one_of, choices=WAYS)),
    "system": partial(_parts, of={"name": text, "url": _address}),
    "complaint_route": text,
    "responsible": slug,
    "faq": partial(_list, of=partial(_parts, of={"q": text, "a": text})),
    "keywords": _words,
    "promise_basis": partial(_one_of, choices=BASES),
    "permit_code": word,
    "sources": partial(_list, of=partial(_parts, of={"key": word, "url": word})),
    "ask_first": _words,
}


def faults(content: Mapping[str, Any]) -> list[Fault]:
    """What is wrong with the fields of a card, beside its title and promise."""
    found: list[Fault] = []
    for name, value in content.items():
        check = FIELDS.get(name)
        found += check(name, value) if check else [UnknownField(field=name)]
    return found
