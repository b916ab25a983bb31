"""Tells an office, and the one above it, what has not been answered in time."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_office import example
from takrim.cases.letters._to_party import Texts
from takrim.letters.kind import LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: مهلت {count} تکلیف اداره شما یا اداره‌های تابعه گذشته است؛ کهنه‌ترین: {first}.\n{link}",
        en="Takrim: {count} duties of your office or those below it are overdue; the oldest: {first}.\n{link}",
    ),
    title=Said(fa="{count} تکلیف معوق", en="{count} overdue duties"),
    body=Said(
        fa="""با سلام

مهلت این تکلیف‌های اداره شما یا اداره‌های تابعه گذشته و هنوز پاسخی داده نشده است:

{list}

کارتابل:
{link}""",
        en="""Hello,

these duties of your office or of those below it are past their date and not answered yet:

{list}

The cartable:
{link}""",
    ),
)

PLUGIN = LetterKind(title=_("Overdue"), example=example(TEXTS), good_for=timedelta(days=3))
