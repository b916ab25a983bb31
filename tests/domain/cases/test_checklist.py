"""The checklist of a case: ticked by the office that answers, and asked for before the answer is handed in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import translation

from takrim.cards.models import Card, CardVersion
from takrim.cases import actions_answer as answers
from takrim.cases import actions_end, actions_objection
from takrim.cases.actions_checklist import may_tick, tick, untick
from takrim.cases.checking import ItemsOpen, checklist_of, ticks_of
from takrim.cases.models import Case
from takrim.cases.moves import CaseCannotMove, NotYours
from takrim.checklists.actions import NoSuchItem
from takrim.checklists.models import Tick
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed, system
from tests.matters import WORDS, answered
from tests.people import HIRED, NOW, Hire, MakeCase

pytestmark = pytest.mark.django_db
REQUIRED = ["danger-assessed", "workshop-identified", "report-read", "source-hidden"]
OPTIONAL = "follow-up-set"


@pytest.fixture
def inspection(make_case: MakeCase) -> Case:
    """A complaint about a service that has a checklist of five items, four of them required."""
    version = CardVersion.objects.create(
        card=Card.objects.create(code="labour-inspection"),
        number=1,
        valid_from=HIRED,
        title_fa="بازرسی کار",
        title_en="Labour inspection",
        promise="10 working_days",
        content={},
        recorded_at=NOW,
        recorded_by="system:test",
    )
    return make_case(card=version)


def test_a_tick_says_by_whom_and_when(inspection: Case, mina: Actor) -> None:
    tick(case=inspection, items=["report-read"], by=mina, now=NOW)
    row = ticks_of(inspection)["report-read"]
    assert (row.by, row.by_name, row.by_post, row.at) == (mina.code, mina.name, mina.post, NOW)
    told = Entry.objects.get(verb="checklist.ticked")
    assert (told.subject, told.actor, told.facts["items"]) == (inspection.code, mina.code, "report-read")


def test_ticked_twice_it_stays_with_the_first(inspection: Case, mina: Actor, reza: Actor) -> None:
    tick(case=inspection, items=["report-read"], by=mina, now=NOW)
    tick(case=inspection, items=["report-read"], by=reza, now=NOW + timedelta(hours=1))
    assert ticks_of(inspection)["report-read"].by == mina.code
    assert Entry.objects.filter(verb="checklist.ticked").count() == 1


def test_a_tick_is_taken_back(inspection: Case, mina: Actor) -> None:
    tick(case=inspection, items=["report-read"], by=mina, now=NOW)
    assert untick(case=inspection, item="report-read", by=mina, now=NOW)
    assert not untick(case=inspection, item="report-read", by=mina, now=NOW)
    assert ticks_of(inspection) == {}
    assert Entry.objects.filter(verb="checklist.unticked").count() == 1


def test_without_its_required_items_nothing_is_handed_in(inspection: Case, mina: Actor) -> None:
    tick(case=inspection, items=REQUIRED[:2], by=mina, now=NOW)
    draft = answers.draft(case=inspection, words=WORDS, by=mina, now=NOW)
    with pytest.raises(ItemsOpen) as refused:
        answers.submit(answer=draft, by=mina, now=NOW)
    assert [item.code for item in refused.value.items] == REQUIRED[2:]
    assert "گزارش بازدید" in str(refused.value)
    assert "خطر جانی" not in str(refused.value)
    with translation.override("en"):
        assert "The inspection report" in str(refused.value)
    inspection.refresh_from_db()
    assert inspection.state == "drafted"


def test_the_word_of_a_head_does_not_replace_a_tick(inspection: Case, mina: Actor, reza: Actor) -> None:
    draft = answers.draft(case=inspection, words=WORDS, by=mina, now=NOW)
    with pytest.raises(ItemsOpen):
        answers.let_through(answer=draft, why="عجله داریم", by=reza, now=NOW)
    with pytest.raises(ItemsOpen):
        answers.answer_at_once(case=inspection, words=WORDS, how="phone", by=reza, now=NOW)
    with pytest.raises(ItemsOpen):
        answers.draft_and_submit(case=inspection, words=WORDS, by=mina, now=NOW)
    assert inspection.answers.count() == 1


def test_with_its_required_items_it_is_handed_in(inspection: Case, mina: Actor) -> None:
    tick(case=inspection, items=REQUIRED, by=mina, now=NOW)
    answers.draft_and_submit(case=inspection, words=WORDS, by=mina, now=NOW)
    assert inspection.state == "awaiting_approval"
    assert not may_tick(inspection, mina)
    with pytest.raises(CaseCannotMove):
        untick(case=inspection, item=REQUIRED[0], by=mina, now=NOW)


def test_after_an_objection_the_list_is_gone_through_anew(
    inspection: Case, mina: Actor, reza: Actor, nima: Actor, zahra: Actor, hire: Hire
) -> None:
    tick(case=inspection, items=REQUIRED, by=mina, now=NOW)
    answer = answers.draft_and_submit(case=inspection, words=WORDS, by=mina, now=NOW)
    answers.approve(answer=answer, by=reza, now=NOW)
    answers.deliver(answer=answer, how="phone", by=reza, now=NOW)
    actions_end.object_to(case=inspection, text="سند من را ندیدند.", by=zahra, now=NOW)
    actions_objection.uphold(case=inspection, why="سند دیده نشده بود.", by=nima, now=NOW)
    assert ticks_of(inspection) == {}
    lida = hire("lida", "لیدا صفایی", "expert", "nazarabad")
    tick(case=inspection, items=REQUIRED[:1], by=lida, now=NOW)
    assert Tick.objects.filter(subject=inspection.code).count() == len(REQUIRED) + 1


def test_what_was_answered_elsewhere_is_only_written_down(inspection: Case) -> None:
    assert answered(inspection, NOW).state == "answered"


def test_only_the_office_that_answers_ticks(inspection: Case, hadi: Actor, omid: Actor, sara: Actor) -> None:
    for other in (hadi, omid):
        with pytest.raises(NotYours):
            tick(case=inspection, items=REQUIRED, by=other, now=NOW)
    with pytest.raises(NotAllowed):
        tick(case=inspection, items=REQUIRED, by=sara, now=NOW)
    assert Tick.objects.count() == 0


def test_what_is_not_on_the_list_is_not_ticked(inspection: Case, case: Case, mina: Actor) -> None:
    with pytest.raises(NoSuchItem):
        tick(case=inspection, items=["report-read", "made-up"], by=mina, now=NOW)
    assert checklist_of(case) is None
    with pytest.raises(NoSuchItem):
        tick(case=case, items=["report-read"], by=mina, now=NOW)
    assert Tick.objects.count() == 0
    assert not untick(case=inspection, item="made-up", by=system("test"), now=NOW)
