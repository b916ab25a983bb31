"""What can happen to a case, each with its sentence. Facts only: no words of people, no personal data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.journal.event import Event


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """What the figures need to know of every case event."""

    verb: ClassVar[str] = "case"
    sentence: ClassVar[str | Promise] = ""
    kind: str
    channel: str
    card: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class Received(CaseEvent):
    verb = "case.received"
    sentence = _("Registered. {unit} owes the final answer.")
    public = True
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class CompletionAsked(CaseEvent):
    verb = "case.completion_asked"
    sentence = _("The applicant was asked to complete the case.")
    public = True


@dataclass(frozen=True, kw_only=True)
class Completed(CaseEvent):
    verb = "case.completed"
    sentence = _("The case was completed.")
    public = True


@dataclass(frozen=True, kw_only=True)
class Referred(CaseEvent):
    verb = "case.referred"
    sentence = _("Referred to {to_unit}.")
    public = True
    to_unit: str
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class KeptFrom(CaseEvent):
    """`unit` answers from now on, `from_unit` did before. `received` and below: for the figures."""

    verb = "case.kept_from"
    sentence = _("This case is about {subject_unit}: it is kept from them, and {unit} answers.")
    public = True
    subject_unit: str
    from_unit: str
    received: datetime
    due: datetime | None
    first: int
    owed: int
    rights: list[str]
    opened: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ReferredOn(CaseEvent):
    """An office that was asked has asked another. `passed`: 1 when it owes nothing more itself, else 0."""

    verb = "case.referred_on"
    sentence = _("{from_unit} referred what it was asked on to {to_unit}.")
    public = True
    from_unit: str
    to_unit: str
    passed: int
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Transferred(CaseEvent):
    """`unit` and `to_unit` owe the final answer from now on, since `opened`. `received` and below: for the figures."""

    verb = "case.transferred"
    sentence = _("Transferred to {to_unit} because it belongs there; the due date stays the same.")
    public = True
    from_unit: str
    to_unit: str
    received: datetime
    due: datetime | None
    first: int
    owed: int
    rights: list[str]
    opened: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TakenOver(CaseEvent):
    verb = "case.taken_over"
    sentence = _("{to_unit} accepted the transfer from {from_unit}.")
    public = True
    from_unit: str
    to_unit: str


@dataclass(frozen=True, kw_only=True)
class HandedBack(Transferred):
    verb = "case.handed_back"
    sentence = _("{from_unit} returned the transferred case to {to_unit}.")


@dataclass(frozen=True, kw_only=True)
class PartnerAdded(Event):
    verb = "partner.added"
    sentence = _("{unit} entered a body outside that inquiries may be sent to.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class PartnerEnded(Event):
    verb = "partner.ended"
    sentence = _("{unit} took a body outside off the list for inquiries.")
    unit: str


@dataclass(frozen=True, kw_only=True)
class Inquired(CaseEvent):
    verb = "case.inquired"
    sentence = _("An inquiry was sent to a body outside.")
    public = True
    inquiry: int
    duty: int
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class InquiryAnswered(CaseEvent):
    verb = "case.inquiry_answered"
    sentence = _("The body outside answered the inquiry.")
    public = True
    inquiry: int
    duty: int


@dataclass(frozen=True, kw_only=True)
class InquiryExpired(CaseEvent):
    verb = "case.inquiry_expired"
    sentence = _("The inquiry went unanswered; its link no longer opens.")
    inquiry: int
    duty: int


@dataclass(frozen=True, kw_only=True)
class InquiryRevoked(CaseEvent):
    verb = "case.inquiry_revoked"
    sentence = _("The inquiry was taken back; its link no longer opens.")
    inquiry: int
    duty: int


@dataclass(frozen=True, kw_only=True)
class MessageFromOffice(CaseEvent):
    verb = "case.message_from_office"
    sentence = _("The office wrote to the person with the receipt.")
    public = True


@dataclass(frozen=True, kw_only=True)
class MessageFromPerson(CaseEvent):
    verb = "case.message_from_person"
    sentence = _("The person with the receipt wrote back.")
    public = True


@dataclass(frozen=True, kw_only=True)
class Noted(CaseEvent):
    verb = "case.noted"
    sentence = _("An internal note was written.")


@dataclass(frozen=True, kw_only=True)
class Drafted(CaseEvent):
    verb = "case.drafted"
    sentence = _("Draft {number} of the answer was written.")
    number: int


@dataclass(frozen=True, kw_only=True)
class Submitted(CaseEvent):
    verb = "case.submitted"
    sentence = _("The draft was handed in for approval.")
    number: int


@dataclass(frozen=True, kw_only=True)
class LetThrough(CaseEvent):
    """`faults`: what the gate had found."""

    verb = "case.let_through"
    sentence = _("Handed in on the word of a head although the check of answers had refused it.")
    number: int
    faults: str


@dataclass(frozen=True, kw_only=True)
class Endorsed(CaseEvent):
    verb = "case.endorsed"
    sentence = _("The answer was signed; it waits for the next signature.")
    number: int
    signed: int


@dataclass(frozen=True, kw_only=True)
class SentBack(CaseEvent):
    verb = "case.sent_back"
    sentence = _("The draft was sent back to be improved.")
    number: int


@dataclass(frozen=True, kw_only=True)
class Approved(CaseEvent):
    verb = "case.approved"
    sentence = _("The answer was approved.")
    public = True
    number: int
    letter: str = ""


@dataclass(frozen=True, kw_only=True)
class Answered(CaseEvent):
    """`first`: 1 for the first final answer, 0 after an objection. `received`, `due`: as the answered duty had them."""

    verb = "case.answered"
    sentence = _("The answer was delivered.")
    public = True
    outcome: str
    how: str
    first: int
    received: datetime
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Praised(CaseEvent):
    """Who is praised is not told here: it is read by them and their head."""

    verb = "case.praised"
    sentence = _("The applicant praised an officer.")
    praise: int


@dataclass(frozen=True, kw_only=True)
class Undeliverable(Answered):
    """Answered, although nobody could be reached: the office has done what it could."""

    verb = "case.undeliverable"
    sentence = _("Delivery was proven impossible. The answer lies ready for whoever has the receipt.")


@dataclass(frozen=True, kw_only=True)
class SentOut(CaseEvent):
    verb = "case.sent_out"
    sentence = _("The signed answer was sent. It counts as delivered once its arrival is proven.")
    public = True
    number: int
    attempt: int
    how: str


@dataclass(frozen=True, kw_only=True)
class NotReached(CaseEvent):
    verb = "case.not_reached"
    sentence = _("An attempt to deliver the answer was in vain.")
    public = True
    number: int
    attempt: int
    how: str


@dataclass(frozen=True, kw_only=True)
class ReadAfterAll(CaseEvent):
    verb = "case.read_after_all"
    sentence = _("The applicant has read the answer after all; the time to object begins now.")
    public = True


@dataclass(frozen=True, kw_only=True)
class Closed(CaseEvent):
    verb = "case.closed"
    sentence = _("Closed.")
    public = True


@dataclass(frozen=True, kw_only=True)
class Reopened(CaseEvent):
    verb = "case.reopened"
    sentence = _("The applicant objected to the answer. The level above decides.")
    public = True
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class ObjectionUpheld(CaseEvent):
    verb = "case.objection_upheld"
    sentence = _("The objection was upheld. Another officer answers anew.")
    public = True


@dataclass(frozen=True, kw_only=True)
class ObjectionRefused(CaseEvent):
    """The answer stands. `received`, `due`: as the duty that the objection opened had them."""

    verb = "case.objection_refused"
    sentence = _("The objection was refused with its reason; the answer stands.")
    public = True
    received: datetime
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class ObjectionDaysSet(Event):
    verb = "unit.objection_days_set"
    sentence = _("{unit}: people have {days} days to object to an answer.")
    unit: str
    days: int


@dataclass(frozen=True, kw_only=True)
class Ended(CaseEvent):
    """Ended without a final answer of its own: refused with reason, duplicate, withdrawn."""

    verb = "case.ended"
    sentence = _("Ended without a separate answer.")
    public = True
    how: str
    received: datetime
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Refused(Ended):
    verb = "case.refused"
    sentence = _("Refused, with the reason told.")


@dataclass(frozen=True, kw_only=True)
class MarkedDuplicate(Ended):
    verb = "case.marked_duplicate"
    sentence = _("Found to repeat an earlier case; both are answered together.")


@dataclass(frozen=True, kw_only=True)
class WithdrawnByParty(Ended):
    verb = "case.withdrawn"
    sentence = _("Withdrawn by the applicant.")


@dataclass(frozen=True, kw_only=True)
class MergedIn(CaseEvent):
    """Told in the journal of the earlier case; whose case was joined is not said there."""

    verb = "case.merged_in"
    sentence = _("A later case that repeats this one was joined to it.")


@dataclass(frozen=True, kw_only=True)
class TakenOut(CaseEvent):
    verb = "case.taken_out"
    sentence = _("A case that had been joined to this one is by itself again.")


@dataclass(frozen=True, kw_only=True)
class Separated(CaseEvent):
    """`ended`, `before`: when and with which date the joining had ended the duty, owed since `opened`."""

    verb = "case.separated"
    sentence = _("Found not to repeat the earlier case after all; it gets an answer of its own.")
    public = True
    ended: datetime
    before: datetime | None
    due: datetime | None
    opened: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class PatternSet(Event):
    verb = "register.pattern_set"
    sentence = _("The pattern of the numbers of answers was changed.")
    year: int
