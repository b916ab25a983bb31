"""The answer that was given by hand: by SMS that it can be read again, by mail the answer itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.delivery import READ, SENT
from takrim.cases.letters._answers import answer_of, answers_of, said
from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.cases.objections import last_moment
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پاسخ پرونده {code} آماده است. با کد و رمز رسید آن را ببینید؛ تا {last_day} می‌توانید اعتراض کنید.\n"
        "{link}",
        en="Takrim: case {code} has been answered. See it with the code and secret of your receipt; you may object "
        "until {last_day}.\n{link}",
    ),
    title=Said(fa="پاسخ پرونده {code}", en="Answer to case {code}"),
    body=Said(
        fa="""با سلام

{office} به پرونده {code} پاسخ داد.

{answer}

اگر این پاسخ را نمی‌پذیرید، تا {last_day} می‌توانید اعتراض کنید؛ کارشناس دیگری رسیدگی خواهد کرد:
{link}""",
        en="""Hello,

{office} has answered case {code}.

{answer}

If you do not accept this answer, you may object until {last_day}; another officer will look at the case:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    # Whom the answer itself was sent, or who has read it, is not told of it again.
    found = causes([entry for entry in entries if entry.facts.get("how") not in {*SENT, READ}])
    answers = answers_of(found)

    def facts(cause: Cause) -> Mapping[str, str]:
        lang, answer = cause.case.lang, answer_of(answers, cause)
        last_day = words.date(last_moment(cause.case.unit_path, cause.entry.at), lang)
        return {"answer": said(answer, lang) if answer else "", "last_day": last_day}

    return drafts(found, TEXTS, facts)


PLUGIN = LetterKind(
    title=_("Answer"),
    verbs=("case.answered",),
    compose=_compose,
    example=example(
        TEXTS,
        fa={"answer": "نتیجه: آنچه خواسته بودید انجام شد\n\nحقوق معوق پرداخت شد.", "last_day": "۱۷ آذر ۱۴۰۵"},
        en={"answer": "Result: What you asked for was done\n\nThe wages were paid.", "last_day": "17 Azar 1405"},
    ),
)
