"""Something is missing: the person is asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.cases.models import State
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پرونده {code} کامل نیست. با کد و رمز رسید ببینید چه باید بفرستید:\n{link}",
        en="Takrim: something is missing in case {code}. See with the code and secret of your receipt what to send:\n"
        "{link}",
    ),
    title=Said(fa="پرونده {code} کامل نیست", en="Something is missing in case {code}"),
    body=Said(
        fa="""با سلام

{office} برای رسیدگی به پرونده {code} به این نیاز دارد:

{missing}

با کد و رمز رسید آن را در این صفحه بفرستید:
{link}""",
        en="""Hello,

to go on with case {code}, {office} needs this:

{missing}

Send it on this page, with the code and secret of your receipt:
{link}""",
    ),
)


def _facts(cause: Cause) -> Mapping[str, str]:
    return {"missing": cause.case.reason}


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    # Completed or ended meanwhile: nothing is wanted any more.
    still = [cause for cause in causes(entries) if cause.case.state == State.AWAITING_COMPLETION]
    return drafts(still, TEXTS, _facts)


PLUGIN = LetterKind(
    title=_("Request to complete"),
    verbs=("case.completion_asked",),
    compose=_compose,
    example=example(
        TEXTS,
        fa={"missing": "تصویر فیش حقوقی سه ماه گذشته"},
        en={"missing": "A picture of the pay slips of the last three months"},
    ),
)
