"""What happens in the demonstration, before it happens: one step after another, each with its moment and its actor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Any

from takrim.channels.channel import Sender
from takrim.site.demo.compose import Voice
from takrim.site.demo.offices import Character

# Actors that are no member of staff.
HOLDER, CLOSER = "holder", "close_answered"


class Do(StrEnum):
    """The deeds; stage.py knows how each is done."""

    RECEIVE = auto()
    REVIEW = auto()
    NOTE = auto()
    ASK = auto()
    COMPLETE = auto()
    REFER = auto()
    REPLY = auto()
    RETURN = auto()
    ACCEPT = auto()
    DRAFT = auto()
    SUBMIT = auto()
    SEND_BACK = auto()
    APPROVE = auto()
    SEND = auto()
    COME_BACK = auto()
    VISIT = auto()
    PHONE = auto()
    DELIVER = auto()
    AT_ONCE = auto()
    JUDGE = auto()
    OBJECT = auto()
    UPHOLD = auto()
    CLOSE = auto()
    REFUSE = auto()
    DUPLICATE = auto()
    WITHDRAW = auto()
    EXTEND = auto()
    TRANSFER = auto()
    TAKE_OVER = auto()


@dataclass(frozen=True)
class Step:
    """One deed: when, in which story, by whom (a user name, or one of the actors above), with what."""

    at: datetime
    story: int
    do: Do
    by: str
    data: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, kw_only=True)
class Opening:
    """How a story begins. `path` is the office that owes the answer; `due` when."""

    number: int
    path: str
    voice: Voice
    sender: Sender
    received: datetime
    due: datetime
    character: Character
    # Whether the person found the service; else the kind of message says how long the office has.
    with_card: bool = True
    # The deed after which nothing more has happened yet, for stories that must be found in a certain state.
    stop: Do | None = None
    # The story that this one repeats.
    repeats: int | None = None
