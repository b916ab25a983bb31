"""What one office did in one period, as plain rows: all that a watch may look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

# The code of a member of staff in the journal begins so; people, bodies outside and the system do not.
STAFF = "person:"


class Filed(NamedTuple):
    """A matter was written down; `by` is the code of whoever did it."""

    code: str
    at: datetime
    kind: str
    by: str


class Ended(NamedTuple):
    """A matter ended in the figures; `how`: answered, refused, joined to another, or closed for good by somebody.

    `by` is the one member of staff who had a hand in it, "" where there were several or none.
    """

    code: str
    at: datetime
    by: str
    how: str
    received: datetime | None
    due: datetime | None


class Again(NamedTuple):
    """A matter that had ended was owed again."""

    code: str
    at: datetime


class Longer(NamedTuple):
    """An office was given more time for something whose date was `before`."""

    code: str
    at: datetime
    before: datetime


class Passed(NamedTuple):
    """The office handed the matter over to another, whose date it was from then on."""

    code: str
    at: datetime
    due: datetime | None


class Reply(NamedTuple):
    """A questionnaire was answered; `marks` are all its marks in one text."""

    code: str
    at: datetime
    way: str
    marks: str


class Text(NamedTuple):
    """An answer was given; equal `mark`, equal words but for numbers. `plain`: neither template nor shared letter."""

    code: str
    mark: str
    plain: bool


@dataclass(frozen=True, kw_only=True)
class Facts:
    """One office in one period from `start` until before `end`; `again` reaches a fortnight beyond it.

    `kinds_before` counts by kind what the office's staff wrote down in the period before; `around` and
    `around_before` what the other offices of its province did, now and then.
    """

    unit: str
    start: datetime
    end: datetime
    filed: Sequence[Filed] = ()
    ended: Sequence[Ended] = ()
    again: Sequence[Again] = ()
    longer: Sequence[Longer] = ()
    passed: Sequence[Passed] = ()
    replies: Sequence[Reply] = ()
    texts: Sequence[Text] = ()
    kinds_before: Mapping[str, int] = field(default_factory=dict)
    around: Mapping[str, int] = field(default_factory=dict)
    around_before: Mapping[str, int] = field(default_factory=dict)

    @property
    def given(self) -> list[Ended]:
        """What was answered, refused or joined; closing only puts away what was answered before."""
        return [row for row in self.ended if row.how != "closed"]
