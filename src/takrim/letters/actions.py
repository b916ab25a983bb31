"""Everything that can be done to a letter that is kept: handed over, put off, given up, reported on, tried again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.journal.record import record
from takrim.letters.events import GivenUp, Retried
from takrim.letters.kind import KINDS
from takrim.letters.models import ConfirmedAddress, Letter
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

ERROR_LENGTH = 120
# A letter that is tried again by hand is worth carrying for this long at least.
AGAIN_FOR = timedelta(days=2)


class LetterNotGivenUp(Refusal):
    code = "letter_not_given_up"
    message = _("This letter has not been given up: it was sent, or it is still being tried.")


class NoSuchLetter(Refusal):
    code = "no_such_letter"
    status = 404
    message = _("There is no such letter.")


@transaction.atomic
def hand_over(*, letter: Letter, carrier: str, reference: str, by: Actor, now: datetime) -> None:
    """A carrier took the letter; what it calls it is kept for its report."""
    by.require(Power.OPERATE)
    Letter.objects.filter(pk=letter.pk, sent_at=None).update(
        sent_at=now,
        next_try_at=None,
        gave_up_at=None,
        carrier=carrier,
        provider_ref=reference[:ERROR_LENGTH],
        last_error="",
    )


@transaction.atomic
def put_off(*, letter: Letter, until: datetime, why: str, by: Actor, now: datetime) -> None:
    """The carrier could not take it now."""
    by.require(Power.OPERATE)
    rows = Letter.objects.unfinished().filter(pk=letter.pk)
    rows.update(next_try_at=until, last_error=why[:ERROR_LENGTH])


@transaction.atomic
def give_up(*, letter: Letter, why: str, by: Actor, now: datetime) -> None:
    """It will not arrive: the operator's page and the case's timeline say so."""
    by.require(Power.OPERATE)
    changed = Letter.objects.filter(pk=letter.pk, gave_up_at=None, delivered_at=None).update(
        gave_up_at=now, next_try_at=None, last_error=why[:ERROR_LENGTH]
    )
    if changed and letter.kind in KINDS:
        KINDS[letter.kind].lost(letter, by, now)
    # Letters that are about no matter, such as a number for signing in, have no timeline.
    if changed and letter.unit_path:
        event = GivenUp(letter=letter.pk, kind=letter.kind, unit=letter.unit_path, why=why[:ERROR_LENGTH])
        record(event, on=letter.subject, unit_path=letter.unit_path, by=by, at=now)


@transaction.atomic
def retry(*, letter: Letter, by: Actor, now: datetime) -> None:
    """Carry a letter that was given up once more, from the beginning."""
    by.require(Power.OPERATE)
    changed = Letter.objects.filter(pk=letter.pk, gave_up_at__isnull=False).update(
        gave_up_at=None,
        sent_at=None,
        carrier="",
        provider_ref="",
        tries=0,
        last_error="",
        next_try_at=now,
        until=now + max(AGAIN_FOR, KINDS[letter.kind].good_for if letter.kind in KINDS else AGAIN_FOR),
    )
    if not changed:
        raise LetterNotGivenUp
    if letter.kind in KINDS:
        KINDS[letter.kind].again(letter, by, now)
    if letter.unit_path:
        event = Retried(letter=letter.pk, kind=letter.kind, unit=letter.unit_path)
        record(event, on=letter.subject, unit_path=letter.unit_path, by=by, at=now)


def _reported(reference: str) -> Letter:
    letter = Letter.objects.filter(provider_ref=reference).order_by("-id").first() if reference else None
    if letter is None:
        raise NoSuchLetter
    return letter


@transaction.atomic
def report_delivered(*, reference: str, by: Actor, now: datetime) -> None:
    """The provider says that the letter arrived; said twice, it arrived once. Raises NoSuchLetter."""
    by.require(Power.OPERATE)
    letter = _reported(reference)
    Letter.objects.filter(pk=letter.pk, delivered_at=None).update(delivered_at=now, gave_up_at=None, last_error="")


@transaction.atomic
def report_lost(*, reference: str, by: Actor, now: datetime, why: str = "not delivered") -> None:
    """The carrier says that the letter did not arrive. Raises NoSuchLetter."""
    by.require(Power.OPERATE)
    give_up(letter=_reported(reference), why=why, by=by, now=now)


@transaction.atomic
def confirm_address(*, letter: Letter, by: Actor, now: datetime) -> None:
    """Whoever reads the letter wants more of them: what waited for this address may go."""
    by.require(Power.CASE_OBJECT)
    ConfirmedAddress.objects.get_or_create(address=letter.to, defaults={"at": now})
    Letter.objects.held().filter(to=letter.to).update(next_try_at=now)


@transaction.atomic
def lay_out_old(*, before: datetime, by: Actor, now: datetime) -> int:
    """Count letters written before a moment as shown on the outbox page, without carrying them; says how many.

    For matters that were only told afterwards: nobody wants to be written to about what ended long ago.
    """
    by.require(Power.OPERATE)
    old = Letter.objects.unfinished().filter(written_at__lt=before)
    return old.update(sent_at=F("written_at"), next_try_at=None, carrier="outbox", tries=1)
