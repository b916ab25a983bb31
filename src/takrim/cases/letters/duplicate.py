"""The case repeats an earlier one, where it is answered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Texts, causes, drafts, example
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

# The number of the earlier case is not told: it may be another person's.
TEXTS = Texts(
    sms=Said(
        fa="تکریم: پرونده {code} تکرار پرونده‌ای پیشین شناخته شد و همراه با آن پاسخ داده می‌شود.\n{link}",
        en="Takrim: case {code} was found to repeat an earlier one and is answered together with it.\n{link}",
    ),
    title=Said(fa="پرونده {code} تکراری شناخته شد", en="Case {code} repeats an earlier one"),
    body=Said(
        fa="""با سلام

{office} پرونده {code} را تکرار پرونده‌ای پیشین شناخت؛ پاسخ همراه با آن داده می‌شود. اگر موضوع این پرونده با آن \
یکی نیست، پرونده تازه‌ای ثبت کنید و شماره این پرونده را در آن بنویسید.

{link}""",
        en="""Hello,

{office} found that case {code} repeats an earlier one; they are answered together. If the matter is another \
one, file a new case and name the number of this one.

{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    return drafts(causes(entries), TEXTS)


PLUGIN = LetterKind(
    title=_("Found to be a repetition"),
    verbs=("case.marked_duplicate",),
    compose=_compose,
    example=example(TEXTS, fa={}, en={}),
)
