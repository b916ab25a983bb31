"""What happens in rounds, as the journal tells it. `round` is the code, `entrant_unit` the office it is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class OfRound(Event):
    """Something about the whole; `unit` is the office below which it compares."""

    verb: ClassVar[str] = "round"
    sentence: ClassVar[str | Promise] = ""
    unit: str


@dataclass(frozen=True, kw_only=True)
class Defined(OfRound):
    verb = "round.defined"
    sentence = _("The round was defined for {offices} offices.")
    offices: int
    plan: str
    period: str
    seed: int


@dataclass(frozen=True, kw_only=True)
class Opened(OfRound):
    verb = "round.opened"
    sentence = _("Self-assessment began.")


@dataclass(frozen=True, kw_only=True)
class Rescheduled(OfRound):
    """`days` by name, as ISO dates."""

    verb = "round.rescheduled"
    sentence = _("The calendar of the round was changed.")
    days: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class RunAsked(OfRound):
    verb = "round.run_asked"
    sentence = _("The next step of the round is being computed.")
    step: str


@dataclass(frozen=True, kw_only=True)
class Frozen(OfRound):
    """`positions`: up to which entry of each chain the values were counted; `hash` is that of their table."""

    verb = "round.frozen"
    sentence = _("The automatic values were frozen; assessment began.")
    positions: dict[str, int]
    hash: str
    second: int


@dataclass(frozen=True, kw_only=True)
class PreliminaryOut(OfRound):
    verb = "round.preliminary"
    sentence = _("The preliminary result is out; it may be objected to.")
    hash: str


@dataclass(frozen=True, kw_only=True)
class FinalOut(OfRound):
    verb = "round.final"
    sentence = _("The final result is out.")
    hash: str


@dataclass(frozen=True, kw_only=True)
class Cancelled(OfRound):
    verb = "round.cancelled"
    sentence = _("The round was cancelled.")


@dataclass(frozen=True, kw_only=True)
class Appointed(OfRound):
    verb = "round.appointed"
    sentence = _("Another assessor was appointed.")
    person: int


@dataclass(frozen=True, kw_only=True)
class Reassigned(OfRound):
    verb = "round.reassigned"
    sentence = _("Another assessor looks at {entrant_unit}.")
    entrant_unit: str
    person: int
    blind: bool


@dataclass(frozen=True, kw_only=True)
class OfEntrant(Event):
    """Something about one office in a round, which is `unit`."""

    verb: ClassVar[str] = "round.entrant"
    sentence: ClassVar[str | Promise] = ""
    unit: str
    round: str


@dataclass(frozen=True, kw_only=True)
class Declared(OfEntrant):
    verb = "round.declared"
    sentence = _("{unit} declared values.")
    values: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class HandedIn(OfEntrant):
    verb = "round.handed_in"
    sentence = _("{unit} handed its self-assessment in.")


@dataclass(frozen=True, kw_only=True)
class Assessed(OfEntrant):
    """`blind`: by the second assessor. `values` are those that were written now."""

    verb = "round.assessed"
    sentence = _("Values of {unit} were assessed.")
    blind: bool
    values: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class AssessmentFinished(OfEntrant):
    verb = "round.assessment_finished"
    sentence = _("The assessment of {unit} is finished.")
    blind: bool


@dataclass(frozen=True, kw_only=True)
class Settled(OfEntrant):
    """Two assessors differed; what counts was decided."""

    verb = "round.settled"
    sentence = _("A difference between the assessors of {unit} was settled.")
    indicator: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Objected(OfEntrant):
    verb = "round.objected"
    sentence = _("{unit} objected to a value.")
    indicator: str
    asked: str


@dataclass(frozen=True, kw_only=True)
class ObjectionDecided(OfEntrant):
    verb = "round.objection_decided"
    sentence = _("The objection of {unit} was decided.")
    indicator: str
    outcome: str
    was: str
    became: str


@dataclass(frozen=True, kw_only=True)
class ImprovementPlanned(OfEntrant):
    verb = "round.improvement"
    sentence = _("{unit} added a step to its plan of improvement.")
    number: int
    indicator: str
