"""What a carrier must say about itself, and which one takes a letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise

from takrim.base.registry import Folder
from takrim.letters.models import Letter, Way


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A text that goes along with a mail, such as a calendar file; `parameters` stand beside its type."""

    name: str
    subtype: str
    text: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is handed over. `ref` is ours and the same at each try, so that a provider may drop what it got before."""

    ref: str
    way: Way
    to: str
    title: str
    body: str
    lang: str
    files: Sequence[Attachment] = ()


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
    what it needs. `at_hand`: nothing leaves the house, so nothing needs to be asked or waited for. `reports`: it says
    later whether a message arrived; of one that does not, taking the message over is the last word there is.
    `patience`: it only says what did not arrive, so that a message of which nothing was said for so long has arrived.
    """

    title: str | Promise
    ways: frozenset[Way]
    is_set_up: Callable[[], bool]
    carry: Callable[[Message], str]
    at_hand: bool = False
    reports: Callable[[], bool] = lambda: False
    patience: Callable[[], timedelta] = timedelta


CARRIERS: Folder[Carrier] = Folder("takrim.letters.carriers", Carrier)
OUTBOX = "outbox"
# Lies in the data folder of a demonstration, where the outbox page stands for the telephones of people.
DEMONSTRATION = "demonstration.json"


def carrier_for(way: str) -> str:
    """The carrier that is set up for this way; the outbox page when none is."""
    for code, carrier in CARRIERS:
        if way in carrier.ways and not carrier.at_hand and carrier.is_set_up():
            return code
    return OUTBOX


def _plays_carrier() -> bool:
    data: Path = settings.DATA
    return (data / DEMONSTRATION).exists()


def gives_word(way: str) -> bool:
    """Whether somebody will say that what goes this way has arrived; nobody does where no carrier is set up."""
    return carrier_for(way) != OUTBOX or _plays_carrier()


@dataclass(frozen=True)
class CarrierWord:
    """What the carrier of a letter says last: whether it arrived, its receipt or reason, and when."""

    arrived: bool
    words: str
    at: datetime


def word_of(letter: Letter, now: datetime) -> CarrierWord | None:
    """The word about a letter; None while there is none."""
    if letter.gave_up_at is not None:
        return CarrierWord(False, letter.last_error, letter.gave_up_at)
    if letter.delivered_at is not None:
        return CarrierWord(True, _receipt(letter), letter.delivered_at)
    if letter.sent_at is None:
        return None
    if letter.carrier == OUTBOX and not _plays_carrier():
        return CarrierWord(False, "no carrier", letter.sent_at)
    known = CARRIERS.items.get(letter.carrier)
    if known is None:
        return CarrierWord(True, _receipt(letter), letter.sent_at)
    arrived = letter.sent_at + known.patience()
    return None if known.reports() or now < arrived else CarrierWord(True, _receipt(letter), arrived)


def _receipt(letter: Letter) -> str:
    return " ".join(filter(None, (letter.carrier, letter.provider_ref or f"takrim-{letter.pk}")))
