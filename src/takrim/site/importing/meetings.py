"""Reading meetings of other systems: Legistar-shaped JSON, one meeting a line, plain or in a gz."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import IO, Any
from xml.sax import ContentHandler, SAXParseException

from defusedxml import sax
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import TEHRAN
from takrim.base.errors import Refusal
from takrim.councils.actions_import import Brought, Came, Item
from takrim.councils.models_meetings import Attendance

LONGEST_LINE = 20_000_000
_GZIP = b"\x1f\x8b"
_ATTENDANCE = {"present": Attendance.PRESENT, "remote": Attendance.REMOTE, "absent": Attendance.ABSENT}
# Some items have no title of their own.
_TITLES = ("Title", "MatterName", "AgendaNote", "ActionText", "MatterFile")
_TEXTS = ("MatterFile", "MatterName", "ActionText", "MinutesNote")
_HELD = frozenset({"", "final", "draft", "final-addendum"})


class BadLine(Refusal):
    code = "meetings_bad_line"
    status = 422
    message = _("Line {line} of the file is not a meeting: {what}. Nothing was brought in.")


class BadXml(Refusal):
    code = "meetings_bad_xml"
    status = 422
    message = _(
        "The file is XML that is broken at line {line} ({what}), and only JSON lines can be brought in. Nothing was "
        "brought in; mend that line and turn the file into JSON lines."
    )


class NotJsonLines(Refusal):
    code = "meetings_not_json_lines"
    status = 422
    message = _("The file is XML. Only JSON lines can be brought in, one meeting a line, plain or in a gz.")


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each line and the meeting in it, one after the other. Raises BadLine, BadXml, NotJsonLines."""
    with _opened(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
            text = line.lstrip(b"\xef\xbb\xbf").strip()
            if number == 1 and text.startswith(b"<"):
                raise _xml(path)
            if text:
                yield number, _read(number, text)


def _opened(path: Path) -> gzip.GzipFile | IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return gzip.open(path, "rb") if packed else path.open("rb")


def _xml(path: Path) -> Refusal:
    """What is wrong with a file that is XML: above all, at which line it is broken."""
    try:
        with _opened(path) as file:
            sax.parse(file, ContentHandler())
    except SAXParseException as error:
        return BadXml(line=error.getLineNumber() or 0, what=error.getMessage())
    return NotJsonLines()


def _read(number: int, text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadLine(line=number, what=str(error).splitlines()[0]) from error
    for name, kinds in (("ID", (int, str)), ("BodyName", (str,)), ("Date", (str,))):
        if not isinstance(found, dict) or not isinstance(found.get(name), kinds) or found[name] == "":
            raise BadLine(line=number, what=f"“{name}” is missing or is of another kind")
    if not isinstance(found.get("Items") or [], list):
        raise BadLine(line=number, what="“Items” is no list")
    try:
        _moment(found["Date"])
    except ValueError as error:
        raise BadLine(line=number, what=str(error)) from error
    return dict(found)


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    # Without an offset it is the clock of this country.
    return moment if moment.tzinfo else moment.replace(tzinfo=TEHRAN)


def body_of(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Of the body: its name in the file, its name for people, its kind."""
    name = str(row["BodyName"]).strip()
    folded = name.lower()
    kind = "working_group" if "subcommittee" in folded or "task force" in folded else "committee"
    if "council" in folded.split() and "committee" not in folded:
        kind = "council"
    return f"legistar:{row.get('BodyID') or name}", name, kind


def meeting_of(row: Mapping[str, Any]) -> Brought:
    """The meeting in a line."""
    status = str(row.get("AgendaStatusName") or "")
    items = [one for one in row.get("Items") or [] if isinstance(one, dict)]
    roll: list[dict[str, Any]] = next((one["RollCall"] for one in items if isinstance(one.get("RollCall"), list)), [])
    return Brought(
        source=f"legistar:{row['ID']}",
        starts_at=_moment(row["Date"]),
        place=str(row.get("Location") or ""),
        title=str(row.get("Comment") or ""),
        called_off="" if status.lower() in _HELD else status,
        items=[_item(one) for one in items],
        roll=[_came(one) for one in sorted(roll, key=lambda one: _number(one.get("Sort")))],
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _item(one: Mapping[str, Any]) -> Item:
    words = {name: str(one.get(name) or "").strip() for name in (*_TITLES, *_TEXTS)}
    title = next((words[name] for name in _TITLES if words[name]), "—")
    text = "\n".join(dict.fromkeys(words[name] for name in _TEXTS if words[name] and words[name] != title))
    return Item(
        title=title,
        text=text,
        place=max(_number(one.get("AgendaSequence")), 0),
        dealt=_number(one.get("MinutesSequence")),
    )


def _came(one: Mapping[str, Any]) -> Came:
    said = str(one.get("Value") or "").strip()
    attendance = _ATTENDANCE.get(said.lower(), Attendance.EXCUSED)
    note = said if attendance == Attendance.EXCUSED else ""
    return Came(name=str(one.get("FullName") or "—"), attendance=attendance, note=note)
