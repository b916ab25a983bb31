"""Tracking codes that survive a telephone line, and the secrets that go with them."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext_lazy as _

from .errors import Refusal
from .persian import ascii_digits


class BadCode(Refusal):
    code = "bad_code"
    status = 400
    message = _("This is not a tracking code. It has {length} digits; check them against the receipt.")


class BadSecret(Refusal):
    code = "bad_secret"
    status = 400
    message = _("This is not the secret of a receipt. It has {length} letters and digits; check them.")


LENGTH: Final = 11
SECRET_LENGTH: Final = 8

# A totally anti-symmetric quasigroup (H. M. Damm, 2004): one wrong digit and two exchanged neighbours always show.
_DAMM: Final = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
CROCKFORD: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES: Final = str.maketrans("OIL", "011")
_BETWEEN: Final = re.compile(r"[\s\-_.\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\u2010-\u2015\u2212\ufeff]+")


def _check_digit(digits: str) -> int:
    state = 0
    for digit in digits:
        state = _DAMM[state][int(digit)]
    return state


def new_code(year: int, randbelow: Callable[[int], int]) -> str:
    """A new 11-digit tracking code: two digits of the Jalali year, eight at random, one check digit.

    `randbelow(n)` gives a number from 0 up to n - 1: `secrets.randbelow`, or a seeded one for a demonstration.
    """
    body = f"{year % 100:02}{randbelow(10**8):08}"
    return f"{body}{_check_digit(body)}"


def pretty(code: str) -> str:
    """A tracking code in groups that can be read aloud: 05-4827-3159-7."""
    return f"{code[:2]}-{code[2:6]}-{code[6:10]}-{code[10:]}"


def read_code(text: str) -> str:
    """A tracking code as 11 Latin digits from what was typed; a wrong length or check digit is a BadCode."""
    bare = _BETWEEN.sub("", ascii_digits(text))
    if len(bare) != LENGTH or not (bare.isascii() and bare.isdigit()) or _check_digit(bare):
        raise BadCode(length=LENGTH)
    return bare


def new_nonce() -> str:
    """What makes one secret unlike another: 128 random bits as 32 hexadecimal letters."""
    return secrets.token_hex(16)


def secret_for(key: bytes, nonce: str) -> str:
    """The secret of a receipt: 8 letters of Crockford's base 32 (40 bits) that only the holder of `key` can work out.

    It need not be stored: the nonce is, and the key is not in the database.
    """
    digest = hmac.new(key, nonce.encode(), hashlib.sha256).digest()
    number = int.from_bytes(digest[:5], "big")
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(35, -1, -5))


def pretty_secret(secret: str) -> str:
    """A secret in two groups: K7QM-29XD."""
    return f"{secret[:4]}-{secret[4:]}"


def bare_letters(text: str) -> str:
    """Letters of Crockford's alphabet as they were meant: o is 0, i and l are 1, any digits, nothing between."""
    return _BETWEEN.sub("", ascii_digits(text)).upper().translate(_LOOKALIKES)


def read_secret(text: str) -> str:
    """A secret in its one form from what was typed (o is 0, i and l are 1, any digits); else a BadSecret."""
    bare = bare_letters(text)
    if len(bare) != SECRET_LENGTH or any(letter not in CROCKFORD for letter in bare):
        raise BadSecret(length=SECRET_LENGTH)
    return bare


def same_secret(one: str, other: str) -> bool:
    """Whether two secrets agree, in a time that does not tell how much of them does."""
    return hmac.compare_digest(one.encode(), other.encode())
