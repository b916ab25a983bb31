"""Small things the citizen's pages are made of: first questions, drafts that are forgotten, the words of a count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from takrim.cards.seed import catalogue
from takrim.cases.kind import KINDS
from takrim.cases.models import Case, Outcome, State
from takrim.channels import actions_draft
from takrim.channels.actions_draft import AlreadyFiled
from takrim.channels.models import Draft
from takrim.channels.questions import first_questions
from takrim.duties.models import Duty
from takrim.orgs.actor import Actor, NotAllowed, holder
from takrim.web.citizen.states import OUTCOMES, shown
from takrim.web.parts.counting import count_of
from takrim.web.parts.pills import PILLS
from tests.people import NOW


def test_the_first_questions_name_cards_and_kinds_that_exist() -> None:
    cards = {file.code for file in catalogue()}
    asked = first_questions()
    assert set(asked.often) <= cards
    assert {question.card for question in asked.questions.values() if question.card} <= cards
    assert {question.kind for question in asked.questions.values() if question.kind} <= set(KINDS.items)


def test_all_six_mistakes_of_the_intake_are_asked_about() -> None:
    explained = [question for question in first_questions().questions.values() if question.heading]
    assert len(explained) == 8
    assert all(question.asks or (question.says and question.here) for question in explained)


def test_every_state_and_outcome_has_its_words(case_in_memory: Case) -> None:
    assert set(OUTCOMES) == set(Outcome)
    for state in State:
        case_in_memory.state = state
        assert shown(case_in_memory).says
        assert shown(case_in_memory).pill in PILLS


@pytest.fixture
def case_in_memory() -> Case:
    return Case()


@pytest.mark.django_db
def test_the_count_of_a_date_is_told_in_days(case: Case) -> None:
    count = count_of(Duty.objects.get(about=case.code))
    assert count is not None
    with override("fa"):
        assert count.words == "۱۵ روز کاری"
        assert sum(1 for day in count.days({}) if day.so_far) == 15
        holiday = next(step.day for step in count.steps if step.kind == "skipped_closed")
        assert "عید" in " ".join(day.note for day in count.days({holiday: "عید"}))


@pytest.mark.django_db
def test_a_date_that_no_longer_agrees_with_the_calendar_is_not_explained(case: Case) -> None:
    duty = Duty.objects.get(about=case.code)
    assert duty.due_at is not None
    duty.due_at += timedelta(days=1)
    assert count_of(duty) is None


@pytest.mark.django_db
def test_old_drafts_are_forgotten_and_filed_ones_sooner() -> None:
    for days, code in ((8, ""), (6, ""), (2, "05000000000"), (0, "05000000001")):
        draft = actions_draft.start(by=holder(), now=NOW - timedelta(days=days))
        if code:
            actions_draft.finish(draft=draft, code=code, by=holder(), now=NOW - timedelta(days=days))
    assert actions_draft.forget_old(by=holder(), now=NOW) == 2
    assert Draft.objects.count() == 2


@pytest.mark.django_db
def test_two_tabs_lose_nothing_of_each_other() -> None:
    draft = actions_draft.start(by=holder(), now=NOW, fields={"text": "سلام"})
    other = Draft.objects.get()
    actions_draft.keep(draft=draft, fields={"name": "زهرا"}, by=holder(), now=NOW)
    actions_draft.keep(draft=other, fields={"mobile": "0912"}, by=holder(), now=NOW)
    assert Draft.objects.get().fields == {"text": "سلام", "name": "زهرا", "mobile": "0912"}


@pytest.mark.django_db
def test_a_filed_draft_takes_nothing_more() -> None:
    draft = actions_draft.start(by=holder(), now=NOW)
    assert actions_draft.finish(draft=draft, code="05000000000", by=holder(), now=NOW)
    assert not actions_draft.finish(draft=draft, code="05000000000", by=holder(), now=NOW)
    with pytest.raises(AlreadyFiled):
        actions_draft.keep(draft=draft, fields={"text": "x"}, by=holder(), now=NOW)


@pytest.mark.django_db
def test_only_who_may_file_keeps_drafts() -> None:
    with pytest.raises(NotAllowed):
        actions_draft.start(by=Actor(code="nobody"), now=NOW)


@pytest.mark.django_db
@pytest.mark.usefixtures("cards")
def test_an_office_with_enough_answers_shows_its_year(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from fractions import Fraction

    from takrim.web.citizen import offices, services
    from takrim.web.citizen.measured import OfficeYear
    from takrim.web.parts.card_times import Times

    year = OfficeYear(1234, Fraction(7, 8), Fraction(50))
    monkeypatch.setattr(offices, "year_of_office", lambda path, now: year)
    times = Times(40, date(2026, 8, 23), date(2026, 11, 21), Fraction(50), Fraction(200))
    monkeypatch.setattr(services, "times_of_card", lambda code, place, now: times)
    office = browser.get("/offices/alborz/nazarabad/").content.decode()
    assert "۱٬۲۳۴" in office
    assert "۸۷٫۵٪" in office
    assert "۲ روز و ۲ ساعت" in browser.get("/services/worker-sport/").content.decode()
