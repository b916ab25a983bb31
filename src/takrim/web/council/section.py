"""One section of the first page of meetings and orders: what somebody has to do there, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from takrim.orgs.powers import Power
from takrim.web.desk import Desk


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something to be done: its words, its address, its date, and `late` where that has passed."""

    text: str
    url: str
    note: str = ""
    late: bool = False


@dataclass(frozen=True, kw_only=True)
class Section:
    """`address` is a name of `urls.py`; `to_do` gives at most five lines, the most urgent first, in few queries.

    Sections stand in the order of `place`. Whoever lacks all of `powers` does not see it.
    """

    title: str | Promise
    help: str | Promise
    icon: str
    address: str
    place: int
    powers: tuple[Power, ...] = (Power.COUNCIL_SEE,)
    to_do: Callable[[Desk, datetime], Sequence[Line]] = lambda desk, now: ()
