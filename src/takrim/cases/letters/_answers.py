"""Which answer an event was about, and what it says in a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from takrim.cases.letters._to_party import Cause
from takrim.cases.models import Answer, Outcome
from takrim.letters.kind import Said

Delivered = dict[tuple[int, datetime], Answer]


def answers_of(found: Sequence[Cause]) -> Delivered:
    """The delivered answers of these cases. One query."""
    rows = Answer.objects.filter(case__in=[cause.case.pk for cause in found], delivered_at__isnull=False)
    return {(row.case_id, row.delivered_at): row for row in rows if row.delivered_at}


def answer_of(answers: Delivered, cause: Cause) -> Answer | None:
    """The answer whose delivery the event tells."""
    return answers.get((cause.case.pk, cause.entry.at))


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


def said(answer: Answer, lang: str) -> str:
    """The answer as a mail says it: its parts that are not empty."""
    parts = {name: getattr(answer, name) for name, _words in _PARTS}
    parts["outcome"] = OUTCOMES[Outcome(answer.outcome)].in_(lang, {})
    return "\n\n".join(words.in_(lang, {"part": parts[name]}) for name, words in _PARTS if parts[name])
