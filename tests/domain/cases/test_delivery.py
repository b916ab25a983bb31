"""A signed answer reaches its person, with proof; until then the office still owes it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from takrim.cases import delivery
from takrim.cases.actions_answer import CarrierMustSay, WentOut, Words, answer_at_once, deliver, send_back
from takrim.cases.actions_delivery import (
    NothingToRead,
    NotTriedEnough,
    ProofMissing,
    arrived,
    prove_impossible,
    read_by_holder,
)
from takrim.cases.actions_end import object_to
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_send import NoAddress, NoCarrier, OnItsWay, WhyMissing, fail, not_reached, send_out
from takrim.cases.models import Answer, Case, State
from takrim.cases.models_delivery import Attempt
from takrim.cases.moves import CaseCannotMove, NotYours
from takrim.channels.channel import Sender
from takrim.duties.clocks import read
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.jobs.catalogue import hear_carriers
from takrim.journal.follow import FOLLOWERS, catch_up
from takrim.journal.models import Entry
from takrim.letters import actions as letters
from takrim.letters.carrier import DEMONSTRATION
from takrim.letters.carriers.smtp import PATIENCE
from takrim.letters.carry import carry_waiting
from takrim.letters.models import Letter
from takrim.orgs.actor import Actor, NotAllowed, holder, system
from tests.people import MakeCase

WORDS = Words(
    outcome="upheld",
    text="حق بیمه وصول شد.",
    reason="بازرسی انجام شد.",
    next_step="از شنبه در سابقه شما دیده می‌شود.",
)


@pytest.fixture
def carried(settings: Any) -> None:
    """An SMS provider is set up, and reports what became of each message."""
    settings.SMS_TEMPLATE, settings.SMS_SECRET = "sms.toml", "key"


@pytest.fixture
def signed(case: Case, reza: Actor, now: datetime) -> Answer:
    """The answer to Zahra's case, signed and not delivered."""
    return answer_at_once(case=case, words=WORDS, how="", by=reza, now=now)


def written() -> Letter:
    for reader in FOLLOWERS:
        catch_up(reader)
    return Letter.objects.get(kind="answer_sent")


def state_of(case: Case) -> str:
    return Case.objects.get(pk=case.pk).state


def verbs(case: Case) -> list[str]:
    return list(Entry.objects.filter(subject=case.code).order_by("id").values_list("verb", flat=True))


def test_sent_is_not_delivered_and_the_clock_of_the_law_goes_on(
    signed: Answer, case: Case, sara: Actor, carried: None, now: datetime
) -> None:
    send_out(answer=signed, way="sms", by=sara, now=now)
    letter = written()
    letters.hand_over(letter=letter, carrier="sms_http", reference="A1", by=system("letters"), now=now)
    assert hear_carriers.run(now + timedelta(hours=1)) == 0, "the provider has only taken it"
    duty = Duty.objects.get(about=case.code)
    assert (state_of(case), duty.state, duty.owed) == (State.APPROVED, DutyState.OPEN, True)
    assert next(clock for clock in read(duty.clocks, duty.opened_at) if clock.rule.code == "statute").stopped is None
    assert "case.answered" not in verbs(case)


def test_the_word_of_the_carrier_delivers_it_at_its_own_moment(
    signed: Answer, case: Case, sara: Actor, carried: None, now: datetime
) -> None:
    send_out(answer=signed, way="sms", by=sara, now=now)
    letters.hand_over(letter=written(), carrier="sms_http", reference="A1", by=system("letters"), now=now)
    at = now + timedelta(hours=2)
    letters.report_delivered(reference="A1", by=system("sms"), now=at)
    assert hear_carriers.run(now + timedelta(days=2)) == 1
    assert hear_carriers.run(now + timedelta(days=2)) == 0
    case.refresh_from_db()
    signed.refresh_from_db()
    assert (case.state, case.answered_at, signed.delivered_at, signed.delivered_how) == (State.ANSWERED, at, at, "sms")
    attempt = Attempt.objects.get()
    assert (attempt.reached_at, attempt.proof) == (at, "sms_http A1")
    duty = Duty.objects.get(about=case.code)
    assert (duty.state, duty.answered_at) == (DutyState.ACCEPTED, at)
    assert next(clock for clock in read(duty.clocks, duty.opened_at) if clock.rule.code == "statute").stopped == at
    assert verbs(case)[-1] == "case.answered"


