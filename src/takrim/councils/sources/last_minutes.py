"""The minutes of the last meeting, to be approved first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import InWords
from takrim.base.jalali import in_words
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting
from takrim.councils.models_minutes import Minutes
from takrim.councils.source import Asking, Risen, Source


def find(asking: Asking, now: datetime) -> Sequence[Risen]:
    """One item where the body has met before and has not dealt with those minutes since."""
    earlier = Meeting.objects.took_place().filter(body_id=asking.body, starts_at__lt=asking.at)
    last = earlier.exclude(pk=asking.meeting).order_by("-starts_at").first()
    if last is None:
        return ()
    key = f"minutes:{last.code}"
    dealt_with = AgendaItem.objects.accepted().filter(body_id=asking.body, about=key)
    if dealt_with.filter(meeting__in=earlier).exists():
        return ()
    day = in_words(local_date(last.starts_at))
    number = Minutes.objects.filter(meeting=last).values_list("number", flat=True).first()
    title = InWords(f"تصویب صورتجلسهٔ پیشین ({day.fa})", f"Approval of the minutes of the last meeting ({day.en})")
    note = InWords(f"شمارهٔ {number}", f"Number {number}") if number else InWords("", "")
    return (Risen(key=key, title=title, note=note, minutes=5),)


PLUGIN = Source(title=_("Last minutes"), place=10, find=find, most=1)
