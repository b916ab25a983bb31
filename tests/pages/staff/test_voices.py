"""What people said, for whom it is: thanks for the officer and the head, words for heads, blame only above."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from takrim.cases.actions_answer import approve, deliver, draft_and_submit
from takrim.cases.actions_praise import Said, praise
from takrim.cases.judging import judge
from takrim.cases.models import Answer, Case
from takrim.indicators.follow import rebuild
from takrim.orgs.actor import Actor, holder
from takrim.surveys.questionnaire import questionnaire
from tests.matters import WORDS, answered
from tests.people import NOW, MakeCase, SignIn

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pages_at_now")]
PAGE = "/staff/voices/"


def say(case: Case, overall: int, comment: str) -> Answer:
    answer = case.answers.latest("number")
    scores = {questionnaire().overall: overall}
    judge(answer=answer, scores=scores, comment=comment, way="web", by=holder(), now=NOW)
    return answer


@pytest.fixture
def ten(make_case: MakeCase) -> None:
    """Ten people have said something about Nazarabad."""
    for number in range(10):
        say(answered(make_case(), NOW - timedelta(hours=1)), 4, f"کارم انجام شد {number}")


@pytest.fixture
def thanked(case: Case, mina: Actor, reza: Actor) -> Answer:
    answer = draft_and_submit(case=case, words=WORDS, by=mina, now=NOW)
    approve(answer=answer, by=reza, now=NOW)
    deliver(answer=answer, how="phone", by=reza, now=NOW)
    say(case, 5, "")
    praise(answer=answer, said=Said(hand="wrote", text="دست شما درد نکند"), by=holder(), now=NOW)
    return answer


def read(browser: Client, address: str = PAGE) -> str:
    page = browser.get(address)
    assert page.status_code == 200
    return page.content.decode()


def test_thanks_are_read_by_the_officer_and_their_head(
    thanked: Answer, sign_in: SignIn, mina: Actor, reza: Actor, hadi: Actor, omid: Actor, nima: Actor
) -> None:
    assert "دست شما درد نکند" in read(sign_in(mina))
    head = read(sign_in(reza))
    assert "دست شما درد نکند" in head
    assert mina.name in head
    assert mina.name in read(sign_in(nima))
    for other in (hadi, omid):
        assert "دست شما درد نکند" not in read(sign_in(other))


def test_the_officer_gets_a_notice(thanked: Answer, sign_in: SignIn, mina: Actor) -> None:
    assert "قدردانی کرده است" in read(sign_in(mina), "/staff/notices/")


def test_neither_number_nor_person_of_the_case_is_shown(thanked: Answer, sign_in: SignIn, reza: Actor) -> None:
    page = read(sign_in(reza))
    assert thanked.case.code not in page
    assert thanked.case.party.name not in page


@pytest.mark.usefixtures("ten")
def test_words_are_for_heads(sign_in: SignIn, reza: Actor, mina: Actor, nima: Actor, omid: Actor) -> None:
    assert read(sign_in(reza)).count("کارم انجام شد") == 10
    assert "کارم انجام شد" in read(sign_in(nima))
    for other in (mina, omid):
        assert "کارم انجام شد" not in read(sign_in(other))


def test_words_of_few_are_not_shown(case: Case, sign_in: SignIn, reza: Actor) -> None:
    say(answered(case, NOW), 4, "کارم انجام شد")
    page = read(sign_in(reza))
    assert "کارم انجام شد" not in page
    assert "کمتر از ۱۰ پاسخ" in page


@pytest.mark.usefixtures("ten")
def test_blame_is_read_above_only(make_case: MakeCase, sign_in: SignIn, reza: Actor, nima: Actor) -> None:
    say(answered(make_case(), NOW), 1, "رضا کریمی به من توهین کرد")
    assert "توهین" not in read(sign_in(reza))
    above = read(sign_in(nima))
    assert "توهین" in above
    assert "از اداره او پنهان است" in above


@pytest.mark.usefixtures("ten")
def test_the_score_stands_beside_its_response_rate(sign_in: SignIn, reza: Actor) -> None:
    rebuild()
    page = read(sign_in(reza))
    assert "۱۰ نظر، نرخ پاسخ" in page


@pytest.mark.usefixtures("ten")
def test_a_long_list_costs_no_more_questions(make_case: MakeCase, sign_in: SignIn, nima: Actor) -> None:
    browser = sign_in(nima)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        browser.get(PAGE)
    for number in range(30):
        say(answered(make_case(), NOW), 4, f"کار دیگر {number}")
    with CaptureQueriesContext(connection) as many:
        page = browser.get(PAGE)
    assert len(many) <= len(few)
    assert len(page.context["words"]) == 30
    assert len(browser.get(page.context["next_url"]).context["words"]) == 10


@pytest.mark.parametrize("role", ["tara", "sara"])
def test_who_sees_no_cases_may_still_open_it(role: str, sign_in: SignIn, request: pytest.FixtureRequest) -> None:
    read(sign_in(request.getfixturevalue(role)))
