"""Signed links to an inquiry: they name it and nothing else. Whether one still opens is written in its row."""

from __future__ import annotations

from django.conf import settings
from django.core import signing

_SALT = "takrim.cases.inquiry"


def make(inquiry_id: int) -> str:
    """The token of the link to an inquiry."""
    return signing.dumps(inquiry_id, salt=_SALT)


def read(token: str) -> int | None:
    """The number of the inquiry, or None for a token that is forged or made for something else."""
    try:
        number = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    return number if isinstance(number, int) else None


def address_of(inquiry_id: int) -> str:
    """The whole address, as it is sent."""
    return f"{settings.ADDRESS}/inquiry/{make(inquiry_id)}/"
