"""What a carrier must say about itself, and which one takes a letter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from takrim.base.registry import Folder
from takrim.letters.models import Way


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is handed over. `ref` is ours and the same at each try, so that a provider may drop what it got before."""

    ref: str
    way: Way
    to: str
    title: str
    body: str
    lang: str


class NotCarried(Exception):
    """The carrier could not take it. `why` is for the operator: a few words without address or text.

    `for_good`: trying again would not help.
    """

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why, self.for_good = why, for_good


@dataclass(frozen=True, kw_only=True)
class Carrier:
    """`carry` hands a message over and returns the carrier's name for it, or raises NotCarried.

    It runs beside others on threads and does not touch the database. `is_set_up` says whether this installation has
    what it needs. `at_hand`: nothing leaves the house, so nothing needs to be asked or waited for.
    """

    title: str | Promise
    ways: frozenset[Way]
    is_set_up: Callable[[], bool]
    carry: Callable[[Message], str]
    at_hand: bool = False


CARRIERS: Folder[Carrier] = Folder("takrim.letters.carriers", Carrier)
OUTBOX = "outbox"


def carrier_for(way: str) -> str:
    """The carrier that is set up for this way; the outbox page when none is."""
    for code, carrier in CARRIERS:
        if way in carrier.ways and not carrier.at_hand and carrier.is_set_up():
            return code
    return OUTBOX
