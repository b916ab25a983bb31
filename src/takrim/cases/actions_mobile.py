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
from takrim.letters.kind import Address, Draft, Said, mark
from takrim.letters.models import Way
from takrim.letters.write import write
from takrim.orgs.actor import Actor
from takrim.orgs.powers import Power

DIGITS = 6
VALID = timedelta(minutes=5)
MOST_TRIES = 5
# Numbers to one telephone within an hour, whoever asks for them.
MOST_IN_AN_HOUR = 3

# The kind of letter that carries the number; cases/letters/ has its file.
LETTER = "mobile_number"
TITLE = Said(fa="کد ورود تکریم", en="Your number for Takrim")
# Latin digits: telephones recognise them and offer to fill them in.
BODY = Said(
    fa="تکریم\nکد شما برای دیدن پرونده‌ها: {number}\nتا پنج دقیقه اعتبار دارد؛ آن را به کسی نگویید.",
    en="Takrim\nYour number to see your cases: {number}\nGood for five minutes; tell it to nobody.",
)


class WrongNumber(Refusal):
    code = "wrong_number"
    status = 422
    message = _("This is not the number that was sent. Look at the newest message and try again.")


class NumberSpent(Refusal):
    code = "number_spent"
    status = 422
    message = _("This number is no longer good: it was used, is older than five minutes or was mistyped too often.")


class TooManyNumbers(Refusal):
    code = "too_many_numbers"
    status = 429
    message = _(
        "In the last hour {count} numbers were asked for with this telephone. Use the newest, or try again later."
    )


def number_of(sent: MobileCode) -> str:
    """The number itself: it lies in no table, it follows from the row's nonce and the signing key."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"mobile:{sent.nonce}".encode(), hashlib.sha256).digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def letter_subject(sent: MobileCode) -> str:
    """How the letter that carries the number names it."""
    return f"mobile:{sent.pk}"


@transaction.atomic
def send_number(*, mobile: str, lang: str, by: Actor, now: datetime) -> MobileCode:
    """Send a number to the telephone if a case was ever filed with it; the outside cannot tell whether one was.

    Raises TooManyNumbers.
    """
    by.require(Power.CASE_OBJECT)
    if MobileCode.objects.filter(mobile=mobile, sent_at__gt=now - timedelta(hours=1)).count() >= MOST_IN_AN_HOUR:
        raise TooManyNumbers(count=MOST_IN_AN_HOUR)
    sent = MobileCode(mobile=mobile, nonce=secrets.token_hex(16), sent_at=now, until=now + VALID)
    sent.save(force_insert=True)
    # Only who has filed something gets a message: nobody's telephone can be flooded from here.
    if Case.objects.filter(party__mobile=mobile).exists():
        address = Address(way=Way.SMS, to=mobile, lang=lang)
        draft = Draft(
            address=address, subject=letter_subject(sent), at=now, title=TITLE.in_(lang, {}), body=_body(lang)
        )
        write(LETTER, [draft])
    return sent


def _body(lang: str) -> str:
    return BODY.in_(lang, {"number": mark("number")})


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
    if not hmac.compare_digest(number_of(sent), bare):
        raise WrongNumber
    if MobileCode.objects.filter(pk=sent.pk, used_at=None).update(used_at=now) != 1:
        raise NumberSpent
    return sent.mobile
