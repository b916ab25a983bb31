"""Which channels need no visit."""

from __future__ import annotations

from functools import cache

from takrim.channels.channel import CHANNELS

# What another authority or system sends says nothing about how its person came there.
_NOT_OF_PEOPLE = frozenset({"internal", "imported"})


@cache
def came_from_afar(channel: str) -> bool | None:
    """Whether a matter came without a visit; None where that is not known."""
    kind = CHANNELS.get(channel)
    if kind is None or channel in _NOT_OF_PEOPLE:
        return None
    return not kind.in_person
