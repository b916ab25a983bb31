"""A proof has changed: the journal says so, and what it supports is told, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.proofs.models import Action, Proves
from takrim.proofs.provable import PROVABLES

Pair = tuple[str, str]


def supported(action: Action) -> list[Pair]:
    """(kind, code) of all that an action proves, always in the same order: rows above are then taken in it too."""
    return sorted(Proves.objects.filter(action=action).values_list("kind", "code"))


def named(pairs: Iterable[Pair]) -> list[str]:
    """As the journal writes them."""
    return [f"{kind}:{code}" for kind, code in pairs]


def tell(pairs: Iterable[Pair], *, by: Actor, now: datetime) -> None:
    """Tell the folders above that the proof of these things has changed."""
    for kind, code in sorted(pairs):
        if kind in PROVABLES:
            PROVABLES[kind].support_changed(code, by, now)


def note(action: Action, event: Event, *, by: Actor, now: datetime) -> None:
    """Write down what happened to a proof."""
    record(event, on=action.subject, unit_path=action.unit_path, by=by, at=now)
