"""The objection was received: another officer answers until a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example, until
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: اعتراض شما در پرونده {code} ثبت شد. کارشناس دیگری رسیدگی می‌کند.{until}\n{link}",
        en="Takrim: your objection in case {code} is registered. Another officer looks at it.{until}\n{link}",
    ),
    title=Said(fa="ثبت اعتراض در پرونده {code}", en="Objection in case {code}"),
    body=Said(
        fa="""با سلام

اعتراض شما به پاسخ پرونده {code} ثبت شد. در {office} کارشناس دیگری به آن رسیدگی می‌کند.{until}

{link}""",
        en="""Hello,

your objection to the answer of case {code} has been registered. Another officer of {office} looks at the case.{until}

{link}""",
    ),
)


def _facts(cause: Cause) -> Mapping[str, str]:
    return {"until": until(cause.entry, cause.case.lang)}


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    return drafts(causes(entries), TEXTS, _facts)


PLUGIN = LetterKind(
    title=_("Receipt of an objection"),
    verbs=("case.reopened",),
    compose=_compose,
    example=example(TEXTS, fa={"until": "\nپاسخ تا ۱۷ آذر ۱۴۰۵"}, en={"until": "\nAnswer by 17 Azar 1405"}),
)
