"""Asking bodies outside: sent by a signed link, answered there, taken back, or gone by unanswered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.workdays import Length
from takrim.cases import search
from takrim.cases.actions_intake import final_duty, matter_of, told
from takrim.cases.actions_time import stepped
from takrim.cases.actions_work import NothingSaid, take_up
from takrim.cases.events import (
    Inquired,
    InquiryAnswered,
    InquiryExpired,
    InquiryRevoked,
    PartnerAdded,
    PartnerEnded,
)
from takrim.cases.models import Case
from takrim.cases.models_partners import Inquiry, Partner
from takrim.cases.moves import Move, NotYours, answers_for, move
from takrim.cases.order import hold, hold_all
from takrim.duties import actions as duties
from takrim.duties import actions_clocks as clocks
from takrim.duties.actions import Term
from takrim.evidence.actions import hand_in
from takrim.evidence.models import StoredFile
from takrim.journal.record import record
from takrim.orgs.actor import Actor, system
from takrim.orgs.paths import province_of
from takrim.orgs.powers import Power

MOST_ANSWER = 20_000


class PartnerUnreachable(Refusal):
    code = "partner_unreachable"
    status = 422
    message = _("Give an e-mail address or a mobile number: the link is sent there.")


class PartnerKnown(Refusal):
    code = "partner_known"
    message = _("A body of this name is already in the list.")


class InquiryOver(Refusal):
    code = "inquiry_over"
    status = 404
    message = _("This link does not open anything: it has expired, was used, or was taken back.")


class AskedAlready(Refusal):
    code = "partner_asked_already"
    message = _("This body has already been asked and has not answered yet.")


@transaction.atomic
def add_partner(*, name: str, email: str, mobile: str, by: Actor, now: datetime) -> Partner:
    """Enter a body that inquiries may be sent to, for all offices of the province."""
    by.require(Power.PARTNERS_EDIT)
    called, path = " ".join(name.split()), province_of(by.unit_path)
    if not called:
        raise NothingSaid
    if not email and not mobile:
        raise PartnerUnreachable
    if Partner.objects.at_work().filter(unit_path=path, name=called).exists():
        raise PartnerKnown
    partner = Partner(unit_path=path, name=called, email=email, mobile=mobile, since=now)
    partner.save(force_insert=True)
    record(PartnerAdded(unit=path), on=f"partner:{partner.pk}", unit_path=path, by=by, at=now)
    return partner


@transaction.atomic
def end_partner(*, partner: Partner, by: Actor, now: datetime) -> Partner:
    """The body is asked no more. What it was asked before stays as it is."""
    by.require(Power.PARTNERS_EDIT)
    if Partner.objects.at_work().filter(pk=partner.pk).update(ended_at=now):
        event = PartnerEnded(unit=partner.unit_path)
        record(event, on=f"partner:{partner.pk}", unit_path=partner.unit_path, by=by, at=now)
    partner.ended_at = partner.ended_at or now
    return partner


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the body outside gets to see: the question, words of the matter, files; of the person only if chosen."""

    question: str
    excerpt: str = ""
    files: Sequence[int] = ()
    person: bool = False


@transaction.atomic
def inquire(*, case: Case, partner: Partner, shown: Shown, length: Length, by: Actor, now: datetime) -> Inquiry:
    """Ask a body outside. Our own office owes that an answer comes; the link opens until that is due."""
    if not shown.question.strip():
        raise NothingSaid
    was = case.state
    move(case, Move.INQUIRE, by=by, now=now)
    hold_all(case)
    if Inquiry.objects.waiting().filter(case=case, partner=partner, duty__settled_at=None).exists():
        raise AskedAlready
    duty = duties.open_duty(
        kind="inquiry",
        about=case.code,
        matter=matter_of(case),
        unit=case.unit,
        task=shown.question,
        by=by,
        now=now,
        term=Term(length),
        judge_path=case.unit_path,
    )
    assert duty.due_at is not None  # it was given a length
    inquiry = Inquiry(
        case=case,
        duty=duty,
        partner=partner,
        question=shown.question,
        excerpt=shown.excerpt,
        person=_person(case) if shown.person else "",
        files=list(shown.files),
        sent_at=now,
        expires_at=duty.due_at,
    )
    inquiry.save(force_insert=True)
    event = Inquired(**told(case), inquiry=inquiry.pk, duty=duty.pk, due=duty.due_at)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    stepped(case, Inquired.verb, was=was, by=by, now=now)
    _stand(case, shown.question, by=by, now=now)
    return inquiry


