"""What happened, as a list; written directly, since pages of cases have a dozen lines of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from django.utils.html import escape, linebreaks
from django.utils.safestring import SafeString

from takrim.base import clock, words


class Event(Protocol):
    """One line. It may also have `tone` (a class tone-…) and `note` (words below the line)."""

    @property
    def at(self) -> datetime: ...

    @property
    def sentence(self) -> str: ...

    @property
    def by(self) -> str: ...


def drawn(events: Iterable[Event], lang: str) -> SafeString:
    """The events in the order given."""
    return SafeString(f'<ol class="timeline">{"".join(_line(event, lang) for event in events)}</ol>')


def _line(event: Event, lang: str) -> str:
    tone, note = getattr(event, "tone", ""), getattr(event, "note", "")
    by = f" · <bdi>{escape(event.by)}</bdi>" if event.by else ""
    return (
        f'<li class="timeline-item{f" tone-{tone}" if tone else ""}"><p class="timeline-what">{escape(event.sentence)}'
        f"</p>{_note(note) if note else ''}"
        f'<p class="timeline-when"><time datetime="{clock.local(event.at).isoformat()}">'
        f"{words.datetime(event.at, lang)}</time>{by}</p></li>\n"
    )


def _note(note: str) -> str:
    return f'<div class="timeline-note">{linebreaks(note, autoescape=True)}</div>'
