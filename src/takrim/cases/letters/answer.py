"""The answer: by SMS that it is there, by mail the answer itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.letters._answers import answer_of, answers_of
from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.cases.models import Answer, Outcome
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

OUTCOMES = {
    Outcome.UPHELD: Said(fa="خواسته شما وارد دانسته شد", en="Your claim was found right"),
    Outcome.NOT_UPHELD: Said(fa="خواسته شما وارد دانسته نشد", en="Your claim was not found right"),
    Outcome.PARTLY: Said(fa="بخشی از خواسته شما وارد دانسته شد", en="Your claim was found partly right"),
    Outcome.GUIDED: Said(fa="راهنمایی شدید", en="You were shown the way"),
    Outcome.SERVED: Said(fa="آنچه خواسته بودید انجام شد", en="What you asked for was done"),
    Outcome.DENIED: Said(fa="با درخواست شما موافقت نشد", en="What you asked for was denied"),
}
_PARTS = (
    ("outcome", Said(fa="نتیجه: {part}", en="Result: {part}")),
    ("text", Said(fa="{part}", en="{part}")),
    ("reason", Said(fa="دلیل: {part}", en="Reason: {part}")),
    ("legal_ground", Said(fa="مستند قانونی: {part}", en="Legal ground: {part}")),
    ("next_step", Said(fa="گام بعدی: {part}", en="Next step: {part}")),
)


def _words(answer: Answer | None, lang: str) -> str:
    """The answer as a mail says it: its parts that are not empty."""
    if answer is None:
        return ""
    parts = {name: getattr(answer, name) for name, _said in _PARTS}
    parts["outcome"] = OUTCOMES[Outcome(answer.outcome)].in_(lang, {})
    return "\n\n".join(said.in_(lang, {"part": parts[name]}) for name, said in _PARTS if parts[name])


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    found = causes(entries)
    answers = answers_of(found)

    def facts(cause: Cause) -> Mapping[str, str]:
        lang = cause.case.lang
        last_day = words.date(last_moment(cause.case.unit_path, cause.entry.at), lang)
        return {"answer": _words(answer_of(answers, cause), lang), "last_day": last_day}

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
