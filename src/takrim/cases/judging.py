"""Judging an answer: what the questionnaire needs to know of the case, and what a bad mark opens."""

from __future__ import annotations

from datetime import datetime

from takrim.base.clock import local_date
from takrim.cases.actions_intake import told
from takrim.cases.hands import Named, named_in
from takrim.cases.models import Answer, Case
from takrim.cases.moves import MOVES, Move
from takrim.cases.objections import last_moment
from takrim.orgs.actor import Actor
from takrim.surveys.actions import About, Said, respond
from takrim.surveys.models import Response

# Of 5; a mark as bad as this offers the objection, and one as good as this the praise of an officer.
BAD_MARK, GOOD_MARK = 2, 4


def about(answer: Answer) -> About:
    """The answer that is judged, as the questionnaire keeps it."""
    case, facts = answer.case, told(answer.case)
    return About(
        subject=case.code,
        occasion=answer.number,
        unit_path=case.unit_path,
        kind=facts["kind"],
        channel=facts["channel"],
        card=facts["card"],
        answered_at=answer.delivered_at,
    )


def judge(*, answer: Answer, scores: dict[str, int], comment: str, way: str, by: Actor, now: datetime) -> Response:
    """Keep what somebody says about an answer, whichever way they say it. Raises SurveyDone, SurveyIncomplete.

    Words that name an officer beside a bad mark are kept from their office.
    """
    blames = bool(comment) and min(scores.values(), default=GOOD_MARK) <= BAD_MARK
    named = named_in(comment, answer, local_date(now)) if blames else Named()
    said = Said(comment=comment, kept_from=named.path, named=named.people)
    return respond(about=about(answer), scores=scores, said=said, way=way, by=by, now=now)


def objection_offered(answer: Answer, overall: int, now: datetime) -> datetime | None:
    """Until when whoever gave this mark may object with one touch; None where nothing is to be offered."""
    case: Case = answer.case
    if overall > BAD_MARK or case.state not in MOVES[Move.OBJECT].sources or answer.delivered_at is None:
        return None
    until = last_moment(case.unit_path, answer.delivered_at)
    objected = bool(case.reopened) and case.objections.filter(answer=answer).exists()
    return None if now > until or objected else until
