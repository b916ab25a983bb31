"""A row of the file, understood: what came in, when, for whom, how it ended. Or the reason why it cannot be taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from takrim.base.persian import clean_text
from takrim.site.importing.mapping import EVERY_OTHER, Map
from takrim.site.importing.moments import BadMoment, read_moment
from takrim.site.importing.reading import Row, cell, said

LONGEST_TEXT = 20_000


class RowRefused(Exception):
    """This row cannot be taken; its text is the sentence for the person who imports."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Another office was asked, and perhaps replied. `by`: the office that asked, if not the case's own.

    `settled`: the reply was enough, since the matter went on.
    """

    unit: str
    text: str
    at: datetime
    reply: str = ""
    replied_at: datetime | None = None
    by: str = ""
    settled: bool = False


@dataclass(frozen=True, kw_only=True)
class Request:
    """What a row says, in our words."""

    external_id: str
    opened: datetime
    due: datetime | None
    closed: datetime | None
    unit: str
    subject: str
    channel: str
    status: str
    text: str
    answer: str
    latitude: float | None
    longitude: float | None
    asked: tuple[Asked, ...] = ()


def _moment(row: Row, plan: Map, name: str) -> datetime | None:
    text = said(row, plan.columns.get(name, ""))
    if not text:
        return None
    try:
        return read_moment(text, plan.formats, plan.zone)
    except BadMoment:
        column = plan.columns[name]
        raise RowRefused(
            _("“{text}” in column {column} is not a time that the map knows.").format(text=text[:60], column=column)
        ) from None


def _number(row: Row, plan: Map, name: str, most: int) -> float | None:
    """A coordinate; what is none is left out, since no matter is refused for its place on the map."""
    try:
        value = float(said(row, plan.columns.get(name, "")))
    except ValueError:
        return None
    return value if -most <= value <= most else None


def _ours(row: Row, plan: Map, name: str, default: str) -> str:
    words = plan.channels if name == "channel" else plan.statuses
    word = said(row, plan.columns.get(name, "")).casefold()
    return words.get(word) or words.get(EVERY_OTHER) or default


def understand(row: Row, plan: Map) -> Request:
    """The row in our words. Raises RowRefused."""
    request = request_of(row, plan, closed=_ended(row, plan))
    return replace(request, asked=_asked(row, plan, request.closed))


def request_of(
    row: Row, plan: Map, *, opened: datetime | None = None, closed: datetime | None = None, unit: str = ""
) -> Request:
    """What a row says of the matter itself; what is handed in holds where the row says nothing. Raises RowRefused."""
    columns = plan.columns
    external_id, unit = said(row, columns["external_id"]), clean_text(said(row, columns.get("unit", ""))) or unit
    if not external_id:
        raise RowRefused(_("Column {column} is empty: a row needs its number.").format(column=columns["external_id"]))
    if not unit:
        raise RowRefused(_("Column {column} is empty: no office is named.").format(column=columns["unit"]))
    opened, closed = _moment(row, plan, "opened") or opened, _moment(row, plan, "closed") or closed
    if opened is None:
        raise RowRefused(_("Column {column} is empty: when did it come in?").format(column=columns["opened"]))
    if closed is not None and plan.events and _same_day(closed, opened, plan):
        # Logs often know the day of the end without its hour.
        closed = max(closed, opened)
    if closed is not None and closed < opened:
        raise RowRefused(_("It was closed before it came in."))
    subject = clean_text(said(row, columns.get("subject", "")))
    parts = [clean_text(said(row, column)) for column in plan.texts]
    text = "\n".join(part for part in parts if part) or subject or external_id
    return Request(
        external_id=external_id,
        opened=opened,
        due=_moment(row, plan, "due"),
        closed=closed,
        unit=unit,
        subject=subject,
        channel=_ours(row, plan, "channel", "imported"),
        status=_ours(row, plan, "status", "closed" if closed else "open"),
        text=text[:LONGEST_TEXT],
        answer=clean_text(said(row, columns.get("answer", "")))[:LONGEST_TEXT],
        latitude=_number(row, plan, "latitude", 90),
        longitude=_number(row, plan, "longitude", 180),
    )


def _same_day(one: datetime, other: datetime, plan: Map) -> bool:
    return one.astimezone(plan.zone).date() == other.astimezone(plan.zone).date()


def _notes(row: Row, plan: Map) -> Iterator[tuple[str, datetime, Row]]:
    """A row's notes with kind and time; those without a time that can be read say nothing."""
    if plan.notes is None:
        return
    listed = cell(row, plan.notes.column)
    for note in listed if isinstance(listed, list) else ():
        try:
            at = read_moment(said(note, plan.notes.datetime), plan.formats, plan.zone)
        except BadMoment:
            continue
        yield said(note, plan.notes.kind), at, note


def _ended(row: Row, plan: Map) -> datetime | None:
    """When the last note that means an ending was written."""
    return max((at for kind, at, _note in _notes(row, plan) if plan.notes and kind in plan.notes.closed), default=None)


def _asked(row: Row, plan: Map, closed: datetime | None) -> tuple[Asked, ...]:
    """Other offices that were asked, from the row's dated notes. A reply is found by the note's link."""
    if plan.notes is None:
        return ()
    keys = plan.notes
    found: dict[str, Asked] = {}
    for kind, at, note in _notes(row, plan):
        link, unit = said(note, keys.link), said(note, keys.unit)
        if closed is not None and at > closed:
            continue
        if kind in keys.asked and unit:
            found[link] = Asked(unit=clean_text(unit), text=clean_text(said(note, keys.text)), at=at)
        elif kind in keys.replied and link in found:
            first = found[link]
            told = clean_text(said(note, keys.text)) or first.text
            found[link] = replace(first, reply=told, replied_at=max(at, first.at))
    return tuple(found.values())
