"""What a kind of message must say about itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from takrim.base.registry import Folder


@dataclass(frozen=True, kw_only=True)
class MessageKind:
    """`length` is the time for the final answer where no service card promises another.

    `mark` is the letter that stands for the kind in the number of an answer.
    """

    title: str | Promise
    meaning: str | Promise
    length: str
    order: int
    mark: str


KINDS: Folder[MessageKind] = Folder("takrim.cases.kinds", MessageKind)


def in_order() -> list[tuple[str, MessageKind]]:
    """The kinds as pages offer them."""
    return sorted(KINDS, key=lambda item: item[1].order)
