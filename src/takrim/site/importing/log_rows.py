"""A case of an event log, understood: who had it from when to when, one hand-over after another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise

from django.utils.translation import gettext as _

from takrim.base.persian import clean_text
from takrim.site.importing.log_reading import EVENTS, Event
from takrim.site.importing.mapping import Events, Map
from takrim.site.importing.moments import BadMoment, read_moment
from takrim.site.importing.reading import Row, said
from takrim.site.importing.rows import LONGEST_TEXT, Asked, Request, RowRefused, request_of


@dataclass(frozen=True)
class Happened:
    """One event: when, by which group, and what."""

    at: datetime
    group: str
    activity: str
    who: str

    @property
    def told(self) -> str:
        return f"{self.activity} ({self.who})" if self.who else self.activity


@dataclass(frozen=True)
class Stint:
    """What one group did before another had the matter."""

    group: str
    events: tuple[Happened, ...]

    @property
    def told(self) -> str:
        return "\n".join(dict.fromkeys(event.told for event in self.events))[:LONGEST_TEXT]

    @property
    def last(self) -> datetime:
        return self.events[-1].at


def understand_log(row: Row, plan: Map) -> Request:
    """A case with its hand-overs. Raises RowRefused."""
    assert plan.events is not None
    happened = sorted(_happened(row[EVENTS], plan, plan.events), key=lambda event: event.at)
    if not happened:
        raise RowRefused(_("Nothing happened to this case: it has no event."))
    request = request_of(row, plan, opened=happened[0].at, closed=_ended(happened, plan.events), unit=plan.events.owner)
    return replace(request, asked=tuple(_asked(request, list(_stints(happened)))))


def _happened(events: Iterable[Event], plan: Map, keys: Events) -> Iterator[Happened]:
    for number, row in events:
        activity, time = clean_text(said(row, keys.activity)), said(row, keys.time)
        if not activity and not time:
            # A trace without events, or a line of empty cells.
            continue
        try:
            at = read_moment(time, plan.formats, plan.zone)
        except BadMoment:
            sentence = _("“{text}” in column {column} is not a time that the map knows.")
            text = sentence.format(text=time[:60], column=keys.time)
            raise RowRefused(_("Row {number}: {reason}").format(number=number, reason=text)) from None
        group = clean_text(said(row, keys.group))
        yield Happened(at, "" if group in keys.nobody else group, activity, clean_text(said(row, keys.who)))


def _ended(happened: list[Happened], keys: Events) -> datetime | None:
    """When the last event that means an ending was seen."""
    return max((event.at for event in happened if event.activity in keys.ended), default=None)


def _stints(happened: list[Happened]) -> Iterator[Stint]:
    """Runs of events of one group. An event of nobody belongs to whoever had the matter before it."""
    held: list[tuple[str, Happened]] = []
    for event in happened:
        held.append((event.group or (held[-1][0] if held else ""), event))
    for group, events in groupby(held, key=lambda pair: pair[0]):
        yield Stint(group, tuple(event for _group, event in events))


def _asked(request: Request, stints: list[Stint]) -> Iterator[Asked]:
    """Each stint as a referral: asked by whoever had the matter before, from the moment they were done with it."""
    before = [Stint("", (replace(stints[0].events[0], at=request.opened),)), *stints]
    for (giver, stint), place in zip(pairwise(before), range(1, len(before)), strict=True):
        if not stint.group:
            continue
        # What the log tells of the time before the case came in, or after it ended, was at its beginning or end.
        at, done = _inside(giver.last, request), _inside(stint.last, request)
        still_there = place == len(stints) and request.closed is None
        asked = Asked(unit=stint.group, by=giver.group, text=stint.told, at=at, settled=True)
        yield asked if still_there else replace(asked, reply=stint.told, replied_at=max(at, done))


def _inside(at: datetime, request: Request) -> datetime:
    within = max(at, request.opened)
    return within if request.closed is None else min(within, request.closed)
