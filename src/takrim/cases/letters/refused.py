"""The matter was refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پرونده {code} با ذکر دلیل رد شد. با کد و رمز رسید دلیل را ببینید:\n{link}",
        en="Takrim: case {code} was refused. See the reason with the code and secret of your receipt:\n{link}",
    ),
    title=Said(fa="رد پرونده {code} با ذکر دلیل", en="Case {code} was refused"),
    body=Said(
        fa="""با سلام

{office} پرونده {code} را با این دلیل رد کرد:

{reason}

پرونده را در این صفحه می‌بینید:
{link}""",
        en="""Hello,

{office} refused case {code} for this reason:

{reason}

The case is on this page:
{link}""",
    ),
)


def _facts(cause: Cause) -> Mapping[str, str]:
    return {"reason": cause.case.reason}


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    return drafts(causes(entries), TEXTS, _facts)


PLUGIN = LetterKind(
    title=_("Refusal with reason"),
    verbs=("case.refused",),
    compose=_compose,
    example=example(
        TEXTS,
        fa={"reason": "رسیدگی به این موضوع در صلاحیت سازمان تأمین اجتماعی است."},
        en={"reason": "This is a matter for the Social Security Organization."},
    ),
)
