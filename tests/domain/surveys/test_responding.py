"""Judging how one was served: once for each answer, with the whole at least, told without single marks or names."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from takrim.cases.actions_intake import told
from takrim.cases.models import Case
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.surveys.actions import About, Said, SurveyDone, SurveyIncomplete, respond
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.people import NOW

pytestmark = pytest.mark.django_db
OVERALL = questionnaire().overall


def judge(case: Case, by: Actor, scores: dict[str, int], *, occasion: int = 1, comment: str = "") -> Response:
    facts = told(case)
    about = About(
        subject=case.code,
        occasion=occasion,
        unit_path=case.unit_path,
        kind=facts["kind"],
        channel=facts["channel"],
        card=facts["card"],
        answered_at=NOW - timedelta(days=1),
    )
    return respond(about=about, scores=scores, said=Said(comment=comment), way="web", by=by, now=NOW)


def event() -> dict[str, Any]:
    facts: dict[str, Any] = Entry.objects.get(verb="survey.answered").facts
    return facts


def test_the_answers_are_kept_and_the_marks_told(case: Case, zahra: Actor) -> None:
    response = judge(case, zahra, {OVERALL: 4, "conduct": 5, "facilities": 2, "accuracy": 3})
    assert (response.overall, response.scores["conduct"]) == (4, 5)
    facts = event()
    assert (facts["overall"], facts["unit"]) == (4, case.unit_path)
    assert (facts["answerability_sum"], facts["answerability_items"]) == (7, 2)
    assert (facts["mastery_sum"], facts["mastery_items"]) == (3, 1)
    assert "time_sum" not in facts


def test_what_people_write_is_not_told_in_the_journal(case: Case, zahra: Actor) -> None:
    judge(case, zahra, {OVERALL: 1}, comment="آقای فلانی بد رفتار کرد")
    assert "فلانی" not in str(event())
    assert Response.objects.get().comment == "آقای فلانی بد رفتار کرد"


def test_single_marks_are_not_told_in_the_journal(case: Case, zahra: Actor) -> None:
    judge(case, zahra, {OVERALL: 1, "conduct": 2})
    assert not {"scores", "conduct", "marks"} & set(event())


def test_an_answer_is_judged_once(case: Case, zahra: Actor) -> None:
    judge(case, zahra, {OVERALL: 5})
    with pytest.raises(SurveyDone):
        judge(case, zahra, {OVERALL: 1})
    assert Response.objects.get().overall == 5
    assert Entry.objects.filter(verb="survey.answered").count() == 1


def test_a_later_answer_is_judged_anew(case: Case, zahra: Actor) -> None:
    judge(case, zahra, {OVERALL: 2})
    judge(case, zahra, {OVERALL: 5}, occasion=2)
    assert Response.objects.count() == 2


@pytest.mark.parametrize("scores", [{}, {"conduct": 5}, {OVERALL: 0}, {OVERALL: 6}, {OVERALL: -1}])
def test_the_whole_must_be_judged(case: Case, zahra: Actor, scores: dict[str, int]) -> None:
    with pytest.raises(SurveyIncomplete):
        judge(case, zahra, scores)
    assert not Entry.objects.filter(verb="survey.answered").exists()


def test_marks_that_nobody_asked_for_are_left_out(case: Case, zahra: Actor) -> None:
    response = judge(case, zahra, {OVERALL: 3, "conduct": 9, "unknown": 4, "accuracy": 1})
    assert response.scores == {OVERALL: 3, "accuracy": 1}


def test_an_officer_does_not_judge(case: Case, mina: Actor) -> None:
    with pytest.raises(NotAllowed):
        judge(case, mina, {OVERALL: 5})


@pytest.mark.parametrize("overall", [0, 6])
def test_the_database_knows_the_scale(case: Case, zahra: Actor, overall: int) -> None:
    judge(case, zahra, {OVERALL: 5})
    with pytest.raises(IntegrityError, match="survey_overall"), transaction.atomic():
        Response.objects.update(overall=overall)
