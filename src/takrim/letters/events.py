"""What can happen to a letter, each with its sentence. Neither its words nor its address are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class LetterEvent(Event):
    verb: ClassVar[str] = "letter"
    sentence: ClassVar[str | Promise] = ""
    letter: int
    kind: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class GivenUp(LetterEvent):
    verb = "letter.given_up"
    sentence = _("A letter could not be delivered. Reach the person in another way.")
    why: str


@dataclass(frozen=True, kw_only=True)
class Retried(LetterEvent):
    verb = "letter.retried"
    sentence = _("A letter that could not be delivered is tried again.")
