"""The periods of bodies as the duty calendar draws them, twelve months wide.

Written here: a template would take as long for their cells, of which a year has hundreds, as for all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from takrim.base import words
from takrim.base.period import Period
from takrim.councils.calendar import Cell, Met, Stand
from takrim.web.parts.templatetags.takrim import language, pill


def drawn(cells: Iterable[Cell]) -> SafeString:
    """The periods of one body in a year."""
    lang = language()
    of = _words(lang)
    return SafeString(f'<ol class="periods">{"".join(_cell(cell, of, lang) for cell in cells)}</ol>')


class _Words(NamedTuple):
    """What all cells of a page have in common."""

    by: str
    pills: Mapping[str, str]


@lru_cache(maxsize=2)
def _words(_lang: str) -> _Words:
    return _Words(escape(_("by %(day)s")), {stand: pill(f"period_{stand}") for stand in Stand})


@lru_cache(maxsize=1024)
def _title(period: Period, lang: str) -> str:
    return f'<span class="period-title">{escape(period.title(lang))}</span>'


def _cell(cell: Cell, of: _Words, lang: str) -> str:
    count = ""
    if cell.needed > 1:
        held, needed = words.number(cell.held, lang), words.number(cell.needed, lang)
        count = f' <span class="num small">{held}/{needed}</span>'
    return (
        f'<li class="period period-{cell.stand} months-{cell.months}">{_title(cell.period, lang)}'
        f"{of.pills[cell.stand]}{count}{_below(cell, of.by, lang)}</li>"
    )


def _below(cell: Cell, by: str, lang: str) -> str:
    """The meetings; where there are none, by when there must be one."""
    if cell.meetings:
        return _meetings(cell.meetings, lang)
    if cell.stand == Stand.BEFORE:
        return ""
    return f'<small class="muted">{by % {"day": words.date(cell.due_on, lang)}}</small>'


def _meetings(meetings: Sequence[Met], lang: str) -> str:
    return "".join(
        f'<a class="period-meeting" href="/council/meetings/{one.code}/">{words.date(one.day, lang)}</a>'
        for one in meetings
    )
