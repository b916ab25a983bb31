"""Tells who was invited that a meeting has another time or place; the calendar file changes the same entry."""

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
        fa="تکریم: تغییر جلسه {number} {body}: {when}، {place}.\nپاسخ: {link}",
        en="Takrim: meeting {number} of {body} was changed: {when}, {place}.\nReply: {link}",
    ),
    title=Said(fa="تغییر جلسه {number} {body}: {when}", en="Meeting {number} of {body} was changed: {when}"),
    body=Said(
        fa="""{name} گرامی

با سلام. جلسه {number} {body} تغییر کرده است و اکنون چنین برگزار می‌شود:

زمان: {when}
مکان: {place}
شرکت از راه دور: {online}

اگر زمان جلسه تغییر کرده باشد، پاسخ پیشین شما دیگر معتبر نیست. لطفاً دوباره از این نشانی پاسخ دهید:
{link}""",
        en="""Dear {name},

meeting {number} of {body} was changed. It is now held as follows:

When: {when}
Where: {place}
Joining remotely: {online}

If its time has changed, your earlier reply no longer counts. Please reply anew at this address:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    yield from _meeting.written(TEXTS, entries, _meeting.of_meetings(entries), lambda row: row.person)


PLUGIN = LetterKind(
    title=_("Change of a meeting"),
    verbs=("meeting.changed",),
    compose=_compose,
    fill=_meeting.fill,
    files=_meeting.calendar_file,
    good_for=timedelta(days=3),
    example=_meeting.example(TEXTS),
)
