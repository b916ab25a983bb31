"""An event log, case by case: a CSV of events in any order, or an XES file with its traces."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext_lazy as _

from takrim.site.importing.mapping import Map
from takrim.site.importing.reading import Row, Source, UnreadableFile, opened, said, source

# Where a row that stands for a case keeps its events, each with its number in the file. No column can be called so.
EVENTS = "\x00events"
# As the tools that turn XES into tables write what a trace says of its case.
OF_CASE = "case:"
_BATCH = 2000

Event = tuple[int, Row]


def as_case(events: list[Event]) -> Row:
    """One row for a case: what its first event's row says, and all its events."""
    return {**events[0][1], EVENTS: events}


class _Sorted:
    """Events put aside on disk, to be taken out case by case: a table of events may be longer than the memory."""

    def __init__(self, disk: sqlite3.Connection) -> None:
        self.disk = disk
        disk.execute("CREATE TABLE matter (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
        disk.execute("CREATE TABLE event (matter INTEGER, number INTEGER, row TEXT)")
        self.waiting: list[tuple[str, int, str]] = []

    def put(self, name: str, number: int, row: Row) -> None:
        self.waiting.append((name, number, json.dumps(row)))
        if len(self.waiting) == _BATCH:
            self.write()

    def write(self) -> None:
        self.disk.executemany("INSERT OR IGNORE INTO matter (name) VALUES (?)", ((row[0],) for row in self.waiting))
        self.disk.executemany("INSERT INTO event SELECT id, ?2, ?3 FROM matter WHERE name = ?1", self.waiting)
        self.waiting.clear()

    def cases(self) -> Iterator[list[Event]]:
        """The events of one case after those of another, in the order of their first events."""
        self.write()
        self.disk.execute("CREATE INDEX event_of_matter ON event (matter, number)")
        now, events = None, list[Event]()
        for matter, number, row in self.disk.execute("SELECT matter, number, row FROM event ORDER BY matter, number"):
            if matter != now and events:
                yield events
                events = []
            now = matter
            events.append((number, json.loads(row)))
        if events:
            yield events


class TableLog:
    """A table of events. Putting them in order takes moments, so progress counts what has been given out after it."""

    def __init__(self, table: Source, plan: Map) -> None:
        self.table, self.plan = table, plan
        self.known = self.given = 0

    @property
    def progress(self) -> float:
        return self.given / self.known if self.known else 0.0

    def rows(self) -> Iterator[Row]:
        """One row a case. An event that names no case stands alone, to be refused."""
        with closing(sqlite3.connect("")) as disk:
            aside = _Sorted(disk)
            for number, row in enumerate(self.table.rows(), start=1):
                aside.put(said(row, self.plan.columns["external_id"]) or f"\x00{number}", number, _plain(row))
                self.known = number
            for events in aside.cases():
                self.given += len(events)
                yield as_case(events)


def _plain(row: Row) -> Row:
    """A row whose line was too long has the rest under an empty name."""
    return {str(name): value for name, value in row.items()}


class XesLog:
    """An XES file, trace by trace. What a trace says of itself is named as tables name it: `case:concept:name`."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.size = file, max(size, 1)

    @property
    def progress(self) -> float:
        return min(self.file.tell() / self.size, 1.0)

    def rows(self) -> Iterator[Row]:
        """One row a case. Raises UnreadableFile."""
        number = 0
        try:
            for trace in self._traces():
                about = {OF_CASE + name: value for name, value in _said_in(trace)}
                found = [event for event in trace if _tag(event) == "event"]
                rows = [{**about, **dict(_said_in(event))} for event in found] or [about]
                yield as_case(list(enumerate(rows, start=number + 1)))
                number += len(rows)
        except (ParseError, DefusedXmlException, EOFError) as error:
            raise UnreadableFile(what=_("It is not a sound XES file: {error}.").format(error=error)) from error

    def _traces(self) -> Iterator[Element]:
        steps: Any = iterparse(self.file, events=("start", "end"))
        log: Element | None = None
        for step, element in steps:
            if log is None:
                log = element
                if _tag(log) != "log":
                    raise UnreadableFile(what=_("It is not a sound XES file: {error}.").format(error=_tag(log)))
            elif step == "end" and _tag(element) == "trace":
                yield element
                # What has been taken is let go, so that a log may be longer than the memory.
                log.clear()


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _said_in(element: Element) -> Iterator[tuple[str, str]]:
    for child in element:
        key, value = child.get("key"), child.get("value")
        if key and value is not None and _tag(child) != "event":
            yield key, value


@contextmanager
def log_of(path: Path, plan: Map) -> Iterator[TableLog | XesLog]:
    """Open an event log. Raises UnreadableFile."""
    names = [suffix.lower() for suffix in path.suffixes[-2:]]
    if ".xes" in names:
        with opened(path) as (file, _name, size):
            yield XesLog(file, size)
        return
    with source(path, encoding=plan.encoding, delimiter=plan.delimiter) as table:
        yield TableLog(table, plan)
