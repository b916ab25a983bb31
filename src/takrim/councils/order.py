"""The order of an agenda: one item moved among the others, and how long all of them take."""

from __future__ import annotations

from collections.abc import Sequence


def moved(order: Sequence[int], item: int, by: int) -> list[int]:
    """The order with one item further down (or up, where `by` is below zero); at an end it stays there."""
    rest = [one for one in order if one != item]
    place = max(0, min(len(rest), list(order).index(item) + by))
    return [*rest[:place], item, *rest[place:]]


def is_order_of(wanted: Sequence[int], known: Sequence[int]) -> bool:
    """Whether the same items stand in it, each once."""
    return sorted(wanted) == sorted(known)
