"""How offices tell what happened: the journal lies above this folder and hands its pen down at start-up."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Protocol

from takrim.orgs.actor import Actor


class Pen(Protocol):
    """Writes one event about offices into the journal, inside the transaction of its deed."""

    def __call__(
        self, verb: str, facts: dict[str, Any], *, on: str, unit_path: str, by: Actor, at: datetime
    ) -> None: ...


_pens: list[Pen] = []


def take(pen: Pen) -> None:
    """Called once, by the journal."""
    _pens[:] = [pen]


def tell(verb: str, *, on: str, unit_path: str, by: Actor, at: datetime, **facts: Any) -> None:
    """Write what happened. Without a pen nothing may happen: a deed that nobody hears of is not done."""
    if not _pens:
        raise RuntimeError("The journal has not introduced itself.")
    _pens[0](verb, facts, on=on, unit_path=unit_path, by=by, at=at)
