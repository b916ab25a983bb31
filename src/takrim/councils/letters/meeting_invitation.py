"""The invitation to a meeting, with its calendar file and a link that takes the reply."""

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
        fa="تکریم: دعوت به جلسه {number} {body}، {when}.\nپاسخ: {link}",
        en="Takrim: you are invited to meeting {number} of {body}, {when}.\nReply: {link}",
    ),
    title=Said(fa="دعوت به جلسه {number} {body}، {when}", en="Invitation to meeting {number} of {body}, {when}"),
    body=Said(
        fa="""{name} گرامی

با سلام. شما به جلسه {number} {body} دعوت شده‌اید.

زمان: {when}
مکان: {place}
شرکت از راه دور: {online}

لطفاً از این نشانی پاسخ دهید که می‌آیید، نمی‌آیید یا جانشین می‌فرستید. دستور جلسه نیز همان‌جاست:
{link}

این پیوند برای شماست؛ آن را به دیگری ندهید.""",
        en="""Dear {name},

you are invited to meeting {number} of {body}.

When: {when}
Where: {place}
Joining remotely: {online}

Please say at this address whether you come, cannot come, or send a substitute. The agenda is there too:
{link}

The link is for you only; do not pass it on.""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    all_at_once = [entry for entry in entries if entry.verb == "meeting.invited"]
    yield from _meeting.written(TEXTS, all_at_once, _meeting.of_meetings(all_at_once), lambda row: row.person)
    # A guest of a meeting that is only planned is invited with all the others.
    later = [entry for entry in entries if entry.verb == "meeting.guest_invited"]
    guests = [row for row in _meeting.of_invitations(later) if row.invited_at is not None]
    yield from _meeting.written(TEXTS, later, guests, lambda row: row.person)


PLUGIN = LetterKind(
    title=_("Invitation to a meeting"),
    verbs=("meeting.invited", "meeting.guest_invited"),
    compose=_compose,
    fill=_meeting.fill,
    files=_meeting.calendar_file,
    good_for=timedelta(days=3),
    example=_meeting.example(TEXTS),
)
