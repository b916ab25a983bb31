"""Moments as they are typed on the command line: ISO, or Jalali with or without Persian digits."""

from __future__ import annotations

from argparse import ArgumentTypeError
from collections.abc import Callable
from datetime import datetime
from functools import partial

from takrim.site.command import Say


def moment(say: Say) -> Callable[[str], datetime]:
    """What reads a moment that was typed; what it cannot read it refuses in the language that is spoken."""
    return partial(_read, say)


def _read(say: Say, text: str) -> datetime:
    """An ISO moment or a Jalali one (1405/09/03 or 1405/09/03 14:30); without a zone it is Tehran's clock."""
    from datetime import time

    from takrim.base.clock import TEHRAN
    from takrim.base.errors import Refusal
    from takrim.base.jalali import JalaliDate

    try:
        read = datetime.fromisoformat(text)
        if read.year > 1600:
            return read if read.tzinfo else read.replace(tzinfo=TEHRAN)
        raise ValueError
    except ValueError:
        day, _, clock = text.replace("T", " ").strip().partition(" ")
        try:
            at = time.fromisoformat(clock.strip() or "00:00")
            return datetime.combine(JalaliDate.parse(day).to_date(), at, TEHRAN)
        except (Refusal, ValueError):
            told = say(
                fa=f"{text!r} زمان درستی نیست؛ بنویسید 1405/09/03 یا 1405/09/03 10:00 یا 2026-11-24T10:00+03:30",
                en=f"{text!r} is no time; write 1405/09/03, 1405/09/03 10:00 or 2026-11-24T10:00+03:30",
            )
            raise ArgumentTypeError(told) from None
