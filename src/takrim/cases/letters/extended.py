"""An interim answer: the answer takes longer, until when and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.duties.models import TimeNote
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پاسخ پرونده {code} تا {date} به شما داده می‌شود. دلیل تمدید را با کد و رمز رسید ببینید:\n{link}",
        en="Takrim: case {code} will be answered by {date}. See why with the code and secret of your receipt:\n{link}",
    ),
    title=Said(fa="پاسخ موقت پرونده {code}", en="Interim answer to case {code}"),
    body=Said(
        fa="""با سلام

رسیدگی {office} به پرونده {code} به زمان بیشتری نیاز دارد و پاسخ تا {date} داده می‌شود. دلیل:

{reason}

پرونده را در این صفحه می‌بینید:
{link}""",
        en="""Hello,

{office} needs more time for case {code} and will answer by {date}. The reason:

{reason}

The case is on this page:
{link}""",
    ),
)


def _facts(cause: Cause) -> Mapping[str, str]:
    facts = cause.entry.facts
    note = TimeNote.objects.filter(duty_id=facts["duty"], what="extension", at=cause.entry.at).first()
    until = facts.get("due") or facts["until"]
    return {
        "date": words.date(datetime.fromisoformat(until), cause.case.lang),
        "reason": note.why if note else "",
    }


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    return drafts(causes(entries), TEXTS, _facts)


PLUGIN = LetterKind(
    title=_("Interim answer"),
    verbs=("duty.extended",),
    compose=_compose,
    example=example(
        TEXTS,
        fa={"date": "۲۰ آذر ۱۴۰۵", "reason": "بازدید از کارگاه هنوز انجام نشده است."},
        en={"date": "20 Azar 1405", "reason": "The workplace has not been visited yet."},
    ),
)
