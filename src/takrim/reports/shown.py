"""A comparison of a report with today, in sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from takrim.base import words
from takrim.journal.event import EVENTS
from takrim.reports.cells import EXACT, Cell, Kind
from takrim.reports.chapter import CHAPTERS
from takrim.reports.telling import write


@dataclass(frozen=True)
class Difference:
    """One figure that is another one now, in words."""

    chapter: str
    table: str
    row: str
    column: str
    before: str
    now: str


def shown_differences(found: Mapping[str, Any], lang: str) -> list[Difference]:
    """The kept differences of a comparison; those of a chapter that is gone stay out."""
    return [_difference(line, lang) for line in found.get("differences", ()) if line["chapter"] in CHAPTERS]


def _difference(line: Mapping[str, Any], lang: str) -> Difference:
    chapter = CHAPTERS[line["chapter"]]
    table = chapter.table(line["table"])
    column, kind = table.columns[table.place(line["column"])], Kind(line["kind"])
    before, now = (write(kind, _cell(kind, line[side]), lang) for side in ("before", "now"))
    return Difference(str(chapter.title), str(table.title), line["row"][lang], str(column.title), before, now)


def _cell(kind: Kind, cell: Any) -> Cell:
    return Fraction(cell) if cell is not None and kind in EXACT else cell


def shown_causes(found: Mapping[str, Any], lang: str) -> list[tuple[str, str, str]]:
    """What was recorded since: a name for the kind of event, how often, and when."""
    return [
        (
            name_of(cause["verb"]),
            words.number(cause["count"], lang),
            _("{first} to {last}").format(
                first=words.date(datetime.fromisoformat(cause["first"]), lang),
                last=words.date(datetime.fromisoformat(cause["last"]), lang),
            ),
        )
        for cause in found.get("causes", ())
    ]


def name_of(verb: str) -> str:
    """The sentence of an event without its facts: what kind of thing happened."""
    event = EVENTS.get(verb)
    return re.sub(r"\{\w+\}", "…", str(event.sentence)) if event else verb


def comparison(found: Mapping[str, Any], lang: str) -> list[str]:
    """All of a comparison as lines of text."""
    if found["same"]:
        return [_("Computed again, every figure is the same as in the signed report.")]
    count = len(found["differences"]) + found["more"]
    lines = [
        ngettext(
            "Computed again, {count} figure differs from the signed report:",
            "Computed again, {count} figures differ from the signed report:",
            count,
        ).format(count=words.number(count, lang))
    ]
    lines += [
        f"  {one.chapter} / {one.table} / {one.row} / {one.column}: {one.before} → {one.now}"
        for one in shown_differences(found, lang)
    ]
    causes = shown_causes(found, lang)
    if causes:
        lines.append(_("What was recorded since it was computed:"))
        lines += [f"  {count} × {sentence} ({when})" for sentence, count, when in causes]
    return lines
