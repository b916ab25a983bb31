"""Praise by name is free; blame by name is kept from whom it blames."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from takrim.cases.actions_answer import approve, deliver, draft_and_submit
from takrim.cases.actions_praise import NobodyPraised, NotAfterThisMark, PraisedBefore, Said, praise
from takrim.cases.hands import hands_of, named_at, named_in
from takrim.cases.judging import judge
from takrim.cases.models import Answer, Case
from takrim.cases.models_judged import Praise
from takrim.cases.models_together import Notice
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.surveys.models import Response
from takrim.surveys.questionnaire import questionnaire
from tests.matters import WORDS
from tests.people import NOW, Hire

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
Judge = Callable[..., Response]


@pytest.fixture
def served(case: Case, mina: Actor, reza: Actor, sara: Actor, hire: Hire) -> Answer:
    """Mina wrote the answer, Reza signed it, a colleague at the desk told it to Zahra."""
    answer = draft_and_submit(case=case, words=WORDS, by=mina, now=NOW)
    approve(answer=answer, by=reza, now=NOW)
    lida = hire("lida", "لیدا صفایی", "desk_officer", "nazarabad")
    return deliver(answer=answer, how="in_person", by=lida, now=NOW)


@pytest.fixture
def judged(served: Answer, zahra: Actor) -> Judge:
    def go(overall: int, comment: str = "", **marks: int) -> Response:
        scores = {questionnaire().overall: overall, **marks}
        return judge(answer=served, scores=scores, comment=comment, way="web", by=zahra, now=NOW)

    return go


def test_hands_are_told_by_what_they_did(served: Answer) -> None:
    assert [(hand.code, hand.name) for hand in hands_of(served)] == [
        ("wrote", "مینا رضایی"),
        ("delivered", "لیدا صفایی"),
        ("signed", "رضا کریمی"),
    ]


def test_an_officer_is_praised_by_what_they_did(served: Answer, judged: Judge, zahra: Actor, mina: Actor) -> None:
    judged(5)
    given = praise(answer=served, said=Said(hand="wrote", text="بسیار دقیق بود"), by=zahra, now=NOW)
    assert (given.officer_id, given.unit_path, given.text) == (mina.person_id, "ir/alborz/nazarabad/", "بسیار دقیق بود")
    assert Notice.objects.get().person_id == mina.person_id
    told = Entry.objects.get(verb="case.praised")
    assert "دقیق" not in str(told.facts)
    assert "مینا" not in f"{told.facts}{told.actor_name}"


@pytest.mark.parametrize(
    ("named", "known"), [("مینا رضایی", True), ("رضایی", True), ("مينا رضايي", True), ("پوران دخت", False)]
)
def test_a_name_may_be_typed(served: Answer, judged: Judge, zahra: Actor, mina: Actor, named: str, known: bool) -> None:
    judged(4)
    given = praise(answer=served, said=Said(named=named), by=zahra, now=NOW)
    assert given.officer_id == (mina.person_id if known else None)
    assert given.named == named
    assert Notice.objects.exists() is known


def test_a_colleague_of_another_office_is_found_by_full_name(
    served: Answer, judged: Judge, zahra: Actor, hadi: Actor, omid: Actor
) -> None:
    judged(5)
    given = praise(answer=served, said=Said(named="هادی موسوی"), by=zahra, now=NOW)
    assert (given.officer_id, given.unit_path) == (hadi.person_id, "ir/alborz/karaj/")


def test_two_of_the_same_name_are_not_guessed_between(
    served: Answer, judged: Judge, zahra: Actor, hire: Hire, hadi: Actor
) -> None:
    hire("hadi2", "هادی موسوی", "expert", "karaj")
    judged(5)
    assert praise(answer=served, said=Said(named="هادی موسوی"), by=zahra, now=NOW).officer_id is None


def test_nobody_is_praised_without_a_choice_or_a_name(served: Answer, judged: Judge, zahra: Actor) -> None:
    judged(5)
    for said in (Said(), Said(text="ممنون"), Said(hand="replied"), Said(named=" \u200c")):
        with pytest.raises(NobodyPraised):
            praise(answer=served, said=said, by=zahra, now=NOW)


def test_praise_is_given_once(served: Answer, judged: Judge, zahra: Actor) -> None:
    judged(5)
    praise(answer=served, said=Said(hand="wrote"), by=zahra, now=NOW)
    with pytest.raises(PraisedBefore):
        praise(answer=served, said=Said(hand="signed"), by=zahra, now=NOW)
    assert Praise.objects.count() == 1


@pytest.mark.parametrize("overall", [None, 3, 1])
def test_praise_follows_a_good_mark(served: Answer, judged: Judge, zahra: Actor, overall: int | None) -> None:
    if overall:
        judged(overall)
    with pytest.raises(NotAfterThisMark):
        praise(answer=served, said=Said(hand="wrote"), by=zahra, now=NOW)


def test_officers_praise_nobody_in_the_name_of_people(served: Answer, judged: Judge, mina: Actor) -> None:
    judged(5)
    with pytest.raises(NotAllowed):
        praise(answer=served, said=Said(hand="wrote"), by=mina, now=NOW)


BLAME = ["خانم رضایی پاسخم را نداد", "مینا رضایی بد رفتار کرد.", "رئیس، آقای رضا کریمی، نبود", "خانم رضایی!"]


@pytest.mark.parametrize("comment", BLAME)
def test_blame_by_name_is_kept_from_the_office(judged: Judge, comment: str) -> None:
    response = judged(1, comment)
    assert response.kept_from == "ir/alborz/nazarabad/"
    seen = {
        path: Response.objects.all().open_to(path).exists() for path in ("ir/alborz/nazarabad/", "ir/alborz/", "ir/")
    }
    assert seen == {"ir/alborz/nazarabad/": False, "ir/alborz/": True, "ir/": True}


def test_blame_of_somebody_above_is_kept_from_all_below_them(judged: Judge, nima: Actor) -> None:
    response = judged(2, "نیما احمدی و مینا رضایی هیچ کدام پاسخ ندادند")
    assert response.kept_from == "ir/alborz/"
    assert set(response.named) >= {nima.person_id}
    assert not Response.objects.all().open_to("ir/alborz/").exists()
    assert Response.objects.all().open_to("ir/").exists()


def test_one_bad_mark_is_enough(judged: Judge) -> None:
    assert judged(4, "خانم رضایی بد رفتار کرد", conduct=1).kept_from


@pytest.mark.parametrize(("overall", "comment"), [(5, "مینا رضایی عالی بود"), (1, "کسی پاسخ نداد"), (1, "رضایت ندارم")])
def test_praise_and_words_without_names_are_open(judged: Judge, overall: int, comment: str) -> None:
    assert judged(overall, comment).kept_from == ""


def test_a_family_name_blames_only_who_worked_on_it(served: Answer, hadi: Actor) -> None:
    assert named_in("آقای موسوی", served, TODAY).people == ()
    assert named_at("آقای رضایی", "ir/alborz/nazarabad/", TODAY).people == ()
