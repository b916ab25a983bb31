"""One proof in a list, written directly: a page has two dozen of them, each with its pictures and its words."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from takrim.web.parts.templatetags.takrim import icon, listed, number, pill


class Used(NamedTuple):
    """Where a picture was used before: the words, and the address where it is within reach."""

    text: str
    url: str


class FileShown(NamedTuple):
    """One attachment."""

    number: int
    code: str
    kind: str
    title: str
    url: str
    used: list[Used]
    size: int = 0
    small: str = ""
    large: str = ""
    taken: str = ""
    other_day: bool = False
    camera: str = ""
    place: str = ""


class Row(NamedTuple):
    """One proof in a list."""

    id: int
    code: str
    url: str
    title: str
    unit: str
    done: str
    people: SafeString
    pill: SafeString
    at: str
    proves: list[str]
    thumbs: list[FileShown]
    more: int
    warned: int
    due: str = ""
    due_css: str = ""

    @property
    def drawn(self) -> SafeString:
        return _row(self)


def _row(row: Row) -> SafeString:
    """Its pictures, its title, what state it is in, where and when it was, what it proves."""
    return SafeString(
        f'<div class="proof-row">{_thumbs(row)}<div class="proof-words">'
        f'<a class="rows-title" id="proof_{row.id}" href="{row.url}"><bdi>{escape(row.title)}</bdi></a>'
        f'<p class="cluster small">{row.pill}{_warning(row)}<span class="muted">{_facts(row)}</span></p>'
        f"{_due(row)}{_proves(row)}</div></div>"
    )


def _facts(row: Row) -> str:
    people = f" · {row.people}" if row.people else ""
    return f"{escape(row.unit)} · {row.done}{people}"


def _warning(row: Row) -> str:
    return pill("late", _("a picture was used before")) if row.warned else ""


def _due(row: Row) -> str:
    if not row.due:
        return ""
    words = escape(_("to be completed by %(due)s") % {"due": row.due})
    return f'<p class="small {row.due_css}"><span class="due-text">{words}</span></p>'


def _proves(row: Row) -> str:
    if not row.proves:
        return ""
    things = listed(f"<bdi>{escape(title)}</bdi>" for title in row.proves)
    return f'<p class="small muted">{escape(_("Proves:"))} {things}</p>'


def _thumbs(row: Row) -> str:
    if not row.thumbs:
        return ""
    more = f'<span class="proof-paper">+{number(row.more)}</span>' if row.more else ""
    return f'<div class="proof-thumbs">{"".join(map(_thumb, row.thumbs))}{more}</div>'


def _thumb(file: FileShown) -> str:
    kind = escape(file.kind)
    if file.small:
        alt = f"{kind} {number(file.number)}"
        return f'<img src="{file.small}" alt="{alt}" loading="lazy" width="96" height="72">'
    mark = icon("link" if file.code == "link" else "attach", file.kind)
    return f'<span class="proof-paper" title="{kind}">{mark}</span>'
