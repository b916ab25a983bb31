"""What people say after the answer: marks by several ways, thanks and blame by name, SMS that nobody understands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from takrim.cases.actions_praise import Said, praise
from takrim.cases.actions_replies import SURVEY, take_reply
from takrim.cases.judging import BAD_MARK, GOOD_MARK, judge
from takrim.cases.models import Answer
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
        praise(answer=answer, said=Said(hand="wrote", text=text), by=by, now=now + timedelta(minutes=1))


def send_back(now: datetime) -> None:
    """Some SMS came in that nobody can understand, and one from a telephone that no survey was sent to."""
    asked = Letter.objects.filter(kind=SURVEY, way=Way.SMS, sent_at__lte=now).order_by("-sent_at", "-id")
    numbers = list(dict.fromkeys(asked.values_list("to", flat=True)[:20]))
    senders = [*numbers[: len(_voices()["unclear"]) - 1], "09000000000"]
    for place, (sender, text) in enumerate(zip(senders, _voices()["unclear"], strict=False)):
        ago = timedelta(hours=3 * place + 1)
        take_reply(ref=f"demonstration:{place}", sender=sender, text=text, by=system("sms"), now=now - ago)
