"""The receipt: number, secret and promised date, at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.base.codes import pretty_secret
from takrim.cases.actions_intake import secret_of
from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example, ltr, until
from takrim.cases.models import Case
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said, mark
from takrim.letters.models import Letter

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پرونده شما ثبت شد.\nکد رهگیری: {code}\nرمز پیگیری: {secret}{until}\n{link}",
        en="Takrim: your case is registered.\nTracking code: {code}\nSecret: {secret}{until}\n{link}",
    ),
    title=Said(fa="رسید پرونده {code}", en="Receipt of case {code}"),
    body=Said(
        fa="""با سلام

پرونده شما در {office} ثبت شد.

کد رهگیری: {code}
رمز پیگیری: {secret}{until}

با این کد و رمز هر زمان می‌توانید ببینید پرونده در چه مرحله‌ای است و چه کسی باید پاسخ دهد:
{link}

کد و رمز را به دیگران ندهید: هر کس هر دو را داشته باشد، پرونده را می‌بیند.""",
        en="""Hello,

your case has been registered at {office}.

Tracking code: {code}
Secret: {secret}{until}

With this code and secret you can see at any time where the case stands and who owes the answer:
{link}

Do not pass them on: whoever has both can see the case.""",
    ),
)


def _facts(cause: Cause) -> Mapping[str, str]:
    # The secret is worked out while the letter is carried: it does not lie in the table of letters.
    return {"secret": mark("secret"), "until": until(cause.entry, cause.case.lang)}


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    return drafts(causes(entries), TEXTS, _facts)


def _fill(letter: Letter) -> Mapping[str, str]:
    case = Case.objects.only("nonce").get(code=letter.subject)
    return {"secret": _shown(secret_of(case), letter.lang)}


def _shown(secret: str, lang: str) -> str:
    return ltr(pretty_secret(secret), lang)


PLUGIN = LetterKind(
    title=_("Receipt"),
    verbs=("case.received",),
    compose=_compose,
    fill=_fill,
    example=example(
        TEXTS,
        fa={"secret": _shown("K7QM29XD", "fa"), "until": "\nپاسخ تا ۱۷ آذر ۱۴۰۵"},
        en={"secret": _shown("K7QM29XD", "en"), "until": "\nAnswer by 17 Azar 1405"},
    ),
)
