"""Reminds an office of what will soon be due."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_office import example
from takrim.cases.letters._to_party import Texts
from takrim.letters.kind import LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: مهلت {count} تکلیف اداره شما رو به پایان است؛ نخستین سررسید {first}.\n{link}",
        en="Takrim: {count} duties of your office will soon be due; the first: {first}.\n{link}",
    ),
    title=Said(fa="یادآوری: مهلت {count} تکلیف رو به پایان است", en="Reminder: {count} duties will soon be due"),
    body=Said(
        fa="""با سلام

مهلت این تکلیف‌های اداره شما رو به پایان است:

{list}

کارتابل:
{link}""",
        en="""Hello,

these duties of your office will soon be due:

{list}

The cartable:
{link}""",
    ),
)

PLUGIN = LetterKind(title=_("Due soon"), example=example(TEXTS), good_for=timedelta(days=2))