def test_a_carrier_that_gives_up_is_an_attempt_in_vain(
    signed: Answer, case: Case, sara: Actor, carried: None, now: datetime
) -> None:
    send_out(answer=signed, way="sms", by=sara, now=now)
    letters.give_up(letter=written(), why="http 404", by=system("letters"), now=now)
    assert hear_carriers.run(now) == 1
    attempt = Attempt.objects.get()
    assert attempt.failed_at == now
    assert "http 404" in attempt.why
    assert (state_of(case), verbs(case)[-1]) == (State.APPROVED, "case.not_reached")


def test_mail_is_delivered_when_the_relay_has_taken_it(
    signed: Answer, case: Case, sara: Actor, settings: Any, now: datetime
) -> None:
    settings.SMTP_HOST = "relay"
    send_out(answer=signed, way="email", by=sara, now=now)
    letter = written()
    assert (letter.to, WORDS.text in letter.body) == ("zahra@example.ir", True)
    letters.hand_over(letter=letter, carrier="smtp", reference="takrim-1", by=system("letters"), now=now)
    assert hear_carriers.run(now) == 1
    assert state_of(case) == State.ANSWERED


@pytest.fixture
def mailed(signed: Answer, sara: Actor, settings: Any, now: datetime) -> Letter:
    """The answer by e-mail, taken by a relay that sends back what does not arrive."""
    settings.SMTP_HOST, settings.MAIL_BOUNCES = "relay", "bounces@example.ir"
    send_out(answer=signed, way="email", by=sara, now=now)
    letter = written()
    letters.hand_over(letter=letter, carrier="smtp", reference="takrim-1", by=system("letters"), now=now)
    return letter


def test_where_mail_can_come_back_silence_proves_its_arrival(mailed: Letter, case: Case, now: datetime) -> None:
    assert hear_carriers.run(now + PATIENCE - timedelta(minutes=1)) == 0
    assert state_of(case) == State.APPROVED
    assert hear_carriers.run(now + timedelta(days=1)) == 1
    assert Case.objects.get(pk=case.pk).answered_at == now + PATIENCE


def test_mail_that_comes_back_in_time_is_an_attempt_in_vain(mailed: Letter, case: Case, now: datetime) -> None:
    letters.report_lost(reference="takrim-1", why="came back 5.1.1", by=system("mail"), now=now + timedelta(hours=1))
    assert hear_carriers.run(now + timedelta(hours=1)) == 1
    assert "5.1.1" in Attempt.objects.get().why
    assert state_of(case) == State.APPROVED


def test_mail_that_comes_back_later_is_told_of_the_case(mailed: Letter, case: Case, now: datetime) -> None:
    hear_carriers.run(now + timedelta(days=1))
    late = now + timedelta(days=3)
    letters.report_lost(reference="takrim-1", why="came back 4.4.7", by=system("mail"), now=late)
    letters.report_lost(reference="takrim-1", why="came back 4.4.7", by=system("mail"), now=late)
    assert Attempt.objects.get().proof.endswith("برگشت خورد")
    assert verbs(case).count("case.came_back") == 1


def test_a_letter_that_is_tried_again_lets_its_attempt_go_on(
    signed: Answer, case: Case, sara: Actor, kian: Actor, carried: None, now: datetime
) -> None:
    attempt = send_out(answer=signed, way="sms", by=sara, now=now)
    letter = written()
    letters.give_up(letter=letter, why="http 503", by=system("letters"), now=now)
    hear_carriers.run(now)
    letters.retry(letter=letter, by=kian, now=now + timedelta(hours=1))
    attempt.refresh_from_db()
    assert (attempt.failed_at, attempt.why, verbs(case)[-2:]) == (None, "", ["case.tried_again", "letter.retried"])
    letter.refresh_from_db()
    letters.hand_over(letter=letter, carrier="sms_http", reference="A2", by=system("letters"), now=now)
    letters.report_delivered(reference="A2", by=system("sms"), now=now + timedelta(hours=2))
    assert hear_carriers.run(now + timedelta(hours=2)) == 1
    assert state_of(case) == State.ANSWERED


def test_an_attempt_that_no_longer_matters_stays_in_vain(
    signed: Answer, sara: Actor, kian: Actor, carried: None, now: datetime
) -> None:
    attempt = send_out(answer=signed, way="sms", by=sara, now=now)
    letter = written()
    letters.give_up(letter=letter, why="http 503", by=system("letters"), now=now)
    hear_carriers.run(now)
    posted = send_out(answer=signed, way="paper", proof="۱۲۳", by=sara, now=now)
    letters.retry(letter=letter, by=kian, now=now)
    assert Attempt.objects.filter(pk=attempt.pk, failed_at=now).exists(), "the post has it now"
    arrived(attempt=posted, proof="امضا", by=sara, now=now)
    letters.give_up(letter=Letter.objects.get(pk=letter.pk), why="http 503", by=system("letters"), now=now)
    letters.retry(letter=letter, by=kian, now=now)
    assert Attempt.objects.filter(pk=attempt.pk, failed_at=now).exists(), "it was delivered meanwhile"


