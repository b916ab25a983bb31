"""What happens to proofs, each with its sentence. Facts name no person and quote nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class Kept(Event):
    """`proves`: "kind:code" of each thing."""

    verb = "proof.kept"
    sentence = _("{unit} wrote down what it did, as a draft.")
    unit: str
    proves: list[str]


@dataclass(frozen=True, kw_only=True)
class FilesChanged(Event):
    """`hashes` of the files that are there now, in the order of their numbers."""

    verb = "proof.files_changed"
    sentence = _("{unit} changed the attachments of a proof.")
    unit: str
    hashes: list[str]


@dataclass(frozen=True, kw_only=True)
class Sent(Event):
    """`hashes` of the files as they are judged; `again`: it had been returned."""

    verb = "proof.sent"
    sentence = _("{unit} sent its proof to the secretary.")
    unit: str
    proves: list[str]
    hashes: list[str]
    again: bool


@dataclass(frozen=True, kw_only=True)
class Accepted(Event):
    verb = "proof.accepted"
    sentence = _("The proof of {unit} was accepted.")
    unit: str
    proves: list[str]


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    """`accepted`: since when it had been accepted, where it had."""

    verb = "proof.returned"
    sentence = _("The proof was returned to {unit} to be completed.")
    unit: str
    proves: list[str]
    accepted: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Refused(Event):
    verb = "proof.refused"
    sentence = _("The proof of {unit} was refused.")
    unit: str
    proves: list[str]
    accepted: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Reopened(Event):
    verb = "proof.reopened"
    sentence = _("The second judge did not agree: the proof of {unit} is judged anew.")
    unit: str
    proves: list[str]
    accepted: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    verb = "proof.withdrawn"
    sentence = _("{unit} withdrew its proof.")
    unit: str
    proves: list[str]


@dataclass(frozen=True, kw_only=True)
class Shown(Event):
    verb = "proof.shown"
    sentence = _("The action of {unit} may be seen by everybody.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class Hidden(Event):
    verb = "proof.hidden"
    sentence = _("The action of {unit} is not shown to everybody any more.")
    unit: str
