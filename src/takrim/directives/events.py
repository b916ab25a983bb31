"""What happens to directives and their clauses, each with its sentence. Facts quote no text and name no person."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class Received(Event):
    verb = "directive.received"
    sentence = _("{unit} took the directive in; its text is still to be entered.")
    unit: str
    directive: int


@dataclass(frozen=True, kw_only=True)
class Registered(Event):
    verb = "directive.registered"
    sentence = _("{unit} registered the directive.")
    unit: str
    directive: int
    version: int


@dataclass(frozen=True, kw_only=True)
class Changed(Event):
    verb = "directive.changed"
    sentence = _("{unit} kept version {version} of the directive.")
    unit: str
    directive: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ClauseKept(Event):
    verb = "directive.clause_kept"
    sentence = _("{unit} kept clause {number}.")
    unit: str
    directive: int
    number: int


@dataclass(frozen=True, kw_only=True)
class ClauseDropped(Event):
    verb = "directive.clause_dropped"
    sentence = _("{unit} took clause {number} out.")
    unit: str
    directive: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Related(Event):
    """`older`: the number of the earlier directive here, not on its paper."""

    verb = "directive.related"
    sentence = _("{unit} noted what the directive does to an earlier one.")
    unit: str
    directive: int
    older: int
    how: str


@dataclass(frozen=True, kw_only=True)
class Unrelated(Event):
    verb = "directive.unrelated"
    sentence = _("{unit} took back what was noted about an earlier directive.")
    unit: str
    directive: int
    older: int


@dataclass(frozen=True, kw_only=True)
class Issued(Event):
    verb = "directive.issued"
    sentence = _("{unit} issued the directive: {clauses} for {offices}.")
    counted = {
        "clauses": lambda many: ngettext("{number} clause", "{number} clauses", many),
        "offices": lambda many: ngettext("{number} addressee", "{number} addressees", many),
    }
    unit: str
    directive: int
    clauses: int
    offices: int


@dataclass(frozen=True, kw_only=True)
class Asked(Event):
    """`version`: the one that is to be read."""

    verb = "directive.asked"
    sentence = _("The head of {unit} is asked to read the directive.")
    unit: str
    directive: int
    reading: int
    version: int


@dataclass(frozen=True, kw_only=True)
class Read(Event):
    verb = "directive.read"
    sentence = _("The head of {unit} has read the directive.")
    unit: str
    directive: int
    version: int


@dataclass(frozen=True, kw_only=True)
class Joined(Event):
    verb = "directive.joined"
    sentence = _("{unit} let {offices} join.")
    counted = {"offices": lambda many: ngettext("{number} more addressee", "{number} more addressees", many)}
    unit: str
    directive: int
    offices: int


@dataclass(frozen=True, kw_only=True)
class Superseded(Event):
    """`newer`: the number of the directive that took its place; `ended`: how many duties ended with it."""

    verb = "directive.superseded"
    sentence = _("A newer directive took its place; ended by that: {ended}.")
    counted = {"ended": lambda many: ngettext("{number} open duty", "{number} open duties", many)}
    unit: str
    directive: int
    newer: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class Cancelled(Event):
    verb = "directive.cancelled"
    sentence = _("{unit} cancelled the directive; ended by that: {ended}.")
    counted = {"ended": lambda many: ngettext("{number} open duty", "{number} open duties", many)}
    unit: str
    directive: int
    ended: int


@dataclass(frozen=True, kw_only=True)
class CarriedOut(Event):
    verb = "directive.carried_out"
    sentence = _("All that the directive demands has been proven.")
    unit: str
    directive: int


@dataclass(frozen=True, kw_only=True)
class OpenAgain(Event):
    verb = "directive.open_again"
    sentence = _("A proof has fallen away: the directive is not carried out any more.")
    unit: str
    directive: int


@dataclass(frozen=True, kw_only=True)
class PeriodOpened(Event):
    verb = "directive.period_opened"
    sentence = _("Clause {number} is owed for the period {period} by {offices}.")
    counted = {"offices": lambda many: ngettext("{number} addressee", "{number} addressees", many)}
    unit: str
    directive: int
    number: int
    period: str
    offices: int


@dataclass(frozen=True, kw_only=True)
class Planned(Event):
    verb = "clause.planned"
    sentence = _("{unit} made its plan of action, with {steps}.")
    counted = {"steps": lambda many: ngettext("{number} step", "{number} steps", many)}
    unit: str
    steps: int


@dataclass(frozen=True, kw_only=True)
class StepDone(Event):
    verb = "clause.step_done"
    sentence = _("{unit} did step {number} of its plan.")
    unit: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Reported(Event):
    verb = "clause.reported"
    sentence = _("{unit} reported that it has carried the clause out.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class Confirmed(Event):
    verb = "clause.confirmed"
    sentence = _("The secretary confirmed that {unit} has carried the clause out.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class Returned(Event):
    verb = "clause.returned"
    sentence = _("The secretary returned the report of {unit} to be completed.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class Lowered(Event):
    verb = "clause.lowered"
    sentence = _("The proof of {unit} has fallen away: it has to prove the clause anew.")
    unit: str
