"""An event: what happened, as a frozen record that knows its own sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import get_language

from takrim.base.period import BadPeriod, Period

EVENTS: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Subclass it beside the deed that causes it.

    Fields are facts without personal data: text, whole numbers, moments, and paths of units in fields whose
    names are `unit` or end in `_unit`, codes of periods in `period`. `public` events are shown to the person who
    brought the matter. A whole number in `counted` stands in the sentence with its noun:
    `{"items": lambda n: ngettext("{number} item", …, n)}`.
    """

    verb: ClassVar[str]
    sentence: ClassVar[str | Promise]
    public: ClassVar[bool] = False
    counted: ClassVar[Mapping[str, Callable[[int], str]]] = {}

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if cls.verb in EVENTS and EVENTS[cls.verb].__qualname__ != cls.__qualname__:
            raise TypeError(f"Two events are called {cls.verb}.")
        EVENTS[cls.verb] = cls

    def facts(self) -> dict[str, Any]:
        """The fields as JSON can hold them; moments in UTC."""
        return {name: _plain(value) for name, value in vars(self).items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value


def sentence_of(
    verb: str,
    facts: Mapping[str, Any],
    *,
    unit_name: Callable[[str], str],
    moment: Callable[[datetime], str],
    number: Callable[[int], str],
) -> str:
    """The event's sentence in the current language; the three functions spell paths, moments and numbers."""
    event = EVENTS.get(verb)
    if event is None:
        return verb
    words: dict[str, str] = {}
    for name, kind in _fields(verb):
        value = facts.get(name)
        if value is None:
            words[name] = ""
        elif kind == "unit":
            words[name] = unit_name(value)
        elif kind == "period":
            words[name] = _period(str(value))
        elif kind == "moment":
            words[name] = moment(datetime.fromisoformat(value))
        elif isinstance(value, int):
            noun = event.counted.get(name)
            words[name] = noun(value).format(number=number(value)) if noun else number(value)
        else:
            words[name] = str(value)
    return str(event.sentence).format(**words)


@cache
def _fields(verb: str) -> list[tuple[str, str]]:
    """What an event tells, and how it is spelled: a unit, a period, a moment, or as it stands."""
    return [(field.name, _kind(field.name, str(field.type))) for field in fields(EVENTS[verb])]


def _kind(name: str, of_type: str) -> str:
    if name == "unit" or name.endswith("_unit"):
        return "unit"
    if name == "period":
        return "period"
    return "moment" if of_type.startswith("datetime") else ""


def _period(code: str) -> str:
    """Its name in the current language; a code that is none stays as it is."""
    try:
        return Period.parse(code).title(get_language() or "fa")
    except BadPeriod:
        return code
