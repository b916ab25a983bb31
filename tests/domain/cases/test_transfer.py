"""«Not ours»: the case goes to the office it belongs to, on the same clock, and nothing is closed that way."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.cases import search
from takrim.cases.actions_end import refuse, withdraw
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_transfer import (
    GivenBackBefore,
    TransferToItself,
    WhyNotYours,
    hand_back,
    take_over,
    transfer,
)
from takrim.cases.actions_work import accept_reply, refer, reply
from takrim.cases.conflict import KeptFromThem, Subject
from takrim.cases.models import Case, State
from takrim.cases.moves import CaseCannotMove, NotYours
from takrim.cases.not_ours import NotOursIsNoReason, means_not_ours
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from tests.people import Hire

LATER = timedelta(hours=3)
WHY = "محل کارگاه در کرج است."


@pytest.fixture
def given(case: Case, units: dict[str, Unit], mina: Actor, now: datetime) -> Duty:
    """Nazarabad has transferred Zahra's complaint to Karaj."""
    return transfer(case=case, to=units["karaj"], reason=WHY, by=mina, now=now + LATER)


def final(case: Case) -> Duty:
    found = final_duty(case)
    assert found is not None
    return found


def test_the_final_duty_moves_and_its_clock_goes_on(
    case: Case, units: dict[str, Unit], mina: Actor, hadi: Actor, now: datetime
) -> None:
    before = final(case)
    transfer(case=case, to=units["karaj"], reason=WHY, by=mina, now=now + LATER)
    after = final(case)
    assert (after.pk, after.unit_path, after.state) == (before.pk, "ir/alborz/karaj/", DutyState.OPEN)
    assert (after.opened_at, after.length, after.due_at) == (before.opened_at, before.length, before.due_at)
    case.refresh_from_db()
    assert (case.unit_path, case.state) == ("ir/alborz/karaj/", State.TRANSFERRED)
    assert search.find("بیمه", unit_id=units["karaj"].pk, limit=5)[0][1] == case.pk
    entry = Entry.objects.get(verb="duty.handed_over")
    assert (entry.facts["from_unit"], entry.facts["unit"]) == ("ir/alborz/nazarabad/", "ir/alborz/karaj/")


def test_both_offices_see_it_and_no_other(case: Case, given: Duty, mina: Actor, hadi: Actor, omid: Actor) -> None:
    assert Case.objects.all().seen_by(hadi).get() == case
    assert Case.objects.all().seen_by(mina).get() == case
    assert not Case.objects.all().seen_by(omid).exists()


def test_the_other_office_decides_within_one_working_day(given: Duty, now: datetime) -> None:
    assert (given.kind, given.unit_path, given.judge_path) == ("transfer", "ir/alborz/karaj/", "ir/alborz/nazarabad/")
    assert (given.length, given.task, given.about_kind) == ("1 working day", WHY, "complaint")
    assert given.due_at is not None
    assert now + LATER < given.due_at < now + timedelta(days=3)


def test_accepted_it_is_theirs(case: Case, given: Duty, hadi: Actor, mina: Actor, now: datetime) -> None:
    with pytest.raises(NotYours):
        take_over(case=case, by=mina, now=now + LATER)
    take_over(case=case, by=hadi, now=now + 2 * LATER)
    given.refresh_from_db()
    assert (given.state, given.answered_at) == (DutyState.ACCEPTED, now + 2 * LATER)
    assert (case.state, case.unit_path) == (State.UNDER_REVIEW, "ir/alborz/karaj/")


def test_it_does_not_return_to_an_office_that_it_turned_out_to_be_about(
    case: Case, given: Duty, hadi: Actor, nima: Actor, now: datetime
) -> None:
    keep_from(case=case, subject=Subject(path="ir/alborz/nazarabad/"), by=nima, now=now + LATER)
    case.refresh_from_db()
    with pytest.raises(KeptFromThem):
        hand_back(case=case, reason="کارگاه در نظرآباد ثبت شده است.", by=hadi, now=now + 2 * LATER)
    case.refresh_from_db()
    assert case.unit_path == "ir/alborz/karaj/"


