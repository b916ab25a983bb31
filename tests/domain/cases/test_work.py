"""Working on a case: referrals and their replies, notes, and whose step it is."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.base.workdays import Length
from takrim.cases import search
from takrim.cases.actions_intake import ask_completion, final_duty
from takrim.cases.actions_work import (
    AlreadyThere,
    NothingSaid,
    NotToItself,
    accept_reply,
    note,
    refer,
    reply,
    return_reply,
)
from takrim.cases.models import Case, Note, State
from takrim.cases.moves import Move, NotYours, possible
from takrim.duties.actions import NotYourDuty
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.duties.moves import DutyCannotMove, DutyMovedMeanwhile
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from tests.people import Hire, MakeCase

FIVE_DAYS = Length.parse("5 working_days")


@pytest.fixture
def asked(case: Case, units: dict[str, Unit], mina: Actor, now: datetime) -> Duty:
    """Nazarabad has asked Karaj for its part."""
    return refer(case=case, to=units["karaj"], task="سابقه بیمه را بفرستید.", length=FIVE_DAYS, by=mina, now=now)


def test_a_referral_is_owed_by_the_other_office_and_the_answer_by_ours(case: Case, asked: Duty, now: datetime) -> None:
    assert (asked.kind, asked.unit_path, asked.state) == ("referral", "ir/alborz/karaj/", DutyState.OPEN)
    assert asked.due_at == calendar_of(asked.unit_path).due(now, FIVE_DAYS)
    assert case.state == State.REFERRED
    final = final_duty(case)
    assert final is not None
    assert final.unit_path == case.unit_path


def test_the_office_that_was_asked_sees_and_finds_the_case(
    case: Case, hadi: Actor, omid: Actor, units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    assert not Case.objects.all().seen_by(hadi).exists()
    refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    assert Case.objects.all().seen_by(hadi).get() == case
    assert search.find("بیمه", unit_id=units["karaj"].pk, limit=5)[0][1] == case.pk
    assert not Case.objects.all().seen_by(omid).exists()


def test_without_a_length_the_kind_says_how_long(
    case: Case, units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    duty = refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    assert duty.length == "5 working days"


def test_an_office_is_asked_once_until_it_replies(
    case: Case, asked: Duty, units: dict[str, Unit], mina: Actor, hadi: Actor, reza: Actor, now: datetime
) -> None:
    with pytest.raises(AlreadyThere):
        refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    accept_reply(case=case, duty=asked, by=reza, now=now)
    case.refresh_from_db()
    assert refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now).pk != asked.pk


def test_an_office_does_not_ask_itself(case: Case, units: dict[str, Unit], mina: Actor, now: datetime) -> None:
    with pytest.raises(NotToItself):
        refer(case=case, to=units["nazarabad"], task="", length=None, by=mina, now=now)


def test_referring_needs_its_power(case: Case, units: dict[str, Unit], tara: Actor, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        refer(case=case, to=units["karaj"], task="", length=None, by=tara, now=now)


def test_a_refused_referral_leaves_nothing_behind(
    case: Case, asked: Duty, units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    before = Entry.objects.count()
    with pytest.raises(AlreadyThere):
        refer(case=case, to=units["karaj"], task="", length=None, by=mina, now=now)
    assert Entry.objects.count() == before


def test_a_reply_takes_the_case_up_again(case: Case, asked: Duty, hadi: Actor, now: datetime) -> None:
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    asked.refresh_from_db()
    assert (asked.state, asked.answer, asked.answered_at) == (DutyState.ANSWERED, "سابقه دارد.", now)
    assert asked.settled_at is None, "it still has to be judged"
    case.refresh_from_db()
    assert case.state == State.UNDER_REVIEW


def test_the_case_waits_for_the_last_reply(
    case: Case, asked: Duty, units: dict[str, Unit], mina: Actor, hadi: Actor, sara: Actor, now: datetime
) -> None:
    refer(case=case, to=units["kahak"], task="", length=None, by=mina, now=now)
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    assert Case.objects.get(pk=case.pk).state == State.REFERRED


def test_a_reply_after_the_draft_does_not_throw_the_case_back(
    case: Case, asked: Duty, mina: Actor, hadi: Actor, now: datetime
) -> None:
    ask_completion(case=case, what="قرارداد", by=mina, now=now)
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    assert Case.objects.get(pk=case.pk).state == State.AWAITING_COMPLETION


def test_only_the_office_that_was_asked_replies(
    case: Case, asked: Duty, mina: Actor, omid: Actor, now: datetime
) -> None:
    for stranger in (mina, omid):
        with pytest.raises(NotYourDuty):
            reply(case=case, duty=asked, text="به‌جای شما", by=stranger, now=now)


def test_an_empty_reply_is_refused(case: Case, asked: Duty, hadi: Actor, now: datetime) -> None:
    with pytest.raises(NothingSaid):
        reply(case=case, duty=asked, text=" ", by=hadi, now=now)


def test_two_colleagues_reply_at_once(case: Case, asked: Duty, hadi: Actor, now: datetime) -> None:
    his, hers = Duty.objects.get(pk=asked.pk), Duty.objects.get(pk=asked.pk)
    reply(case=case, duty=his, text="پاسخ نخست", by=hadi, now=now)
    with pytest.raises(DutyMovedMeanwhile):
        reply(case=case, duty=hers, text="پاسخ دوم", by=hadi, now=now)
    assert Duty.objects.get(pk=asked.pk).answer == "پاسخ نخست"


def test_the_office_that_asked_accepts(case: Case, asked: Duty, hadi: Actor, reza: Actor, now: datetime) -> None:
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    accept_reply(case=case, duty=asked, by=reza, now=now)
    assert (asked.state, asked.settled_at) == (DutyState.ACCEPTED, now)


def test_nobody_accepts_the_reply_of_their_own_office(
    case: Case, asked: Duty, hadi: Actor, reza: Actor, hire: Hire, now: datetime
) -> None:
    head_of_karaj = hire("ali", "علی", "head", "karaj")
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    with pytest.raises(NotYours):
        accept_reply(case=case, duty=asked, by=head_of_karaj, now=now)
    with pytest.raises(NotYours):
        return_reply(case=case, duty=asked, reason="چون", by=head_of_karaj, now=now)


def test_a_reply_that_lacks_something_is_sent_back_with_the_reason(
    case: Case, asked: Duty, hadi: Actor, reza: Actor, now: datetime
) -> None:
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    with pytest.raises(NothingSaid):
        return_reply(case=case, duty=asked, reason="", by=reza, now=now)
    return_reply(case=case, duty=asked, reason="ماه‌ها را بنویسید.", by=reza, now=now)
    assert (asked.state, asked.answered_at, asked.settled_at) == (DutyState.RETURNED, None, None)
    assert asked.task.endswith("ماه‌ها را بنویسید.")
    reply(case=case, duty=asked, text="فروردین تا خرداد.", by=hadi, now=now)
    assert asked.state == DutyState.ANSWERED


def test_what_was_not_replied_cannot_be_judged(case: Case, asked: Duty, reza: Actor, now: datetime) -> None:
    with pytest.raises(DutyCannotMove):
        accept_reply(case=case, duty=asked, by=reza, now=now)


def test_judging_needs_its_power(case: Case, asked: Duty, hadi: Actor, mina: Actor, now: datetime) -> None:
    reply(case=case, duty=asked, text="سابقه دارد.", by=hadi, now=now)
    with pytest.raises(NotAllowed):
        accept_reply(case=case, duty=asked, by=mina, now=now)


@pytest.mark.parametrize("step", [Move.DRAFT, Move.ASK, Move.REFER])
def test_an_office_that_was_only_asked_does_not_take_the_case(
    step: Move, case: Case, asked: Duty, hadi: Actor, mina: Actor
) -> None:
    assert possible(case, step, mina)
    assert not possible(case, step, hadi)


def test_an_office_that_was_only_asked_is_refused(
    case: Case, asked: Duty, hadi: Actor, units: dict[str, Unit], now: datetime
) -> None:
    with pytest.raises(NotYours):
        ask_completion(case=case, what="قرارداد", by=hadi, now=now)
    with pytest.raises(NotYours):
        refer(case=case, to=units["qom"], task="", length=None, by=hadi, now=now)
    assert note(case=case, text="ما هم شنیده‌ایم.", by=hadi, now=now).pk


def test_a_note_is_for_officers_and_can_be_found(
    case: Case, mina: Actor, units: dict[str, Unit], now: datetime
) -> None:
    written = note(case=case, text="تلفنی پیگیری شد.", by=mina, now=now)
    assert (written.by, written.by_name, written.at) == (mina.code, mina.name, now)
    assert search.find("تلفنی", unit_id=units["nazarabad"].pk, limit=5)[0][1] == case.pk
    assert "تلفنی" not in str(Entry.objects.get(verb="case.noted").facts)


def test_an_empty_note_and_a_note_without_power_are_refused(
    case: Case, mina: Actor, zahra: Actor, now: datetime
) -> None:
    with pytest.raises(NothingSaid):
        note(case=case, text="\n", by=mina, now=now)
    with pytest.raises(NotAllowed):
        note(case=case, text="سلام", by=zahra, now=now)
    assert not Note.objects.exists()


def test_a_case_of_another_province_is_unknown(make_case: MakeCase, mina: Actor, omid: Actor, nima: Actor) -> None:
    ours, theirs = make_case(unit="nazarabad"), make_case(unit="kahak")
    assert set(Case.objects.all().seen_by(nima)) == {ours}
    assert set(Case.objects.all().seen_by(omid)) == {theirs}
    assert set(Duty.objects.all().seen_by(mina)) == set(Duty.objects.filter(about=ours.code))
