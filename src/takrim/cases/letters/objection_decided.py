"""The objection was decided: upheld or refused, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.cases.events import ObjectionUpheld
from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.cases.models import Objection
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

_UPHELD = Said(
    fa="اعتراض شما وارد دانسته شد و کارشناس دیگری از نو پاسخ می‌دهد", en="upheld; another officer answers anew"
)
_REFUSED = Said(fa="اعتراض شما وارد دانسته نشد و پاسخ پابرجاست", en="refused; the answer stands")

TEXTS = Texts(
    sms=Said(
        fa="تکریم: نتیجه اعتراض در پرونده {code}: {verdict}. دلیل آن در صفحه پرونده است:\n{link}",
        en="Takrim: your objection in case {code} was {verdict}. The reason is on the page of the case:\n{link}",
    ),
    title=Said(fa="نتیجه اعتراض در پرونده {code}", en="Your objection in case {code}"),
    body=Said(
        fa="""با سلام

نتیجه رسیدگی به اعتراض شما در پرونده {code} ({office}): {verdict}.

دلیل: {why}

{link}""",
        en="""Hello,

your objection in case {code} of {office} was {verdict}.

Reason: {why}

{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    found = causes(entries)
    rows = Objection.objects.filter(case__in=[cause.case for cause in found], decided_at__isnull=False)
    reasons = {(one.case_id, one.decided_at): one.why for one in rows}

    def facts(cause: Cause) -> Mapping[str, str]:
        verdict = _UPHELD if cause.entry.verb == ObjectionUpheld.verb else _REFUSED
        why = reasons.get((cause.case.pk, cause.entry.at), "")
        return {"verdict": verdict.in_(cause.case.lang, {}), "why": why}

    return drafts(found, TEXTS, facts)


PLUGIN = LetterKind(
    title=_("Decision on an objection"),
    verbs=("case.objection_upheld", "case.objection_refused"),
    compose=_compose,
    example=example(
        TEXTS,
        fa={"verdict": _UPHELD.fa, "why": "سند تازه درست است و باید از نو بررسی شود."},
        en={"verdict": _UPHELD.en, "why": "The new paper is right and must be examined."},
    ),
)
