"""What an officer writes down for a person at the desk, on the telephone, or from a letter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import TEHRAN, local_date
from takrim.base.errors import Refusal
from takrim.cases.actions_intake import Place, receive
from takrim.cases.actions_shield import keep_from_the_first, place_above
from takrim.cases.actions_work import note
from takrim.cases.conflict import Subject, persons_of
from takrim.cases.models import Case
from takrim.channels.channel import Intake
from takrim.evidence.actions import Upload, hand_in, keep
from takrim.orgs.actor import Actor
from takrim.orgs.paths import is_under
from takrim.orgs.powers import Power

# A letter lies about for some days, not for months.
OLDEST_LETTER = timedelta(days=60)
# When a letter counts as received on its day.
NOON = time(12)


class LetterFromTheFuture(Refusal):
    code = "letter_from_the_future"
    status = 422
    message = _("The day on which the letter arrived has not come yet.")


class LetterTooOld(Refusal):
    code = "letter_too_old"
    status = 422
    message = _("The letter arrived more than {days} days ago. Check the date.")


class NoWayToThePerson(Refusal):
    code = "no_way_to_the_person"
    status = 422
    message = _(
        "This complaint is kept from you too, so its receipt is not shown here but sent to the person: write their "
        "mobile number or e-mail. Whoever has neither can file on the public pages, also without a name."
    )


def kept_from_writer(subject: Subject, by: Actor, now: datetime) -> bool:
    """Whether what an officer writes down will be kept from that officer."""
    people = persons_of(subject, now)
    paths = [subject.path, *(path for _person, path in people)]
    return any(person == by.person for person, _path in people) or any(is_under(by.unit_path, path) for path in paths)


def moment_of(arrived: date | None, now: datetime) -> datetime:
    """When a matter counts as received: now, or at noon of the earlier day on which its letter arrived."""
    if arrived is None or arrived == local_date(now):
        return now
    if arrived > local_date(now):
        raise LetterFromTheFuture
    if local_date(now) - arrived > OLDEST_LETTER:
        raise LetterTooOld(days=OLDEST_LETTER.days)
    return datetime.combine(arrived, NOON, TEHRAN)


def write_down(
    *,
    intake: Intake,
    place: Place,
    files: Sequence[Upload],
    arrived: date | None,
    by: Actor,
    now: datetime,
    subject: Subject | None = None,
) -> Case:
    """Register a matter with its files; the same key again gives the case that is there and adds nothing.

    The clock of a letter began when it arrived: its case is received then, and a note says that it was entered later.
    A case about a `subject` begins at the level above. Raises NoWayToThePerson, NobodyAbove, NotAllowed.
    """
    by.require(Power.CASE_FILE)
    received = moment_of(arrived, now)
    known = Case.objects.filter(key=intake.key).first()
    if known is not None:
        return known
    if subject:
        if kept_from_writer(subject, by, now) and not (intake.sender.mobile or intake.sender.email):
            raise NoWayToThePerson
        place = place_above(place, subject, now)
    # Before the transaction: bytes are stored once, and a file that is refused is told before anything is registered.
    kept = [(keep(upload=upload, now=now), upload.name) for upload in files]
    with transaction.atomic():
        case = receive(intake=intake, place=place, by=by, now=received)
        for stored, name in kept:
            hand_in(
                subject=case.code,
                unit_path=case.unit_path,
                stored=stored,
                name=name,
                by=by,
                now=now,
                shown_to_party=True,
            )
        if subject and not case.shielded:
            keep_from_the_first(case=case, subject=subject, by=by, now=now)
        if received != now:
            note(case=case, text=str(_("Entered later from a letter.")), by=by, now=now)
    return case
