"""Asks whether an e-mail address may be written to: the one thing that is ever sent to it unasked."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from takrim.letters.kind import Address, Draft, LetterKind, Said, mark
from takrim.letters.models import Letter, Way

CODE = "confirm_address"
_SALT = "takrim.letters.confirm"

TITLE = Said(
    fa="آیا این نشانی از آنِ شماست؟",
    en="Is this address yours?",
)
# No word of whoever gave the address: it may be somebody else's, and the words may be meant to hurt.
BODY = Said(
    fa="""این نشانی هنگام ثبت یک پرونده در سامانه تکریم نوشته شده است. اگر خودتان آن را نوشته‌اید و می‌خواهید \
نامه‌های پرونده به این نشانی بیاید، این پیوند را باز کنید و تأیید کنید:

{link}

اگر کار شما نبوده است، کاری نکنید؛ پیام دیگری برای شما فرستاده نمی‌شود.""",
    en="""This address was given when a case was registered with Takrim. If it was you, and letters about the case \
may come to this address, open this link and confirm:

{link}

If it was not you, do nothing: no other message will come.""",
)


def _subject(address: str) -> str:
    """Names an address without saying it; addresses that differ only in the case of their letters are one."""
    return hmac.new(settings.SECRET_KEY.encode(), address.casefold().encode(), hashlib.sha256).hexdigest()[:32]


def _draft(address: str, lang: str, at: datetime) -> Draft:
    return Draft(
        # Trusted: asking is the one thing that may be done before the answer.
        address=Address(way=Way.EMAIL, to=address, lang=lang, trusted=True),
        subject=_subject(address),
        title=TITLE.in_(lang, {}),
        body=BODY.in_(lang, {"link": mark("link")}),
        at=at,
    )


def questions(letters: Iterable[Letter], at: datetime) -> list[Draft]:
    """One question for each address of these letters; asked again, it is the same one, so nobody is asked twice."""
    return [_draft(letter.to, letter.lang, at) for letter in letters]


def _fill(letter: Letter) -> Mapping[str, str]:
    token = signing.dumps(letter.pk, salt=_SALT)
    return {"link": f"{settings.ADDRESS}/letters/confirm/{token}/"}


def read_token(token: str) -> int | None:
    """The number of the letter whose link this is; None for one that is forged or too old."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=PLUGIN.good_for)
    except signing.BadSignature:
        return None
    return number if isinstance(number, int) else None


PLUGIN = LetterKind(
    title=_("Question whether an e-mail address may be written to"),
    example=lambda lang, way: _draft("name@example.ir", lang, datetime(2026, 11, 24, tzinfo=UTC)),
    fill=_fill,
    good_for=timedelta(days=14),
)
