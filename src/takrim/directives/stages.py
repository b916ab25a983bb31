"""Where an office stands with a clause, in one word: what a cell of the matrix shows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum, auto

from takrim.duties.models import State as DutyState


class Stage(StrEnum):
    """In the order in which a list of them is read: what needs somebody first."""

    LATE = auto()
    RETURNED = auto()
    UNREAD = auto()
    READ = auto()
    UNDER_WAY = auto()
    REPORTED = auto()
    PROVEN = auto()
    ENDED = auto()


_SETTLED = {
    DutyState.ACCEPTED: Stage.PROVEN,
    DutyState.ANSWERED: Stage.REPORTED,
    DutyState.WITHDRAWN: Stage.ENDED,
}


def stage(*, state: str, due: datetime | None, planned: bool, read: bool, now: datetime | None = None) -> Stage:
    """From the state of the duty, its date, and what the office has said; without `now` nothing is late."""
    if state in _SETTLED:
        return _SETTLED[DutyState(state)]
    if state == DutyState.RETURNED:
        return Stage.RETURNED
    if now is not None and due is not None and due < now:
        return Stage.LATE
    if planned:
        return Stage.UNDER_WAY
    return Stage.READ if read else Stage.UNREAD
