"""Tells somebody that they are to sit in a meeting for another, where they have an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Texts
from takrim.councils import links
from takrim.councils.letters import _meeting
from takrim.councils.models_meetings import Reply
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said
from takrim.letters.models import Letter

TEXTS = Texts(
    sms=Said(
        fa="تکریم: {name} شما را به جای خود به جلسه {number} {body} معرفی کرده است، {when}.\n{link}",
        en="Takrim: {name} sends you to meeting {number} of {body} instead, {when}.\n{link}",
    ),
    title=Said(
        fa="حضور به جای {name} در جلسه {number} {body}، {when}",
        en="You come for {name} to meeting {number} of {body}, {when}",
    ),
    body=Said(
        fa="""{substitute} گرامی

با سلام. {name} شما را به جای خود به جلسه {number} {body} معرفی کرده است.

زمان: {when}
مکان: {place}
شرکت از راه دور: {online}

دستور جلسه، پس از ورود به سامانه:
{link}""",
        en="""Dear {substitute},

{name} has named you to come to meeting {number} of {body} instead.

When: {when}
Where: {place}
Joining remotely: {online}

The agenda, once you have signed in:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    rows = [row for row in _meeting.of_invitations(entries) if row.reply == Reply.SUBSTITUTE]
    yield from _meeting.written(TEXTS, entries, rows, lambda row: row.substitute_person)


def _fill(letter: Letter) -> Mapping[str, str]:
    # Their own account is the way in: the link of the invitation stays with who was invited.
    found = _meeting.invitation_of(letter)
    return {"link": links.meeting_address(found.meeting) if found else ""}


PLUGIN = LetterKind(
    title=_("Sitting in for another"),
    verbs=("meeting.substitute_named",),
    compose=_compose,
    fill=_fill,
    files=_meeting.calendar_file,
    good_for=timedelta(days=3),
    example=_meeting.example(TEXTS, "council/meetings/05482731597/"),
)
