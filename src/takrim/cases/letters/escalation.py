"""Tells those above, at once, what was not answered in time or comes near the end that the law sets."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_office import example
from takrim.cases.letters._to_party import Texts
from takrim.letters.kind import LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: {count} تکلیف به سطح شما رسید؛ نخستین مهلت: {first}.\n{link}",
        en="Takrim: {count} duties have come up to you; the first was due {first}.\n{link}",
    ),
    title=Said(fa="{count} تکلیف نیازمند اقدام شما", en="{count} duties that need you"),
    body=Said(
        fa="""با سلام

این تکلیف‌ها در مهلت خود پاسخ داده نشده‌اند یا به پایان مهلت قانونی نزدیک‌اند و اکنون به شما اعلام می‌شوند:

{list}

آنچه در سه روز آینده اعلام خواهد شد:
{link}escalations/""",
        en="""Hello,

these duties were not answered in time, or are near the end that the law sets, and are now told to you:

{list}

What will be told in the next three days:
{link}escalations/""",
    ),
)

PLUGIN = LetterKind(title=_("Escalation"), example=example(TEXTS), good_for=timedelta(days=3))
