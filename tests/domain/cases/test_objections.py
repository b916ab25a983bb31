"""An objection: within the office's days, decided by the level above and another person, with a reason."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from takrim.cases.actions_answer import ReasonMissing, Words, answer_at_once, approve, draft, submit
from takrim.cases.actions_end import ObjectedBefore, TooLateToObject, close, object_to
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_objection import DaysOutOfRange, refuse_objection, set_objection_days, uphold
from takrim.cases.models import Case, Objection, State
from takrim.cases.moves import CaseMovedMeanwhile, NotYours
from takrim.cases.objections import (
    LevelAboveDecides,
    ObjectionUndecided,
    SignedItBefore,
    days_to_object,
    level_above,
)
from takrim.duties.models import Duty
from takrim.jobs.catalogue import close_answered
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from tests.people import Hire

WORDS = Words(
    outcome="partly",
    text="با بخشی از درخواست موافقت شد.",
    reason="سابقه کافی نیست.",
    next_step="مدارک تکمیلی را به همین اداره بیاورید.",
)
AGAIN = Words(
    outcome="served", text="مقرری برقرار شد.", reason="سند تازه پذیرفته شد.", next_step="مقرری هر ماه واریز می‌شود."
)
WHY = "سند تازه در بررسی نخست دیده نشده بود."


@pytest.fixture
def objected(case: Case, reza: Actor, zahra: Actor, now: datetime) -> Case:
    """Reza has denied what Zahra asked for, and she does not accept it."""
    answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now)
    object_to(case=case, text="سند من را ندیده‌اید.", by=zahra, now=now + timedelta(days=1))
    return Case.objects.get(pk=case.pk)


def test_an_upheld_objection_is_answered_by_another_officer_and_signed_above(
    objected: Case, mina: Actor, reza: Actor, nima: Actor, now: datetime
) -> None:
    later = now + timedelta(days=2)
    uphold(case=objected, why=WHY, by=nima, now=later)
    written = draft(case=objected, words=AGAIN, by=mina, now=later)
    submit(answer=written, by=mina, now=later)
    with pytest.raises(SignedItBefore):
        approve(answer=written, by=reza, now=later)
    assert approve(answer=written, by=nima, now=later).approved_by == nima.code
    decided = Objection.objects.get()
    assert (decided.upheld, decided.why, decided.decided_by, decided.decided_at) == (True, WHY, nima.code, later)


def test_a_refused_objection_leaves_the_answer_standing(objected: Case, nima: Actor, now: datetime) -> None:
    later = now + timedelta(days=2)
    refuse_objection(case=objected, why="سند به دوره دیگری مربوط است.", by=nima, now=later)
    objected.refresh_from_db()
    assert (objected.state, objected.answered_at, objected.outcome) == (State.ANSWERED, later, "partly")
    assert not Duty.objects.owed().exists()
    facts = Entry.objects.get(verb="case.objection_refused").facts
    assert facts["received"] == (now + timedelta(days=1)).isoformat()


def test_one_answer_is_objected_to_once(objected: Case, nima: Actor, zahra: Actor, now: datetime) -> None:
    refuse_objection(case=objected, why=WHY, by=nima, now=now)
    with pytest.raises(ObjectedBefore):
        object_to(case=objected, text="باز هم نه", by=zahra, now=now + timedelta(days=2))
    assert Objection.objects.count() == 1


def test_who_answered_those_below_and_strangers_do_not_decide(
    objected: Case, reza: Actor, mina: Actor, omid: Actor, zahra: Actor, hire: Hire, now: datetime
) -> None:
    deputy = hire("javad", "جواد ملکی", "head", "nazarabad")
    for actor, refusal in (
        (reza, SignedItBefore),
        (deputy, LevelAboveDecides),
        (mina, NotAllowed),
        (omid, NotYours),
        (zahra, NotAllowed),
    ):
        for deed in (uphold, refuse_objection):
            with pytest.raises(refusal):
                deed(case=objected, why=WHY, by=actor, now=now)
    assert Objection.objects.get().decided_at is None


def test_nothing_is_signed_before_the_objection_is_decided(
    objected: Case, mina: Actor, nima: Actor, now: datetime
) -> None:
    with pytest.raises(ObjectionUndecided):
        answer_at_once(case=objected, words=AGAIN, how="phone", by=nima, now=now)
    written = draft(case=objected, words=AGAIN, by=mina, now=now)
    submit(answer=written, by=mina, now=now)
    with pytest.raises(ObjectionUndecided):
        approve(answer=written, by=nima, now=now)


def test_a_decision_has_its_reason_and_is_made_once(objected: Case, nima: Actor, now: datetime) -> None:
    with pytest.raises(ReasonMissing):
        uphold(case=objected, why=" ", by=nima, now=now)
    uphold(case=objected, why=WHY, by=nima, now=now)
    with pytest.raises(CaseMovedMeanwhile):
        refuse_objection(case=objected, why=WHY, by=nima, now=now)
    with pytest.raises(IntegrityError, match="objection_decision"), transaction.atomic():
        Objection.objects.update(why="")


def test_an_objection_has_its_own_time(objected: Case) -> None:
    duty = final_duty(objected)
    assert duty is not None
    assert duty.length == "15 working days"


def test_the_level_above_a_directorate_is_the_directorate() -> None:
    assert level_above("ir/alborz/nazarabad/") == "ir/alborz/"
    assert level_above("ir/alborz/") == "ir/alborz/"


def test_the_days_are_those_of_the_office_or_of_the_nearest_above(
    units: dict[str, Unit], nima: Actor, now: datetime
) -> None:
    assert days_to_object("ir/alborz/nazarabad/") == 10
    set_objection_days(unit=units["alborz"], days=20, by=nima, now=now)
    set_objection_days(unit=units["karaj"], days=5, by=nima, now=now)
    set_objection_days(unit=units["karaj"], days=7, by=nima, now=now)
    paths = ("ir/alborz/nazarabad/", "ir/alborz/karaj/", "ir/qom/")
    assert [days_to_object(path) for path in paths] == [20, 7, 10]


def test_days_are_set_by_the_director_for_offices_of_the_province(
    units: dict[str, Unit], nima: Actor, reza: Actor, now: datetime
) -> None:
    for unit, days, by, refusal in (
        ("nazarabad", 0, nima, DaysOutOfRange),
        ("nazarabad", 91, nima, DaysOutOfRange),
        ("qom", 10, nima, NotYours),
        ("nazarabad", 10, reza, NotAllowed),
    ):
        with pytest.raises(refusal):
            set_objection_days(unit=units[unit], days=days, by=by, now=now)


def test_longer_days_keep_the_case_open_to_objections(
    case: Case, units: dict[str, Unit], nima: Actor, reza: Actor, zahra: Actor, now: datetime
) -> None:
    set_objection_days(unit=units["nazarabad"], days=20, by=nima, now=now)
    answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now)
    assert close_answered.run(now + timedelta(days=15)) == 0
    with pytest.raises(TooLateToObject):
        object_to(case=case, text="دیر", by=zahra, now=now + timedelta(days=20, seconds=1))
    object_to(case=case, text="به‌موقع", by=zahra, now=now + timedelta(days=20))


def test_shorter_days_close_it_sooner(
    case: Case, units: dict[str, Unit], nima: Actor, reza: Actor, now: datetime
) -> None:
    set_objection_days(unit=units["nazarabad"], days=3, by=nima, now=now)
    answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now)
    assert close_answered.run(now + timedelta(days=3)) == 0
    assert close_answered.run(now + timedelta(days=3, minutes=1)) == 1
    with pytest.raises(CaseMovedMeanwhile):
        close(case=case, by=reza, now=now)