def test_returned_it_is_ours_again_and_no_time_was_won(
    case: Case, given: Duty, hadi: Actor, units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    due = final(case).due_at
    with pytest.raises(WhyNotYours):
        hand_back(case=case, reason="  ", by=hadi, now=now + 2 * LATER)
    case.refresh_from_db()
    hand_back(case=case, reason="کارگاه در نظرآباد ثبت شده است.", by=hadi, now=now + 2 * LATER)
    case.refresh_from_db()
    assert (case.state, case.unit_path) == (State.UNDER_REVIEW, "ir/alborz/nazarabad/")
    assert (final(case).unit_path, final(case).due_at) == ("ir/alborz/nazarabad/", due)
    given.refresh_from_db()
    assert (given.state, given.answer) == (DutyState.ACCEPTED, "کارگاه در نظرآباد ثبت شده است.")
    with pytest.raises(GivenBackBefore):
        transfer(case=case, to=units["karaj"], reason=WHY, by=mina, now=now + 3 * LATER)


def test_what_others_were_asked_is_judged_by_the_new_office(
    case: Case, units: dict[str, Unit], mina: Actor, hire: Hire, now: datetime
) -> None:
    asked = refer(case=case, to=units["qom"], task="سابقه", length=None, by=mina, now=now)
    transfer(case=case, to=units["karaj"], reason=WHY, by=mina, now=now + LATER)
    head = hire("leila", "لیلا نوری", "head", "karaj")
    take_over(case=case, by=head, now=now + 2 * LATER)
    asked.refresh_from_db()
    assert asked.judge_path == "ir/alborz/karaj/"
    reply(case=case, duty=asked, text="دارد.", by=hire("omid", "امید حسینی", "head", "qom"), now=now + 3 * LATER)
    assert accept_reply(case=case, duty=asked, by=head, now=now + 4 * LATER).state == DutyState.ACCEPTED


def test_what_cannot_be_transferred(
    case: Case, given: Duty, units: dict[str, Unit], hadi: Actor, tara: Actor, now: datetime
) -> None:
    with pytest.raises(CaseCannotMove):
        transfer(case=case, to=units["alborz"], reason=WHY, by=hadi, now=now + 2 * LATER)
    with pytest.raises(TransferToItself):
        transfer(case=case, to=units["karaj"], reason=WHY, by=hadi, now=now)
    with pytest.raises(WhyNotYours):
        transfer(case=case, to=units["alborz"], reason="", by=hadi, now=now)
    with pytest.raises(NotAllowed):
        transfer(case=case, to=units["alborz"], reason=WHY, by=tara, now=now)


def test_a_case_that_ends_meanwhile_leaves_nothing_to_accept(
    case: Case, given: Duty, zahra: Actor, now: datetime
) -> None:
    withdraw(case=case, reason="حل شد.", by=zahra, now=now + 2 * LATER)
    assert not Duty.objects.owed().filter(about=case.code).exists()


@pytest.mark.parametrize(
    "reason",
    [
        "مربوط به ما نیست",
        "این درخواست به این اداره مربوط نمی‌شود.",
        "با سلام، موضوع در صلاحیت این اداره نيست و باید به شهرستان دیگری مراجعه کنید.",
        "خارج از صلاحیت",
        "It is not ours.",
    ],
)
def test_not_ours_is_no_reason_to_refuse(case: Case, reason: str, reza: Actor, now: datetime) -> None:
    with pytest.raises(NotOursIsNoReason):
        refuse(case=case, reason=reason, by=reza, now=now)
    assert final(case).owed


@pytest.mark.parametrize(
    "reason",
    [
        "بر پایه ماده ۱۵۷ قانون کار، رسیدگی به این دعوا خارج از صلاحیت اداره و با دادگاه عمومی شهرستان است.",
        "مدارک خواسته‌شده تا پایان مهلت داده نشد.",
        "موضوع شکایت مربوط به سال ۱۳۹۸ است و مهلت آن گذشته است.",
    ],
)
def test_a_reason_that_says_more_is_one(reason: str) -> None:
    assert not means_not_ours(reason)
