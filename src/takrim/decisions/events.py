"""What happens to decisions, as the journal tells it. `body` is the number of the body."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class OfDecision(Event):
    """Something about the whole; `unit` is the office of the body."""

    verb: ClassVar[str] = "decision"
    sentence: ClassVar[str | Promise] = ""
    body: int
    unit: str


class PartFacts(TypedDict):
    """What every event of a part tells."""

    body: int
    unit: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class OfPart(Event):
    """Something about the part of one office, which is `unit`."""

    verb: ClassVar[str] = "decision.part"
    sentence: ClassVar[str | Promise] = ""
    body: int
    unit: str
    decision: str


@dataclass(frozen=True, kw_only=True)
class Issued(OfDecision):
    verb = "decision.issued"
    sentence = _("The decision was issued; so many offices carry it out: {parts}.")
    parts: int
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class PartAdded(OfPart):
    verb = "decision.part_added"
    sentence = _("{unit} has a part in carrying it out as well.")


@dataclass(frozen=True, kw_only=True)
class TakenUp(OfPart):
    verb = "decision.taken_up"
    sentence = _("{unit} has taken it in hand.")


@dataclass(frozen=True, kw_only=True)
class Reported(OfPart):
    verb = "decision.reported"
    sentence = _("{unit} reported what was done.")
    report: int


@dataclass(frozen=True, kw_only=True)
class ReportReturned(OfPart):
    verb = "decision.returned"
    sentence = _("The report of {unit} was sent back to be completed.")
    report: int


@dataclass(frozen=True, kw_only=True)
class PartFulfilled(OfPart):
    """`answered`, `due`: when it had been reported and by when it was owed, for the figures."""

    verb = "decision.part_fulfilled"
    sentence = _("What {unit} reported was confirmed: fulfilled.")
    answered: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PartPartly(OfPart):
    verb = "decision.part_partly"
    sentence = _("What {unit} reported was confirmed: partly fulfilled.")


@dataclass(frozen=True, kw_only=True)
class PartRefused(OfPart):
    verb = "decision.part_refused"
    sentence = _("The part of {unit} was not fulfilled.")
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PartStopped(OfPart):
    verb = "decision.part_stopped"
    sentence = _("The part of {unit} was stopped.")


@dataclass(frozen=True, kw_only=True)
class PartCancelled(OfPart):
    verb = "decision.part_cancelled"
    sentence = _("The part of {unit} was cancelled.")


@dataclass(frozen=True, kw_only=True)
class PartGoesOn(OfPart):
    verb = "decision.part_goes_on"
    sentence = _("The part of {unit} goes on, with a new date.")


@dataclass(frozen=True, kw_only=True)
class PartQuestioned(OfPart):
    """`cause`: whose support fell away, as `proofs:17`. `answered`, `due`: as it had been fulfilled, if it had."""

    verb = "decision.part_questioned"
    sentence = _("What proved the report of {unit} no longer holds: it waits to be confirmed again.")
    cause: str
    answered: datetime | None = None
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Settled(OfDecision):
    """`result` is the state in which it ended."""

    verb = "decision.settled"
    sentence = _("With this the decision is settled.")
    result: str
    decided: datetime


@dataclass(frozen=True, kw_only=True)
class OpenAgain(OfDecision):
    verb = "decision.open_again"
    sentence = _("The decision is open again.")


@dataclass(frozen=True, kw_only=True)
class Linked(OfDecision):
    """`to` is such as `case:05482731597`."""

    verb = "decision.linked"
    sentence = _("It was noted what the decision is about.")
    to: str
    relation: str


@dataclass(frozen=True, kw_only=True)
class Unlinked(OfDecision):
    verb = "decision.unlinked"
    sentence = _("A link of the decision was taken away.")
    to: str


@dataclass(frozen=True, kw_only=True)
class CaseOpened(OfDecision):
    verb = "decision.case_opened"
    sentence = _("A case was opened from the decision; it is fulfilled when that is answered.")
    case: str


@dataclass(frozen=True, kw_only=True)
class CaseDone(OfDecision):
    verb = "decision.case_done"
    sentence = _("A case that the decision had opened was answered.")
    case: str
