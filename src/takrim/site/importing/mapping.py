"""The map: which column of a file means what, and which word of the file is which of ours. Its form: docs/import.md."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.channels.channel import CHANNELS

COLUMNS = (
    "external_id",
    "opened",
    "due",
    "closed",
    "unit",
    "subject",
    "channel",
    "status",
    "text",
    "answer",
    "latitude",
    "longitude",
)
STATUSES = ("open", "closed", "refused", "withdrawn")
EVERY_OTHER = "*"


class BadMap(Refusal):
    code = "bad_map"
    status = 422
    message = _("The map cannot be used. {what}")


@dataclass(frozen=True)
class Notes:
    """Where a row's dated notes are; which mean that another office was asked or replied, or that the matter ended."""

    column: str
    datetime: str
    kind: str
    unit: str
    text: str
    link: str
    asked: frozenset[str]
    replied: frozenset[str]
    closed: frozenset[str]


@dataclass(frozen=True)
class Events:
    """How an event log names what an event says. Without `group` every event is the office's own."""

    time: str
    activity: str
    who: str
    group: str
    owner: str
    nobody: frozenset[str]
    ended: frozenset[str]


@dataclass(frozen=True)
class Map:
    """A map as it was read. `columns` name columns of the file; `text` may be several."""

    encoding: str
    delimiter: str
    zone: ZoneInfo
    source: str
    columns: Mapping[str, str]
    texts: tuple[str, ...]
    formats: tuple[str, ...]
    channels: Mapping[str, str]
    statuses: Mapping[str, str]
    under: str
    create: bool
    kind: str = "report"
    notes: Notes | None = None
    events: Events | None = None


def _table(raw: Mapping[str, Any], name: str, allowed: tuple[str, ...]) -> dict[str, Any]:
    table = raw.get(name, {})
    if not isinstance(table, dict):
        raise BadMap(what=_("[{name}] must be a table.").format(name=name))
    for key in table:
        if allowed and key not in allowed:
            what = _("[{name}] has “{key}”, which means nothing. Possible: {possible}.")
            raise BadMap(what=what.format(name=name, key=key, possible=", ".join(allowed)))
    return table


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadMap(what=_("There is no time zone “{name}”.").format(name=name)) from error


def _values(raw: Mapping[str, Any], name: str, possible: tuple[str, ...]) -> dict[str, str]:
    values = _table(_table(raw, "values", ("channel", "status")), name, ())
    for word, ours in values.items():
        if ours not in possible:
            what = _("[values.{name}] turns “{word}” into “{ours}”. Possible: {possible}.")
            raise BadMap(what=what.format(name=name, word=word, ours=ours, possible=", ".join(possible)))
    return {word.strip().casefold(): ours for word, ours in values.items()}


def _notes(raw: Mapping[str, Any]) -> Notes | None:
    keys = ("column", "datetime", "kind", "unit", "text", "link", "asked", "replied")
    table = _table(raw, "notes", (*keys, "closed"))
    if not table:
        return None
    missing = [key for key in keys if key not in table]
    if missing:
        raise BadMap(what=_("[notes] lacks {missing}.").format(missing=", ".join(missing)))
    return Notes(
        column=str(table["column"]),
        datetime=str(table["datetime"]),
        kind=str(table["kind"]),
        unit=str(table["unit"]),
        text=str(table["text"]),
        link=str(table["link"]),
        asked=frozenset(table["asked"]),
        replied=frozenset(table["replied"]),
        closed=frozenset(table.get("closed", ())),
    )


def _events(raw: Mapping[str, Any]) -> Events:
    names = ("time", "activity", "who", "group")
    table = _table(raw, "events", (*names, "owner", "nobody", "ended"))
    missing = [name for name in ("time", "activity") if not table.get(name)]
    if missing:
        raise BadMap(what=_("[events] lacks {missing}.").format(missing=", ".join(missing)))
    time, activity, who, group = (str(table.get(name, "")) for name in names)
    owner = str(table.get("owner", ""))
    if not owner and not raw.get("columns", {}).get("unit"):
        raise BadMap(what=_("Nothing says which office answers: [columns] unit or [events] owner."))
    return Events(
        time=time,
        activity=activity,
        who=who,
        group=group,
        owner=owner,
        nobody=frozenset(table.get("nobody", ())),
        ended=frozenset(table.get("ended", ())),
    )


def read_log_map(path: Path) -> Map:
    """Read and check the map of an event log: [columns] is about the case, [events] about what happened to it."""
    raw = _toml(path)
    return replace(_plan(raw, path.stem, needed=("external_id",)), events=_events(raw))


def read_map(path: Path) -> Map:
    """Read and check a map. Raises BadMap with a sentence that says what to change."""
    return _plan(_toml(path), path.stem, needed=("external_id", "opened", "unit"))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadMap(what=_("{path} could not be read.").format(path=path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadMap(what=_("{path} is not a TOML file: {error}.").format(path=path, error=error)) from error


def _plan(raw: dict[str, Any], name: str, *, needed: tuple[str, ...]) -> Map:
    file = _table(raw, "file", ("encoding", "delimiter", "timezone", "source", "kind"))
    columns = _table(raw, "columns", COLUMNS)
    texts = columns.pop("text", ())
    for column in needed:
        if not columns.get(column):
            raise BadMap(what=_("[columns] lacks {name}.").format(name=column))
    units = _table(raw, "units", ("under", "create"))
    if not str(units.get("under", "")).endswith("/"):
        raise BadMap(what=_("[units] under must be the path of an office and end with a slash: ir/alborz/."))
    formats = _table(raw, "formats", ("datetime",)).get("datetime", [])
    return Map(
        encoding=file.get("encoding", "utf-8-sig"),
        delimiter=file.get("delimiter", ","),
        zone=_zone(file.get("timezone", "Asia/Tehran")),
        source=file.get("source") or name,
        kind=file.get("kind", "report"),
        columns={key: str(column) for key, column in columns.items()},
        texts=(texts,) if isinstance(texts, str) else tuple(texts),
        formats=(formats,) if isinstance(formats, str) else tuple(formats),
        channels=_values(raw, "channel", tuple(CHANNELS.items)),
        statuses=_values(raw, "status", STATUSES),
        under=units["under"],
        create=bool(units.get("create", False)),
        notes=_notes(raw),
    )
