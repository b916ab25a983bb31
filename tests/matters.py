"""Matters that run their course quickly, for tests that count them."""

from __future__ import annotations

from datetime import datetime

from takrim.cases.actions_answer import Words, answer_at_once
from takrim.cases.models import Case
from takrim.orgs.actor import system
from takrim.surveys.actions import About, Said, respond
from takrim.surveys.questionnaire import questionnaire

WORDS = Words(
    outcome="upheld",
    text="کارفرما حق بیمه سه ماه را پرداخت و فهرست آن به تأمین اجتماعی رسید.",
    reason="بازرسی شد.",
    next_step="سابقه خود را در سامانه تأمین اجتماعی ببینید.",
)


def answered(case: Case, at: datetime) -> Case:
    """The case with a final answer delivered at a moment."""
    answer_at_once(case=case, words=WORDS, how="phone", by=system("test"), now=at)
    case.refresh_from_db()
    return case


def judged(case: Case, overall: int, at: datetime, *, occasion: int = 1, **scores: int) -> None:
    """The person answers the survey about a case: the mark for the whole, and others by the code of their item."""
    about = About(
        subject=case.code,
        occasion=occasion,
        unit_path=case.unit_path,
        kind=case.kind,
        channel=case.channel,
        card="",
        answered_at=case.answered_at,
    )
    marks = {questionnaire().overall: overall, **{code.replace("_", "-"): mark for code, mark in scores.items()}}
    respond(about=about, scores=marks, said=Said(), way="link", by=system("test"), now=at)
