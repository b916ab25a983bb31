"""An event: what happened, as a frozen record that knows its own sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from django.utils.functional import Promise

EVENTS: dict[str, type[Event]] = {}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Subclass it beside the deed that causes it.

    Fields are facts without personal data: text, whole numbers, moments, and paths of units in fields whose
    names are `unit` or end in `_unit`. `public` events are shown to the person who brought the matter.
    """

    verb: ClassVar[str]
    sentence: ClassVar[str | Promise]
    public: ClassVar[bool] = False

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
    for field in fields(event):
        value = facts.get(field.name)
        if value is None:
            words[field.name] = ""
        elif field.name == "unit" or field.name.endswith("_unit"):
            words[field.name] = unit_name(value)
        elif str(field.type).startswith("datetime"):
            words[field.name] = moment(datetime.fromisoformat(value))
        elif isinstance(value, int):
            words[field.name] = number(value)
        else:
            words[field.name] = str(value)
    return str(event.sentence).format(**words)
