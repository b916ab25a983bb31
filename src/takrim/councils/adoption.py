"""What becomes of a decision once its minutes are issued: the folder above that follows decisions takes it up here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from takrim.orgs.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """One decision as the issued minutes say it, by words and numbers alone.

    `key` names it for good ("minutes:12/3": the third decision of minutes 12): handed down twice it is still one.
    """

    key: str
    body: int
    meeting: int
    # Of the body: decisions of a body belong to its office.
    unit_path: str
    # Its place among the decisions of these minutes, and what is cited: number of the minutes and place.
    place: int
    number: str
    text: str
    # Who carries it out, whoever leads first (doers.py); none where the body's own office does.
    doers: tuple[str, ...]
    # The last day, and in whose words it will be proven.
    due: date | None
    proof: str
    # The item of the agenda under which it was taken.
    item: int | None = None
    # What its item of the agenda was about: codes of cases, decisions, directives; and rights (R01…) it serves.
    about: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()


class Adopt(Protocol):
    """Takes up the decisions of minutes that are being issued, inside the transaction that issues them."""

    def __call__(self, decisions: Sequence[Adopted], *, by: Actor, now: datetime) -> None: ...


_taken: list[Adopt] = []


def introduce(adopt: Adopt) -> None:
    """Called once at start-up, by the folder that follows decisions."""
    _taken[:] = [adopt]


def adopt(decisions: Sequence[Adopted], *, by: Actor, now: datetime) -> None:
    """Hand the decisions down. A decision that nobody would follow is not issued at all."""
    if not decisions:
        return
    if not _taken:
        raise RuntimeError("Nobody has introduced themselves who follows decisions.")
    _taken[0](decisions, by=by, now=now)
