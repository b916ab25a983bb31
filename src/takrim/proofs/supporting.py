"""A proof has changed: the journal says so, and what it supports is told, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from takrim.duties.models import Duty
from takrim.journal.event import Event
from takrim.journal.record import record, take_chains
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


def hold(action: Action, pairs: Iterable[Pair]) -> None:
    """Take all that the deed will write to, before it writes the first event: the duty to complete the proof, the rows
    of what it proves by kind and code, then the chains. The row of the proof itself is taken before.
    """
    owed = Duty.objects.owed().filter(about=action.subject).order_by("id").select_for_update(of=("self",))
    paths = {action.unit_path, *owed.values_list("unit_path", flat=True)}
    codes: dict[str, list[str]] = {}
    for kind, code in sorted(pairs):
        codes.setdefault(kind, []).append(code)
    for kind in sorted(codes.keys() & PROVABLES.keys()):
        paths |= set(PROVABLES[kind].hold(codes[kind]))
    take_chains(paths)


def tell(pairs: Iterable[Pair], *, by: Actor, now: datetime) -> None:
    """Tell the folders above that the proof of these things has changed; they are held."""
    for kind, code in sorted(pairs):
        if kind in PROVABLES:
            PROVABLES[kind].support_changed(code, by, now)


def note(action: Action, event: Event, *, by: Actor, now: datetime) -> None:
    """Write down what happened to a proof."""
    record(event, on=action.subject, unit_path=action.unit_path, by=by, at=now)
