"""Anonymous reports: filed without a trace of the person, then questions and answers by receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.receipts import keyed, receipt_for
from takrim.cases import search
from takrim.cases.actions_intake import Place, complete, receive, told
from takrim.cases.actions_shield import keep_from, place_above
from takrim.cases.actions_work import NothingSaid
from takrim.cases.conflict import Subject
from takrim.cases.events import MessageFromOffice, MessageFromPerson
from takrim.cases.models import Case, State
from takrim.cases.models_anonymous import Box, Message
from takrim.cases.moves import NotYours, answers_for
from takrim.channels.channel import Intake
from takrim.evidence.actions import hand_in
from takrim.evidence.models import StoredFile
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

CHANNEL, KIND = "anonymous", "report"


class NotAnonymous(Refusal):
    code = "not_anonymous"
    message = _("The applicant of this case is known: write to them by asking for completion.")


@dataclass(frozen=True, kw_only=True)
class Report:
    """What somebody reports. `seed` is what the page gave their browser; the receipt follows from it."""

    seed: str
    text: str
    place: Place
    subject: Subject | None = None
    lang: str = "fa"


def _key() -> bytes:
    return settings.SECRET_KEY.encode()


def receipt_of(report: Report) -> str:
    """The receipt of a report. To be shown once, and kept nowhere."""
    return receipt_for(_key(), report.seed)


def locator_of(receipt: str) -> str:
    """Where the box of a receipt is found."""
    return keyed(_key(), "box", receipt)


@transaction.atomic
def file_report(*, report: Report, files: Sequence[StoredFile], by: Actor, now: datetime) -> Case:
    """Register a report; sent again, it is the same one. `files` are those from which everything personal was taken.

    Raises EmptyMatter, NotAllowed.
    """
    intake = Intake(
        channel=CHANNEL,
        kind=KIND,
        key=f"anonymous:{keyed(_key(), 'key', report.seed)}",
        text=report.text,
        lang=report.lang,
    )
    place = place_above(report.place, report.subject, now) if report.subject else report.place
    case = receive(intake=intake, place=place, by=by, now=now)
    _box, new = Box.objects.get_or_create(case=case, defaults={"locator": locator_of(receipt_of(report))})
    if new:
        if report.subject:
            keep_from(case=case, subject=report.subject, by=by, now=now)
        _hand_in(case, files, by=by, now=now)
    return case


def _hand_in(case: Case, files: Sequence[StoredFile], *, by: Actor, now: datetime) -> None:
    """Under names of our own: what a person calls a file may say who they are."""
    for number, stored in enumerate(files, start=1):
        hand_in(subject=case.code, unit_path=case.unit_path, stored=stored, name=f"file-{number}", by=by, now=now)


@transaction.atomic
def write_back(*, case: Case, text: str, files: Sequence[StoredFile], by: Actor, now: datetime) -> Message:
    """The person with the receipt says more; what the office has asked for is thereby given."""
    by.require(Power.CASE_COMPLETE)
    if case.state == State.AWAITING_COMPLETION and text.strip():
        complete(case=case, text=text, by=by, now=now)
    message = _write(case, Message(case=case, text=text, at=now))
    _hand_in(case, files, by=by, now=now)
    record(MessageFromPerson(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return message


@transaction.atomic
def write_to_person(*, case: Case, text: str, by: Actor, now: datetime) -> Message:
    """The office asks or tells the person, who reads it when they come back with the receipt."""
    by.require(Power.CASE_COMPLETE)
    if case.channel != CHANNEL:
        raise NotAnonymous
    if not answers_for(case, by):
        raise NotYours
    message = Message(case=case, text=text, by=by.code, by_name=by.name, by_post=by.post, at=now)
    _write(case, message)
    record(MessageFromOffice(**told(case)), on=case.code, unit_path=case.unit_path, by=by, at=now)
    return message


def _write(case: Case, message: Message) -> Message:
    if not message.text.strip():
        raise NothingSaid
    message.save(force_insert=True)
    search.add(case_id=case.pk, unit_path=case.unit_path, texts=[message.text])
    return message
