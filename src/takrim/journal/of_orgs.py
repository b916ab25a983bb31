"""What happens to posts, substitutes, closed days and search words, each with its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.journal.event import EVENTS, Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor


@dataclass(frozen=True, kw_only=True)
class UnitOpened(Event):
    verb = "unit.opened"
    sentence = _("The office {unit} was opened.")
    unit: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class PostOpened(Event):
    verb = "post.opened"
    sentence = _("A post was opened in {unit}.")
    unit: str
    role: str


@dataclass(frozen=True, kw_only=True)
class AccountMade(Event):
    """Whose it is, is told by a number: names stay in the table of people."""

    verb = "person.account_made"
    sentence = _("An account was made for a person.")
    unit: str
    person: int


@dataclass(frozen=True, kw_only=True)
class HoldingEvent(Event):
    """Who holds a post is told by numbers: names stay in the table of people."""

    verb = "post"
    sentence: ClassVar[str | Promise] = ""
    unit: str
    person: int
    since: str
    until: str | None


@dataclass(frozen=True, kw_only=True)
class Appointed(HoldingEvent):
    verb = "post.appointed"
    sentence = _("A post in {unit} was given to a person.")


@dataclass(frozen=True, kw_only=True)
class Relieved(HoldingEvent):
    verb = "post.relieved"
    sentence = _("A person leaves a post in {unit}.")


@dataclass(frozen=True, kw_only=True)
class SubstituteNamed(HoldingEvent):
    verb = "post.substitute_named"
    sentence = _("A substitute was named for a post in {unit}.")


@dataclass(frozen=True, kw_only=True)
class SubstitutionEnded(HoldingEvent):
    verb = "post.substitution_ended"
    sentence = _("A substitution in {unit} ended early.")


@dataclass(frozen=True, kw_only=True)
class AbsenceAnnounced(HoldingEvent):
    verb = "person.absence_announced"
    sentence = _("A colleague of {unit} said when they are away.")


@dataclass(frozen=True, kw_only=True)
class AbsenceEnded(HoldingEvent):
    verb = "person.absence_ended"
    sentence = _("A colleague of {unit} is back.")


@dataclass(frozen=True, kw_only=True)
class ClosureAnnounced(Event):
    verb = "closure.announced"
    sentence = _("{unit} announced a closed day.")
    unit: str
    day: str
    hours: str


@dataclass(frozen=True, kw_only=True)
class ClosureWithdrawn(Event):
    verb = "closure.withdrawn"
    sentence = _("{unit} withdrew a closed day.")
    unit: str
    day: str


@dataclass(frozen=True, kw_only=True)
class HolidayAdded(Event):
    verb = "holiday.added"
    sentence = _("An official holiday was entered.")
    unit: str
    day: str


@dataclass(frozen=True, kw_only=True)
class HolidayWithdrawn(Event):
    verb = "holiday.withdrawn"
    sentence = _("An official holiday was taken out of the table.")
    unit: str
    day: str


@dataclass(frozen=True, kw_only=True)
class WeekSet(Event):
    verb = "week.set"
    sentence = _("{unit} set other opening hours.")
    unit: str
    since: str
    until: str | None


@dataclass(frozen=True, kw_only=True)
class WeekWithdrawn(Event):
    verb = "week.withdrawn"
    sentence = _("{unit} withdrew opening hours.")
    unit: str
    since: str
    until: str | None


@dataclass(frozen=True, kw_only=True)
class SearchWordAdded(Event):
    verb = "search_word.added"
    sentence = _("Two words were made the same for the search.")


@dataclass(frozen=True, kw_only=True)
class SearchWordDropped(Event):
    verb = "search_word.dropped"
    sentence = _("Two words are no longer the same for the search.")


def write(verb: str, facts: dict[str, Any], *, on: str, unit_path: str, by: Actor, at: datetime) -> None:
    """The pen that the folder of offices, which lies below, writes with."""
    record(EVENTS[verb](**facts), on=on, unit_path=unit_path, by=by, at=at)
