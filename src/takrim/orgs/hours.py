"""Opening hours as people type them: «۷:۳۰ تا ۱۲، ۱۳ تا ۱۵», and the one form in which they are kept."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import InWords, Refusal
from takrim.base.persian import ascii_digits, persian_digits
from takrim.base.workdays import Span, Spans

_EXAMPLE: Final = "07:30-12:00, 13:00-15:00"
EXAMPLE: Final = InWords(fa=persian_digits(_EXAMPLE.replace(",", "،")), en=_EXAMPLE)
MIDNIGHT: Final = time()
_WHOLE_DAY: Final = 24 * 60
_SPAN: Final = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?")
_TO: Final = re.compile(r"[–—−~]|تا|to")


class HoursUnclear(Refusal):
    code = "hours_unclear"
    status = 422
    message = _("Write the opening hours like {example}; several spans are parted by a comma. Empty means closed.")


class NoSuchHour(Refusal):
    code = "no_such_hour"
    status = 422
    message = _("There is no such hour in {span}. Hours go from 00:00 to 24:00.")


class EndsBeforeStart(Refusal):
    code = "hours_end_before_start"
    status = 422
    message = _("{span} ends before it begins. Write the earlier hour first.")


class HoursOverlap(Refusal):
    code = "hours_overlap"
    status = 422
    message = _("{first} and {second} overlap. Let the second begin when the first is over.")


def read_hours(text: str) -> Spans:
    """What was typed as spans in order; an empty text is none."""
    bare = _TO.sub("-", ascii_digits(text)).replace("،", ",").replace("٫", ":")
    parts = [part for part in re.sub(r"\s", "", bare).split(",") if part]
    spans = tuple(sorted((_span(part) for part in parts), key=lambda span: span.start))
    for before, after in pairwise(spans):
        if before.end == MIDNIGHT or after.start < before.end:
            raise HoursOverlap(first=_said(before), second=_said(after))
    return spans


def _span(part: str) -> Span:
    found = _SPAN.fullmatch(part)
    if found is None:
        raise HoursUnclear(example=EXAMPLE)
    start, end = _minutes(found[1], found[2], part), _minutes(found[3], found[4], part)
    if start >= (end or _WHOLE_DAY):
        raise EndsBeforeStart(span=_digits(part))
    return Span(_clock(start), _clock(end))


def _minutes(hour: str, minute: str | None, part: str) -> int:
    minutes = int(hour) * 60 + int(minute or 0)
    if minutes > _WHOLE_DAY or int(minute or 0) > 59:
        raise NoSuchHour(span=_digits(part))
    return minutes


def _clock(minutes: int) -> time:
    """24:00 is the midnight that ends the day, and is kept as 00:00."""
    return time(minutes // 60 % 24, minutes % 60)


def _digits(text: str) -> InWords:
    return InWords(fa=persian_digits(text), en=text)


def said(spans: Spans) -> str:
    """Spans in their one form, «07:30-12:00,13:00-15:00», in Latin digits."""
    return ",".join(f"{span.start:%H:%M}-{_end(span)}" for span in spans)


def _end(span: Span) -> str:
    return "24:00" if span.end == MIDNIGHT else f"{span.end:%H:%M}"


def _said(span: Span) -> InWords:
    return _digits(said((span,)))


def read_spans(text: str) -> Spans:
    """Spans as they are kept; an empty text is none. Raises ValueError."""
    pairs = [part.split("-") for part in text.split(",") if part]
    return tuple(Span(time.fromisoformat(start), _kept(end)) for start, end in pairs)


def _kept(end: str) -> time:
    return MIDNIGHT if end == "24:00" else time.fromisoformat(end)
