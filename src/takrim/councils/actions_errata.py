"""Issued minutes are corrected: by the secretary's erratum, which holds once the chair has signed it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.persian import clean_text
from takrim.councils.models_minutes import Erratum, Minutes
from takrim.councils.queries import is_chair, require_keeper
from takrim.journal.event import Event
from takrim.journal.record import record
from takrim.orgs.actor import Actor
from takrim.orgs.rows import change


class NotIssuedYet(Refusal):
    code = "minutes_not_issued"
    message = _("These minutes are not issued: mend the draft itself.")


class ErratumIncomplete(Refusal):
    code = "erratum_incomplete"
    status = 422
    message = _("An erratum says what stands there, what should stand there, and why. Fill in what is missing.")


class NothingCorrected(Refusal):
    code = "erratum_same_words"
    status = 422
    message = _("What should stand there is what stands there already. Write the words that are right.")


class NotTheChair(Refusal):
    code = "erratum_not_chair"
    status = 403
    message = _("Only the chair of the body signs an erratum.")


class OwnErratum(Refusal):
    code = "erratum_own"
    message = _("You wrote this erratum yourself. Another person must sign it.")


class OtherErratum(Refusal):
    code = "erratum_other_words"
    message = _("This erratum is no longer the one that you have read. Look at it again.")


class FasterErratum(Refusal):
    code = "erratum_faster"
    message = _("A colleague has just written another erratum. Look at it, then send yours again.")


@dataclass(frozen=True, kw_only=True)
class ErratumWritten(Event):
    verb = "minutes.erratum"
    sentence = _("An erratum to the minutes {number} of {unit} was written.")
    unit: str
    number: str
    place: int


@dataclass(frozen=True, kw_only=True)
class ErratumSigned(Event):
    verb = "minutes.corrected"
    sentence = _("The minutes {number} of {unit} were corrected by an erratum.")
    unit: str
    number: str
    place: int
    hash: str


@dataclass(frozen=True, kw_only=True)
class Correction:
    """What stands in the minutes, what should stand there, and why."""

    wrong: str
    right: str
    why: str


def digest(minutes: Minutes, place: int, said: Correction) -> str:
    """SHA-256 over the minutes' own hash and the correction: it belongs to these words alone."""
    line = [minutes.hash, minutes.number, place, said.wrong, said.right, said.why]
    return hashlib.sha256(json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def write_erratum(*, minutes: Minutes, said: Correction, by: Actor, now: datetime) -> Erratum:
    """The secretary corrects issued minutes; their own words stay as they were signed."""
    require_keeper(minutes.meeting.body, by, local_date(now))
    if minutes.issued_at is None:
        raise NotIssuedYet
    clean = Correction(**{name: clean_text(text).strip() for name, text in vars(said).items()})
    if not (clean.wrong and clean.right and clean.why):
        raise ErratumIncomplete
    if clean.wrong == clean.right:
        raise NothingCorrected
    place = (minutes.errata.aggregate(last=Max("place"))["last"] or 0) + 1
    fingerprint = digest(minutes, place, clean)
    try:
        with transaction.atomic():
            erratum = Erratum.objects.create(
                minutes=minutes, place=place, hash=fingerprint, at=now, by=by.code, by_name=by.name, **vars(clean)
            )
    except IntegrityError as error:
        raise FasterErratum from error
    event = ErratumWritten(unit=minutes.unit_path, number=minutes.number, place=place)
    record(event, on=minutes.meeting.subject, unit_path=minutes.unit_path, by=by, at=now)
    return erratum


@transaction.atomic
def sign_erratum(*, erratum: Erratum, seen: str, by: Actor, now: datetime) -> Erratum:
    """The chair signs it: from now on it stands beside the minutes wherever they are shown."""
    minutes = erratum.minutes
    if not is_chair(minutes.meeting.body, by, local_date(now)):
        raise NotTheChair
    if erratum.by == by.code:
        raise OwnErratum
    to = {"signed_at": now, "signed_by": by.code, "signed_name": by.name, "signed_post": by.post}
    if erratum.hash != seen or not change(erratum, still={"signed_at": None}, to=to):
        raise OtherErratum
    event = ErratumSigned(unit=minutes.unit_path, number=minutes.number, place=erratum.place, hash=erratum.hash)
    record(event, on=minutes.meeting.subject, unit_path=minutes.unit_path, by=by, at=now)
    return erratum
