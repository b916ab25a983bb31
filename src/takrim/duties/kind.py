"""What a kind of duty must say about itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from takrim.base.registry import Folder
from takrim.duties.models import Duty
from takrim.duties.regime import Matter
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person

Then = Callable[[Duty, Actor, datetime], None]


# Codes, or a query that gives them.
Abouts = Sequence[str] | QuerySet[Any, Any]
Matters = Callable[[Abouts], Mapping[str, Matter]]


def of_no_matter(codes: Abouts) -> Mapping[str, Matter]:
    """For kinds whose time depends on nothing else."""
    return {}


def nothing_more(duty: Duty, by: Actor, now: datetime) -> None:
    """For kinds whose steps cause nothing elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """What a list shows of what something is owed about: its words, the number people know it by, and its page.

    `state` is the key of the pill that says where it stands, `note` stands beside the words.
    """

    title: str
    number: str
    page: str
    state: str
    note: str = ""


# By the number of the duty.
Heads = Callable[[Sequence[Duty]], Mapping[int, Head]]
Keepers = Callable[[Sequence[Duty], datetime], Mapping[int, Sequence[Person]]]


@dataclass(frozen=True, kw_only=True)
class DutyKind:
    """`length` is the time given when nobody says otherwise; the functions say what a step causes above.

    `matters` tells of codes what their matter is, as far as time depends on it. `heads` tells lists and letters what
    duties of this kind are about, in few queries; without it they are about cases, of which lists know more. `keepers`
    are the people whom the word "keepers" of a ladder means, such as the secretaries of a body.
    """

    title: str | Promise
    length: str
    on_answered: Then = nothing_more
    on_accepted: Then = nothing_more
    on_returned: Then = nothing_more
    matters: Matters = of_no_matter
    heads: Heads | None = None
    keepers: Keepers | None = None


KINDS: dict[str, DutyKind] = {}


def introduce(package: str) -> None:
    """Let a folder above (such as cases) bring its kinds; called once, at start-up."""
    KINDS.update(Folder(package, DutyKind).items)


def heads_of(duties: Iterable[Duty]) -> dict[int, Head]:
    """What duties are about that are about no case, by their number. One call for each kind that is among them."""
    listed: dict[Heads, list[Duty]] = {}
    for duty in duties:
        kind = KINDS.get(duty.kind)
        if kind is not None and kind.heads is not None:
            listed.setdefault(kind.heads, []).append(duty)
    return {number: head for heads, of_kind in listed.items() for number, head in heads(of_kind).items()}


def keepers_of(duties: Iterable[Duty], now: datetime) -> dict[int, Sequence[Person]]:
    """Who keeps what duties are about, by their number. One call for each kind that is among them."""
    listed: dict[Keepers, list[Duty]] = {}
    for duty in duties:
        kind = KINDS.get(duty.kind)
        if kind is not None and kind.keepers is not None:
            listed.setdefault(kind.keepers, []).append(duty)
    return {number: people for keep, of_kind in listed.items() for number, people in keep(of_kind, now).items()}