def test_a_crowd_that_waits_in_vain_holds_up_nobody(
    signed: Answer, sara: Actor, carried: None, monkeypatch: pytest.MonkeyPatch, now: datetime, make_case: MakeCase,
    reza: Actor,
) -> None:  # fmt: skip
    monkeypatch.setattr(delivery, "PAGE", 1)
    other = answer_at_once(case=make_case(), words=WORDS, how="", anyway="همان", by=reza, now=now)
    for answer in (signed, other):
        send_out(answer=answer, way="sms", by=sara, now=now)
    for reader in FOLLOWERS:
        catch_up(reader)
    last = Letter.objects.filter(kind="answer_sent").latest("id")
    letters.give_up(letter=last, why="http 404", by=system("letters"), now=now)
    assert hear_carriers.run(now) == 1


def test_a_house_without_carriers_sends_nothing(
    signed: Answer, case: Case, sara: Actor, make_case: MakeCase, now: datetime
) -> None:
    assert delivery.ways_for(case) == ["in_person", "phone", "paper"]
    with pytest.raises(NoCarrier):
        send_out(answer=signed, way="sms", by=sara, now=now)
    assert not Attempt.objects.exists()


def test_in_the_demonstration_the_outbox_is_the_telephone(
    signed: Answer, case: Case, sara: Actor, settings: Any, tmp_path: Path, now: datetime
) -> None:
    settings.DATA = tmp_path
    (tmp_path / DEMONSTRATION).write_text("{}")
    assert delivery.ways_for(case)[:2] == ["sms", "email"]
    send_out(answer=signed, way="sms", by=sara, now=now)
    written()
    assert carry_waiting(now) > 0
    assert hear_carriers.run(now) == 1
    assert (state_of(case), Attempt.objects.get().proof.startswith("outbox")) == (State.ANSWERED, True)


def test_a_way_without_address_and_a_second_sending_are_refused(
    signed: Answer, sara: Actor, make_case: MakeCase, reza: Actor, carried: None, now: datetime
) -> None:
    send_out(answer=signed, way="sms", by=sara, now=now)
    with pytest.raises(OnItsWay):
        send_out(answer=signed, way="paper", by=sara, now=now)
    other = make_case(sender=Sender(name="بی‌نشان"))
    answer = answer_at_once(case=other, words=WORDS, how="", anyway="نشانی نیست", by=reza, now=now)
    with pytest.raises(NoAddress):
        send_out(answer=answer, way="sms", by=sara, now=now)


def test_an_officer_cannot_say_that_an_sms_arrived(signed: Answer, sara: Actor, carried: None, now: datetime) -> None:
    with pytest.raises(CarrierMustSay):
        deliver(answer=signed, how="sms", by=sara, now=now)


def test_the_post_takes_it_and_proves_it_or_brings_it_back(
    signed: Answer, case: Case, sara: Actor, now: datetime
) -> None:
    first = send_out(answer=signed, way="paper", proof="۱۲۳۴۵", by=sara, now=now)
    fail(attempt=first, why="نشانی ناقص بود.", by=sara, now=now + timedelta(days=3))
    assert state_of(case) == State.APPROVED
    second = send_out(answer=signed, way="paper", proof="۶۷۸۹۰", by=sara, now=now + timedelta(days=3))
    with pytest.raises(ProofMissing):
        arrived(attempt=second, proof=" ", by=sara, now=now)
    at = now + timedelta(days=6)
    arrived(attempt=second, proof="خودش امضا کرد", by=sara, now=at)
    assert second.proof == "۶۷۸۹۰ · خودش امضا کرد"
    assert Case.objects.get(pk=case.pk).answered_at == at


def test_handed_over_by_hand_names_who_did_it(signed: Answer, sara: Actor, now: datetime) -> None:
    deliver(answer=signed, how="in_person", proof="برادرش با وکالت", by=sara, now=now)
    attempt = Attempt.objects.get()
    assert (attempt.handed_by, attempt.proof, attempt.reached_at) == (sara.name, "برادرش با وکالت", now)


