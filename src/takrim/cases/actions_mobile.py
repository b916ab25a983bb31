"""Proving that a telephone is one's own: a short-lived number is sent to it, and typed back."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import ascii_digits
from takrim.cases.models import Case
from takrim.channels.models import MobileCode
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

DIGITS = 6
VALID = timedelta(minutes=5)
MOST_TRIES = 5


class WrongNumber(Refusal):
    code = "wrong_number"
    status = 422
    message = _("This is not the number that was sent. Look at the newest message and try again.")


class NumberSpent(Refusal):
    code = "number_spent"
    status = 422
    message = _("This number is no longer good: it was used, is older than five minutes or was mistyped too often.")


def _digest(nonce: str, number: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"{nonce}:{number}".encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def send_number(*, mobile: str, lang: str, by: Actor, now: datetime) -> MobileCode:
    """Send a number to the telephone if a case was ever filed with it; the outside cannot tell whether one was."""
    by.require(Power.CASE_OBJECT)
    nonce, number = secrets.token_hex(16), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    sent = MobileCode(mobile=mobile, nonce=nonce, digest=_digest(nonce, number), sent_at=now, until=now + VALID)
    sent.save(force_insert=True)
    # Only who has filed something gets a message: nobody's telephone can be flooded from here.
    if Case.objects.filter(party__mobile=mobile).exists():
        _write(sent, number, lang, now)
    return sent


def _write(sent: MobileCode, number: str, lang: str, now: datetime) -> None:
    raise NotImplementedError


@transaction.atomic
def _count_try(number_id: int, now: datetime) -> MobileCode | None:
    """Take one of the tries before looking at the number, so that many at once get no more than there are."""
    good = MobileCode.objects.filter(pk=number_id, used_at=None, tries__lt=MOST_TRIES, until__gt=now)
    return MobileCode.objects.get(pk=number_id) if good.update(tries=F("tries") + 1) == 1 else None


def prove(*, number_id: int, typed: str, by: Actor, now: datetime) -> str:
    """The telephone that is proven by the typed number. Raises WrongNumber, NumberSpent.

    Not one transaction: a wrong try has to be counted although it is refused.
    """
    by.require(Power.CASE_OBJECT)
    sent = _count_try(number_id, now)
    if sent is None:
        raise NumberSpent
    bare = "".join(letter for letter in ascii_digits(typed) if letter.isascii() and letter.isdigit())
    if not hmac.compare_digest(_digest(sent.nonce, bare), sent.digest):
        raise WrongNumber
    if MobileCode.objects.filter(pk=sent.pk, used_at=None).update(used_at=now) != 1:
        raise NumberSpent
    return sent.mobile
