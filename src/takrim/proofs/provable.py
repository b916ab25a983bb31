"""What can be proven: decisions, clauses, rights, indicators … are brought by the folders that know them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from takrim.base.registry import Folder
from takrim.orgs.actor import Actor


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that is proven: its words in the language of now, and the address of its page, if it has one."""

    code: str
    title: str
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class Owing:
    """A thing that an office still owes proof for, by a date if there is one."""

    code: str
    title: str
    address: str = ""
    due: datetime | None = None


Describe = Callable[[Collection[str]], Mapping[str, Thing]]
OwedBy = Callable[[Actor], Sequence[Owing]]
Changed = Callable[[str, Actor, datetime], None]
OpenTo = Callable[[str, Actor], bool]
Hold = Callable[[Collection[str]], Iterable[str]]


def _nothing_owed(actor: Actor) -> Sequence[Owing]:
    return ()


def _nothing_more(code: str, by: Actor, now: datetime) -> None:
    """For kinds that nobody else keeps an account of."""


def _nothing_held(codes: Collection[str]) -> Iterable[str]:
    return ()


def _to_everybody(code: str, actor: Actor) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Provable:
    """One kind. `describe` gives the known among codes, in few queries; `owed_by` what an office still has to prove.

    `support_changed` is called in the transaction of whatever changed: a proof was sent, accepted, returned, refused or
    withdrawn. How many proofs of which state a thing has now is asked with `queries.support_of`. Before the deed writes
    its first event `hold` takes the rows that this may change, always in the same order, and names the offices to whose
    chains it may write. `open_to` says whether somebody may hand in proof for a thing. A kind with a short closed list
    offers it whole with `all_of_it`.
    """

    title: str | Promise
    describe: Describe
    owed_by: OwedBy = _nothing_owed
    hold: Hold = _nothing_held
    support_changed: Changed = _nothing_more
    open_to: OpenTo = _to_everybody
    all_of_it: Callable[[], Sequence[Thing]] = tuple


PROVABLES: dict[str, Provable] = {}


def introduce(package: str) -> None:
    """Let a folder bring its kinds, one file each; called once for each, at start-up."""
    PROVABLES.update(Folder(package, Provable).items)


def described(pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], Thing]:
    """The known among (kind, code). One call for each kind."""
    by_kind: dict[str, set[str]] = {}
    for kind, code in pairs:
        by_kind.setdefault(kind, set()).add(code)
    found: dict[tuple[str, str], Thing] = {}
    for kind, codes in by_kind.items():
        if kind in PROVABLES:
            found |= {(kind, code): thing for code, thing in PROVABLES[kind].describe(codes).items()}
    return found


def owed_by(actor: Actor) -> list[tuple[str, Owing]]:
    """All that an office still owes proof for, with its kind; the first due first, what has no date last."""
    owed = [(kind, owing) for kind, provable in PROVABLES.items() for owing in provable.owed_by(actor)]
    return sorted(owed, key=lambda one: (one[1].due is None, one[1].due.timestamp() if one[1].due else 0, one[1].title))