def test_reading_with_the_secret_proves_it_once(signed: Answer, case: Case, now: datetime) -> None:
    at = now + timedelta(days=1)
    read_by_holder(case=case, by=holder(), now=at)
    read_by_holder(case=case, by=holder(), now=at + timedelta(days=1))
    case.refresh_from_db()
    assert (case.state, case.answered_at) == (State.ANSWERED, at)
    assert Attempt.objects.get().way == "read"
    assert verbs(case).count("case.answered") == 1
    assert final_duty(case) is None


def test_what_is_not_signed_is_not_read(case: Case, make_case: MakeCase) -> None:
    with pytest.raises(NothingToRead):
        read_by_holder(case=case, by=holder(), now=case.received_at)


def tried(answer: Answer, by: Actor, now: datetime, times: int = 3) -> None:
    for turn in range(times):
        not_reached(answer=answer, way="phone", why="پاسخ نداد.", by=by, now=now + timedelta(hours=turn))


def test_after_three_attempts_the_person_is_on_the_telephone_list(
    signed: Answer, case: Case, sara: Actor, make_case: MakeCase, now: datetime, carried: None
) -> None:
    cases = Case.objects.all()
    tried(signed, sara, now, 2)
    assert list(delivery.to_telephone(cases)) == []
    tried(signed, sara, now, 1)
    assert list(delivery.to_telephone(cases)) == [case]
    send_out(answer=signed, way="sms", by=sara, now=now)
    assert list(delivery.to_telephone(cases)) == [], "it is on its way again"


def test_impossible_is_said_by_a_head_with_a_reason_after_three_attempts(
    signed: Answer, case: Case, sara: Actor, reza: Actor, now: datetime
) -> None:
    tried(signed, sara, now, 2)
    with pytest.raises(NotTriedEnough):
        prove_impossible(answer=signed, why="شماره واگذار شده است.", by=reza, now=now)
    case.refresh_from_db()
    signed.case = case
    tried(signed, sara, now, 1)
    with pytest.raises(NotAllowed):
        prove_impossible(answer=signed, why="شماره واگذار شده است.", by=sara, now=now)
    at = now + timedelta(days=9)
    prove_impossible(answer=signed, why="شماره واگذار شده است.", by=reza, now=at)
    case.refresh_from_db()
    assert (case.state, case.answered_at, signed.delivered_how) == (State.ANSWERED, at, "impossible")
    assert verbs(case)[-1] == "case.undeliverable"
    assert Duty.objects.get(about=case.code).answered_at == at


def test_who_reads_it_after_all_may_object_from_then_on(
    signed: Answer, case: Case, sara: Actor, reza: Actor, now: datetime
) -> None:
    tried(signed, sara, now)
    prove_impossible(answer=signed, why="شماره واگذار شده است.", by=reza, now=now)
    late = now + timedelta(days=40)
    case.refresh_from_db()
    read_by_holder(case=case, by=holder(), now=late)
    signed.refresh_from_db()
    assert (signed.delivered_at, signed.delivered_how) == (late, "read")
    object_to(case=case, text="نمی‌پذیرم.", by=holder(), now=late + timedelta(days=5))
    assert state_of(case) == State.REOPENED


def test_what_went_out_is_not_taken_back(signed: Answer, reza: Actor, sara: Actor, case: Case, now: datetime) -> None:
    send_out(answer=signed, way="paper", by=sara, now=now)
    with pytest.raises(WentOut):
        send_back(answer=signed, why="غلط تایپی", by=reza, now=now)
    assert state_of(case) == State.APPROVED


def test_strangers_and_empty_words_are_refused(signed: Answer, omid: Actor, sara: Actor, now: datetime) -> None:
    with pytest.raises(NotYours):
        not_reached(answer=signed, way="phone", why="…", by=omid, now=now)
    with pytest.raises(NotYours):
        send_out(answer=signed, way="paper", by=omid, now=now)
    with pytest.raises(WhyMissing):
        not_reached(answer=signed, way="phone", why=" ", by=sara, now=now)


def test_an_answer_that_is_not_signed_is_not_sent(case: Case, sara: Actor, reza: Actor, now: datetime) -> None:
    answer = answer_at_once(case=case, words=WORDS, how="phone", by=reza, now=now)
    with pytest.raises(CaseCannotMove):
        send_out(answer=answer, way="paper", by=sara, now=now)


def test_the_database_wants_proof_and_reason(signed: Answer, now: datetime) -> None:
    for wrong in ({"reached_at": now}, {"failed_at": now}, {"reached_at": now, "failed_at": now, "why": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(answer=signed, way="paper", at=now, by="test", **wrong)
