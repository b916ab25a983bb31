"""The signed answer goes to its person by the way that was chosen; the carrier's word about it proves its delivery."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.actions_send import came_back, go_on
from takrim.cases.delivery import LETTER, address_by, attempt_of, occasion_of
from takrim.cases.letters._answers import said
from takrim.cases.letters._to_party import Cause, Texts, causes, example, facts_of
from takrim.cases.models import Answer
from takrim.cases.objections import days_to_object
from takrim.journal.models import Entry
from takrim.letters.kind import Address, Draft, LetterKind, Said
from takrim.letters.models import Letter, Way
from takrim.orgs.actor import Actor

TEXTS = Texts(
    sms=Said(
        fa="تکریم: پاسخ پرونده {code} آماده است. با کد و رمز رسید آن را ببینید؛ "
        "از دریافت آن {days} روز برای اعتراض فرصت دارید.\n{link}",
        en="Takrim: case {code} has been answered. See it with the code and secret of your receipt; you have {days} "
        "days to object.\n{link}",
    ),
    title=Said(fa="پاسخ پرونده {code}", en="Answer to case {code}"),
    body=Said(
        fa="""با سلام

{office} به پرونده {code} پاسخ داد.

{answer}

اگر این پاسخ را نمی‌پذیرید، از دریافت آن {days} روز می‌توانید اعتراض کنید؛ کارشناس دیگری رسیدگی خواهد کرد:
{link}""",
        en="""Hello,

{office} has answered case {code}.

{answer}

If you do not accept this answer, you may object within {days} days of receiving it; another officer will look at the \
case:
{link}""",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    found = causes(entries)
    rows = Answer.objects.filter(case__in=[cause.case.pk for cause in found], approved_at__isnull=False)
    answers = {(row.case_id, row.number): row for row in rows}
    for cause in found:
        yield from _draft(cause, answers.get((cause.case.pk, cause.entry.facts["number"])))


def _draft(cause: Cause, answer: Answer | None) -> Iterator[Draft]:
    case, facts = cause.case, cause.entry.facts
    way, to = facts["how"], address_by(case, facts["how"]) if facts["how"] in set(Way) else ""
    # What went by post has no letter; an answer that was taken back since is not told.
    if not to or answer is None:
        return
    known: Mapping[str, str] = {
        **facts_of(case),
        "answer": said(answer, case.lang),
        "days": words.number(days_to_object(case.unit_path), case.lang),
    }
    title, body = TEXTS.of(Way(way), case.lang, known)
    yield Draft(
        address=Address(way=Way(way), to=to, lang=case.lang),
        subject=case.code,
        occasion=occasion_of(facts["attempt"]),
        unit_path=case.unit_path,
        title=title,
        body=body,
        at=cause.entry.at,
    )


def _lost(letter: Letter, by: Actor, now: datetime) -> None:
    """An attempt that is on its way hears of it by the job; one that had counted as arrived is told here."""
    attempt = attempt_of(letter)
    if attempt is not None and attempt.reached_at is not None:
        came_back(attempt=attempt, why=str(_("came back afterwards")), by=by, now=now)


def _again(letter: Letter, by: Actor, now: datetime) -> None:
    attempt = attempt_of(letter)
    if attempt is not None:
        go_on(attempt=attempt, by=by, now=now)


PLUGIN = LetterKind(
    title=_("Answer, on its way"),
    verbs=("case.sent_out",),
    compose=_compose,
    lost=_lost,
    again=_again,
    example=example(
        TEXTS,
        fa={"answer": "نتیجه: آنچه خواسته بودید انجام شد\n\nحقوق معوق پرداخت شد.", "days": "۱۰"},
        en={"answer": "Result: What you asked for was done\n\nThe wages were paid.", "days": "10"},
    ),
)
assert __name__.endswith(LETTER)
