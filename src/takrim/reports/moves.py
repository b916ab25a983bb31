"""The life of a report, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power
from takrim.orgs.rows import change
from takrim.reports.models import Report, State


class Move(StrEnum):
    REVIEW = auto()
    SEND_BACK = auto()
    SIGN = auto()


@dataclass(frozen=True)
class Rule:
    """From which state a move leads where, and who may make it."""

    source: State
    target: State
    power: Power


MOVES = {
    Move.REVIEW: Rule(State.DRAFT, State.REVIEWED, Power.REPORT_WRITE),
    Move.SEND_BACK: Rule(State.REVIEWED, State.DRAFT, Power.REPORT_WRITE),
    Move.SIGN: Rule(State.REVIEWED, State.SIGNED, Power.REPORT_SIGN),
}


class ReportMoved(Refusal):
    code = "report_moved"
    message = _("This step is no longer possible: the report has changed meanwhile. Look at it again.")


def move(report: Report, step: Move, *, by: Actor, **changes: object) -> None:
    """Take one step, or refuse. What was read must still be so: its state, and the figures that were looked at."""
    rule = MOVES[step]
    by.require(rule.power)
    still = {"state": rule.source, "figures_hash": report.figures_hash}
    if not change(report, still=still, to={"state": rule.target, **changes}):
        raise ReportMoved
