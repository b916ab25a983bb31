"""What people say after the answer: marks by several ways, thanks and blame by name, SMS that nobody understands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from takrim.cases.actions_calls import (
    answered,
    declined,
    draw_calls,
    nobody_replied,
    take_if_any,
    wrong_number,
)
from takrim.cases.actions_praise import Said, praise
from takrim.cases.actions_replies import SURVEY, take_reply
from takrim.cases.judging import BAD_MARK, GOOD_MARK, judge
from takrim.cases.models import Answer
from takrim.indicators.figures import local_month
from takrim.letters.models import Letter, Way
from takrim.orgs.actor import Actor, system
from takrim.site.demo.texts import FOLDER, read
from takrim.surveys.questionnaire import questionnaire

# How people answer the survey, story by story; every third thanks somebody, every fourth bad mark blames somebody.
_WAYS = ("web", "sms", "web", "tablet", "web", "call", "web", "sms")
_THANKS, _BLAMES = 3, 4


@dataclass(frozen=True)
class Marked:
    """What one story's person thinks of the answer."""

    story: int
    scores: dict[str, int]
    comment: str


@cache
def _voices() -> dict[str, Any]:
    return read(FOLDER / "voices.toml")


def speak(answer: Answer, marked: Marked, *, by: Actor, now: datetime) -> None:
    """The person answers the survey in one of the ways."""
    story, scores, comment, way = marked.story, marked.scores, marked.comment, _WAYS[marked.story % len(_WAYS)]
    overall = scores[questionnaire().overall]
    if way == "sms":
        # One number, and no more.
        scores, comment = {questionnaire().overall: overall}, ""
    elif overall <= BAD_MARK and story % _BLAMES == 0:
        said = _voices()["blame"][story % len(_voices()["blame"])]
        comment = said.format(name=answer.drafted_name, family=answer.drafted_name.partition(" ")[2])
    judge(answer=answer, scores=scores, comment=comment, way=way, by=by, now=now)
    if overall >= GOOD_MARK and way != "sms" and story % _THANKS == 0:
        text = _voices()["thanks"][story % len(_voices()["thanks"])]
        praise(answer=answer, said=Said(hand="wrote", text=text), by=by, now=now)


def send_back(now: datetime) -> None:
    """Some SMS came in that nobody can understand, and one from a telephone that no survey was sent to."""
    asked = Letter.objects.filter(kind=SURVEY, way=Way.SMS, sent_at__lte=now).order_by("-sent_at", "-id")
    numbers = list(dict.fromkeys(asked.values_list("to", flat=True)[:20]))
    senders = [*numbers[: len(_voices()["unclear"]) - 1], "09000000000"]
    for place, (sender, text) in enumerate(zip(senders, _voices()["unclear"], strict=False)):
        ago = timedelta(hours=3 * place + 1)
        take_reply(ref=f"demonstration:{place}", sender=sender, text=text, by=system("sms"), now=now - ago)


def call_back(actors: Mapping[str, Actor], now: datetime) -> None:
    """The sample of last month: some answered, some did not pick up or did not want to; the others wait."""
    draw_calls(period=local_month(now).previous(), by=system("draw_calls"), now=now)
    caller, marks = actors["pari"], [item.code for item in questionnaire().short]
    for place in range(6):
        call = take_if_any(by=caller, now=now)
        if call is None:
            return
        if place in {0, 3}:
            scores = dict.fromkeys(marks, 5 - place)
            answered(call=call, scores=scores, comment="", by=caller, now=now)
        else:
            end = {1: declined, 4: wrong_number}.get(place, nobody_replied)
            end(call=call, by=caller, now=now)
