"""Asking bodies outside: one question, one signed link, one answer, an end in any case."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core import signing

from takrim.base.workdays import Length
from takrim.cases import inquiry_links
from takrim.cases.actions_end import withdraw
from takrim.cases.actions_inquiry import (
    AskedAlready,
    InquiryOver,
    PartnerKnown,
    PartnerUnreachable,
    Shown,
    add_partner,
    answer_inquiry,
    end_partner,
    inquire,
    revoke_inquiry,
)
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_work import NothingSaid
from takrim.cases.models import Case, State
from takrim.cases.models_partners import Inquiry, Partner
from takrim.cases.moves import NotYours
from takrim.duties.actions import due_for
from takrim.duties.actions_clocks import waits_for
from takrim.duties.models import State as DutyState
from takrim.evidence.actions import Upload, keep
from takrim.evidence.models import Evidence
from takrim.jobs.catalogue import expire_inquiries
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.letters.kind import filled
from takrim.letters.models import Letter, Way
from takrim.orgs.actor import Actor, NotAllowed, partner

TEN_DAYS = Length.parse("10 working_days")
OUTSIDE = partner(1, "فرمانداری نظرآباد")
ASKED = Shown(question="آیا این کارگاه پروانه دارد؟")


@pytest.fixture
def governorate(nima: Actor, now: datetime) -> Partner:
    return add_partner(name="فرمانداری نظرآباد", email="office@example.ir", mobile="", by=nima, now=now)


@pytest.fixture
def inquiry(case: Case, governorate: Partner, mina: Actor, now: datetime) -> Inquiry:
    return inquire(case=case, partner=governorate, shown=ASKED, length=TEN_DAYS, by=mina, now=now)


def test_the_province_keeps_the_list(governorate: Partner, nima: Actor, mina: Actor, now: datetime) -> None:
    assert list(Partner.objects.all().of(mina.unit_path).at_work()) == [governorate]
    with pytest.raises(PartnerKnown):
        add_partner(name=" فرمانداری  نظرآباد ", email="", mobile="09121234567", by=nima, now=now)
    with pytest.raises(PartnerUnreachable):
        add_partner(name="پلیس +۱۰", email="", mobile="", by=nima, now=now)
    with pytest.raises(NotAllowed):
        add_partner(name="پلیس +۱۰", email="", mobile="09121234567", by=mina, now=now)
    end_partner(partner=governorate, by=nima, now=now)
    assert not Partner.objects.all().of(mina.unit_path).at_work().exists()
    assert not Partner.objects.all().of("ir/qom/").exists()


def test_our_office_owes_that_an_answer_comes(case: Case, inquiry: Inquiry) -> None:
    duty = inquiry.duty
    assert (duty.kind, duty.unit_path, duty.state) == ("inquiry", "ir/alborz/nazarabad/", DutyState.OPEN)
    assert inquiry.expires_at == duty.due_at
    assert duty.about_kind == case.kind
    assert case.state == State.AWAITING_INQUIRY


def test_of_the_person_only_what_was_chosen_is_told(
    case: Case, governorate: Partner, inquiry: Inquiry, nima: Actor, mina: Actor, now: datetime
) -> None:
    assert inquiry.person == ""
    police = add_partner(name="پلیس +۱۰", email="", mobile="09121234567", by=nima, now=now)
    shown = Shown(question="احراز هویت", person=True)
    told = inquire(case=case, partner=police, shown=shown, length=TEN_DAYS, by=mina, now=now)
    assert told.person == "زهرا اکبری · 0084575948"


def test_the_same_body_is_not_asked_twice_at_once(
    case: Case, governorate: Partner, inquiry: Inquiry, mina: Actor, now: datetime
) -> None:
    with pytest.raises(AskedAlready):
        inquire(case=case, partner=governorate, shown=ASKED, length=TEN_DAYS, by=mina, now=now)
    case.refresh_from_db()
    with pytest.raises(NothingSaid):
        inquire(case=case, partner=governorate, shown=Shown(question=" "), length=TEN_DAYS, by=mina, now=now)


def test_the_answer_comes_with_its_files_and_the_case_goes_on(case: Case, inquiry: Inquiry, now: datetime) -> None:
    stored = keep(upload=Upload("پروانه.txt", ["دارد".encode()]), now=now)
    later = now + timedelta(days=1)
    answer_inquiry(
        inquiry=inquiry, text="پروانه دارد.", name="ناصر یزدی", files=[(stored, "پروانه.txt")], by=OUTSIDE, now=later
    )
    inquiry.refresh_from_db()
    duty = inquiry.duty
    assert (inquiry.how, inquiry.answered_by, inquiry.over_at) == ("answered", "ناصر یزدی", later)
    assert (duty.state, duty.answer, duty.answered_at) == (DutyState.ACCEPTED, "پروانه دارد.", later)
    assert Case.objects.get(pk=case.pk).state == State.UNDER_REVIEW
    file = Evidence.objects.get()
    assert (file.from_party, file.shown_to_party) == (False, False)
    entry = Entry.objects.get(verb="case.inquiry_answered")
    assert (entry.actor, entry.actor_name) == (OUTSIDE.code, "فرمانداری نظرآباد")
    with pytest.raises(InquiryOver):
        answer_inquiry(inquiry=inquiry, text="بار دوم", name="ناصر یزدی", files=[], by=OUTSIDE, now=later)


def test_an_answer_needs_its_words_and_a_name(inquiry: Inquiry, now: datetime) -> None:
    for text, name in (("", "ناصر"), ("دارد", " ")):
        with pytest.raises(NothingSaid):
            answer_inquiry(inquiry=inquiry, text=text, name=name, files=[], by=OUTSIDE, now=now)
    assert inquiry.open_at(now)


def test_taken_back_it_takes_no_answer(case: Case, inquiry: Inquiry, mina: Actor, hadi: Actor, now: datetime) -> None:
    with pytest.raises(NotYours):
        revoke_inquiry(inquiry=inquiry, by=hadi, now=now)
    revoke_inquiry(inquiry=inquiry, by=mina, now=now)
    assert (inquiry.how, inquiry.duty.state) == ("revoked", DutyState.WITHDRAWN)
    assert Case.objects.get(pk=case.pk).state == State.UNDER_REVIEW
    with pytest.raises(InquiryOver):
        answer_inquiry(inquiry=inquiry, text="دارد", name="ناصر", files=[], by=OUTSIDE, now=now)


def test_expired_it_is_written_down_once_and_the_case_goes_on(case: Case, inquiry: Inquiry, now: datetime) -> None:
    assert expire_inquiries.run(inquiry.expires_at - timedelta(seconds=1)) == 0
    assert expire_inquiries.run(inquiry.expires_at) == 1
    assert expire_inquiries.run(inquiry.expires_at) == 0
    inquiry.refresh_from_db()
    assert (inquiry.how, inquiry.duty.state) == ("expired", DutyState.WITHDRAWN)
    assert Case.objects.get(pk=case.pk).state == State.UNDER_REVIEW
    assert Entry.objects.filter(verb="case.inquiry_expired").count() == 1


def test_a_case_that_has_ended_takes_no_answer_from_outside(
    case: Case, inquiry: Inquiry, zahra: Actor, now: datetime
) -> None:
    withdraw(case=case, reason="حل شد.", by=zahra, now=now)
    inquiry = Inquiry.objects.get()
    with pytest.raises(InquiryOver):
        answer_inquiry(inquiry=inquiry, text="دارد", name="ناصر", files=[], by=OUTSIDE, now=now)
    assert expire_inquiries.run(inquiry.expires_at) == 1
    assert Inquiry.objects.get().how == "ended"


def test_the_letter_has_the_link_and_no_word_of_the_matter(case: Case, inquiry: Inquiry, now: datetime) -> None:
    catch_up("letters")
    letter = Letter.objects.get(kind="inquiry")
    assert (letter.way, letter.to, letter.trusted) == (Way.EMAIL, "office@example.ir", True)
    assert inquiry_links.make(inquiry.pk) not in letter.body
    assert inquiry_links.address_of(inquiry.pk) in filled(letter)
    for secret in (inquiry.question, case.text, case.code, "زهرا"):
        assert secret not in filled(letter)


def test_only_a_link_of_its_own_purpose_is_read(inquiry: Inquiry) -> None:
    assert inquiry_links.read(inquiry_links.make(inquiry.pk)) == inquiry.pk
    for forged in ("", "1", signing.dumps(inquiry.pk, salt="takrim.survey"), inquiry_links.make(1) + "x"):
        assert inquiry_links.read(forged) is None


def test_what_may_stand_stands_while_another_body_is_asked(
    case: Case, inquiry: Inquiry, nima: Actor, mina: Actor, now: datetime
) -> None:
    final = final_duty(case)
    assert final is not None
    assert waits_for(final) == "agency"
    police = add_partner(name="پلیس +۱۰", email="", mobile="09121234567", by=nima, now=now)
    second = inquire(case=case, partner=police, shown=ASKED, length=TEN_DAYS, by=mina, now=now)
    revoke_inquiry(inquiry=second, by=mina, now=now)
    assert (final_duty(case) or final).clocks == final.clocks
    answer_inquiry(inquiry=inquiry, text="دارد", name="ناصر", files=[], by=OUTSIDE, now=now + timedelta(days=2))
    gone_on = final_duty(case)
    assert gone_on is not None
    assert waits_for(gone_on) == ""
    without = due_for(final.unit_path, final.opened_at, Length.parse(final.length))
    assert gone_on.due_at is not None
    assert gone_on.due_at > without
