"""The case does not repeat an earlier one after all, and gets an answer of its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example, until
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پرونده {code} تکراری نیست و جداگانه پاسخ داده می‌شود.{until}\n{link}",
        en="Takrim: case {code} does not repeat another one and gets its own answer.{until}\n{link}",
    ),
    title=Said(fa="پرونده {code} جداگانه رسیدگی می‌شود", en="Case {code} gets an answer of its own"),
    body=Said(
        fa="""با سلام

پیش‌تر به شما گفته شد که پرونده {code} تکرار پرونده‌ای دیگر است. {office} در بررسی دوباره دریافت که چنین نیست؛ این \
پرونده جداگانه رسیدگی می‌شود و مهلت پاسخ همان است که در آغاز وعده داده شده بود.{until}

{link}""",
        en="""Hello,

you were told that case {code} repeats another one. {office} has looked again and found that it does not: it gets an \
answer of its own, by the date that was promised at first.{until}

{link}""",
    ),
)


def _facts(cause: Cause) -> Mapping[str, str]:
    return {"until": until(cause.entry, cause.case.lang)}


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    return drafts(causes(entries), TEXTS, _facts)


PLUGIN = LetterKind(
    title=_("Not a repetition after all"),
    verbs=("case.separated",),
    compose=_compose,
    example=example(TEXTS, fa={"until": "\nپاسخ تا ۱۷ آذر ۱۴۰۵"}, en={"until": "\nAnswer by 17 Azar 1405"}),
)
