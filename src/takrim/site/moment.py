"""Moments as they are typed on the command line: ISO, or Jalali with or without Persian digits."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import datetime


def moment(text: str) -> datetime:
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
            raise ArgumentTypeError(f"{text!r}: 2026-11-24T10:00+03:30, 1405/09/03, 1405/09/03 10:00") from None
