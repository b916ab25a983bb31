"""The digest of the day: once a morning, all that a person is to be reminded of."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_office import example
from takrim.cases.letters._to_party import Texts
from takrim.letters.kind import LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: یادآوری {count} تکلیف؛ نخستین مهلت: {first}.\n{link}",
        en="Takrim: a reminder of {count} duties; the first is due {first}.\n{link}",
    ),
    title=Said(fa="یادآوری امروز: {count} تکلیف", en="Today's reminder: {count} duties"),
    body=Said(
        fa="""با سلام

بخشی از مهلت این تکلیف‌ها گذشته است و هنوز پاسخی داده نشده:

{list}

کارتابل:
{link}""",
        en="""Hello,

part of the time of these duties has gone by and they are not answered yet:

{list}

The cartable:
{link}""",
    ),
)

PLUGIN = LetterKind(title=_("Digest of the day"), example=example(TEXTS), good_for=timedelta(days=1))
