"""One part of the page of a body or of a meeting: a file in body_parts/ or meeting_parts/ that anybody may add."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar

from takrim.base.registry import Folder
from takrim.councils.models import Body
from takrim.councils.models_meetings import Meeting
from takrim.councils.queries import Standing
from takrim.web.desk_council import Reach

About = TypeVar("About", Body, Meeting)


@dataclass(frozen=True)
class Looking(Generic[About]):
    """Who looks at what: the desk, the body or the meeting, what the person is to the body, and when."""

    desk: Reach
    about: About
    standing: Standing
    now: datetime


@dataclass(frozen=True, kw_only=True)
class Part(Generic[About]):
    """`template` is included with `part`, which is what `show` gives; None leaves the part out for who looks.

    Parts stand in the order of `place`; with `aside` in the narrow column.
    """

    template: str
    place: int
    show: Callable[[Looking[About]], Mapping[str, Any] | None]
    aside: bool = False


@cache
def _parts(package: str) -> list[Part[Any]]:
    return sorted(Folder(package, Part).items.values(), key=lambda part: part.place)


def shown(package: str, looking: Looking[Any], *, aside: bool) -> Sequence[Mapping[str, Any]]:
    """The parts of a page for who looks, in their order, each with its template."""
    found = []
    for part in _parts(package):
        given = part.show(looking) if part.aside is aside else None
        if given is not None:
            found.append({"template": part.template, "part": given})
    return found