def _stand(case: Case, question: str, *, by: Actor, now: datetime) -> None:
    """The clocks that may stand while another agency is asked do so; the law's own goes on."""
    final = final_duty(case)
    if final is not None and not clocks.waits_for(final) and clocks.may_stand(final, "agency", now):
        clocks.pause(duty=final, why="agency", reason=question, by=by, now=now)


def _go_on(case: Case, *, by: Actor, now: datetime) -> None:
    """Nobody outside is waited for any more: what stood goes on."""
    final = final_duty(case)
    asked_still = Inquiry.objects.waiting().filter(case=case, duty__settled_at=None).exists()
    if final is not None and not asked_still and clocks.waits_for(final) == "agency":
        clocks.resume(duty=final, by=by, now=now)


def _person(case: Case) -> str:
    """What is told of the applicant: name and national code, never telephone or address."""
    party = case.party
    return " · ".join(filter(None, (party.name, party.national_code))) if party else ""


def _end(inquiry: Inquiry, how: str, *, now: datetime, answered_by: str = "") -> None:
    if not Inquiry.objects.waiting().filter(pk=inquiry.pk).update(over_at=now, how=how, answered_by=answered_by):
        raise InquiryOver
    inquiry.over_at, inquiry.how, inquiry.answered_by = now, how, answered_by


@transaction.atomic
def answer_inquiry(
    *, inquiry: Inquiry, text: str, name: str, files: Sequence[tuple[StoredFile, str]], by: Actor, now: datetime
) -> Inquiry:
    """The body outside answers by its link. `name` is who writes for it, as they say."""
    case = inquiry.case
    hold(case)
    hold_all(case)
    if not inquiry.open_at(now) or not inquiry.duty.owed:
        raise InquiryOver
    if not text.strip() or not name.strip():
        raise NothingSaid
    _end(inquiry, "answered", now=now, answered_by=name)
    for stored, called in files:
        hand_in(subject=case.code, unit_path=case.unit_path, stored=stored, name=called, by=by, now=now)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[text])
    answered = duties.answer(duty=inquiry.duty, text=text[:MOST_ANSWER], by=by, now=now)
    duties.accept(duty=answered, by=by, now=now, power=Power.DUTY_ANSWER)
    event = InquiryAnswered(**told(case), inquiry=inquiry.pk, duty=inquiry.duty_id)
    record(event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    _go_on(case, by=by, now=now)
    return inquiry


@transaction.atomic
def revoke_inquiry(*, inquiry: Inquiry, by: Actor, now: datetime) -> Inquiry:
    """Take the question back: the link opens no more."""
    case = inquiry.case
    by.require(Power.CASE_REFER)
    if not answers_for(case, by):
        raise NotYours
    hold(case)
    hold_all(case)
    _end(inquiry, "revoked", now=now)
    _go_by(inquiry, InquiryRevoked, by=by, now=now)
    return inquiry


@transaction.atomic
def expire_inquiry(*, inquiry: Inquiry, by: Actor, now: datetime) -> Inquiry:
    """The time went by without an answer. A case that has ended meanwhile only loses the link."""
    hold(inquiry.case)
    hold_all(inquiry.case)
    inquiry.duty.refresh_from_db()
    if not inquiry.duty.owed:
        _end(inquiry, "ended", now=now)
        return inquiry
    _end(inquiry, "expired", now=now)
    _go_by(inquiry, InquiryExpired, by=by, now=now)
    return inquiry


def _go_by(inquiry: Inquiry, event: type[InquiryExpired] | type[InquiryRevoked], *, by: Actor, now: datetime) -> None:
    case = inquiry.case
    duties.withdraw(duty=inquiry.duty, by=by, now=now, power=Power.CASE_REFER)
    told_event = event(**told(case), inquiry=inquiry.pk, duty=inquiry.duty_id)
    record(told_event, on=case.code, unit_path=case.unit_path, by=by, at=now)
    _go_on(case, by=by, now=now)
    take_up(case=case, by=system("inquiry"), now=now)
