"""A source of the agenda: what comes before a body without anybody proposing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from takrim.base.errors import InWords
from takrim.base.registry import Folder


@dataclass(frozen=True, kw_only=True)
class Asking:
    """For which meeting of which body is asked; `at` is when it meets."""

    body: int
    meeting: int
    unit_path: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Risen:
    """One item. `key` is the code of what it is about ("decision:12"): the same rises once at a meeting.

    `note` says in a sentence why it is here; `minutes` how long it will likely take. Never a name of a person who
    brought a matter.
    """

    key: str
    title: InWords
    note: InWords
    minutes: int = 10


@dataclass(frozen=True, kw_only=True)
class Source:
    """Items of sources with a lower `place` stand further up; `most` of one source are enough for a meeting."""

    title: str | Promise
    place: int
    find: Callable[[Asking, datetime], Sequence[Risen]]
    most: int = 5


SOURCES: dict[str, Source] = {}


def introduce(package: str) -> None:
    """Let a folder bring its sources; called once for each at start-up."""
    SOURCES.update(Folder(package, Source).items)


def risen(asking: Asking, now: datetime) -> list[tuple[str, Risen]]:
    """All that rises by itself, with the code of its source, in the order in which it is dealt with."""
    ordered = sorted(SOURCES.items(), key=lambda pair: (pair[1].place, pair[0]))
    return [(code, one) for code, source in ordered for one in source.find(asking, now)[: source.most]]
