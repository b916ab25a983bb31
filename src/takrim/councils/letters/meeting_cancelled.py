"""Tells who was invited that a meeting was called off, and why; the calendar file takes its entry out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Texts
from takrim.councils.letters import _meeting
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: جلسه {number} {body} در {when} لغو شد. دلیل: {why}",
        en="Takrim: meeting {number} of {body} on {when} was called off. Reason: {why}",
    ),
    title=Said(fa="لغو جلسه {number} {body}، {when}", en="Meeting {number} of {body} was called off, {when}"),
    body=Said(
        fa="""{name} گرامی

با سلام. جلسه {number} {body} که قرار بود در {when} برگزار شود، لغو شد.

دلیل: {why}

زمان جلسه بعدی جداگانه به شما اعلام می‌شود.""",
        en="""Dear {name},

meeting {number} of {body}, planned for {when}, was called off.

Reason: {why}

You will be told when the next one is.""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    yield from _meeting.written(TEXTS, entries, _meeting.of_meetings(entries), lambda row: row.person)


PLUGIN = LetterKind(
    title=_("Meeting called off"),
    verbs=("meeting.cancelled",),
    compose=_compose,
    files=_meeting.calendar_file,
    good_for=timedelta(days=3),
    example=_meeting.example(TEXTS),
)
