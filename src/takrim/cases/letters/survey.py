"""Asks the person, a day after the answer, how they were served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.cases.actions_replies import replies_are_taken
from takrim.cases.letters._answers import answer_of, answers_of
from takrim.cases.letters._to_party import Cause, Texts, causes, drafts, example
from takrim.journal.models import Entry
from takrim.letters.kind import Draft, LetterKind, Said
from takrim.surveys import links
from takrim.surveys.questionnaire import questionnaire

# Time to read the answer first.
DELAY = timedelta(days=1)

TEXTS = Texts(
    sms=Said(
        fa="تکریم: رسیدگی به پرونده {code} چگونه بود؟ با چند پرسش کوتاه به ما بگویید:\n{survey}",
        en="Takrim: how was case {code} dealt with? Tell us in a few short questions:\n{survey}",
    ),
    title=Said(fa="رسیدگی به پرونده {code} چگونه بود؟", en="How was case {code} dealt with?"),
    body=Said(
        fa="""با سلام

{office} به پرونده {code} پاسخ داده است. لطفاً با چند پرسش کوتاه به ما بگویید کار چگونه پیش رفت:
{survey}

پاسخ شما بدون نام در آمار می‌آید و کارشناس پرونده آن را نمی‌بیند. این پیوند تا {days} روز کار می‌کند.""",
        en="""Hello,

{office} has answered case {code}. Please tell us in a few short questions how it went:
{survey}

Your answers are counted without your name, and the officer of the case does not see them. The link works for \
{days} days.""",
    ),
)

# Where a number may be sent back.
WITH_NUMBER = replace(
    TEXTS,
    sms=Said(
        fa="تکریم: رسیدگی به پرونده {code} چگونه بود؟ عددی از ۱ (بد) تا ۵ (خوب) بفرستید، یا:\n{survey}",
        en="Takrim: how was case {code} dealt with? Send a number from 1 (bad) to 5 (good), or tell us more:\n{survey}",
    ),
)


def _compose(entries: Sequence[Entry]) -> Iterable[Draft]:
    found = causes(entries)
    answers = answers_of(found)
    # An answer that was taken back since is not judged.
    known = [cause for cause in found if answer_of(answers, cause)]

    def facts(cause: Cause) -> Mapping[str, str]:
        answer = answer_of(answers, cause)
        token = links.make(cause.case.code, answer.number if answer else 0)
        days = words.number(questionnaire().open_days - DELAY.days, cause.case.lang)
        return {"survey": f"{settings.ADDRESS}/survey/{token}/", "days": days}

    return drafts(known, WITH_NUMBER if replies_are_taken() else TEXTS, facts, delay=DELAY)


_EXAMPLE = (
    "https://takrim.example.ir/survey/WyIwNTQ4MjczMTU5NyIsMV0:1wQh2D:4m0pZ2o6l3cYq8sVt7uXe1rNbGkHdJf5aLiW9yQzTxE/"
)

PLUGIN = LetterKind(
    title=_("Survey"),
    verbs=("case.answered",),
    compose=_compose,
    example=example(WITH_NUMBER, fa={"survey": _EXAMPLE, "days": "۱۳"}, en={"survey": _EXAMPLE, "days": "13"}),
)
