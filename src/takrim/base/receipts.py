"""The receipt of an anonymous report: eighty bits, the only handle to it, never stored."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

from .codes import CROCKFORD, bare_letters

LENGTH = 16
_SEED = re.compile(r"[A-Za-z0-9_-]{27,64}")


def new_seed() -> str:
    """What a page hands out before anything is sent: 160 random bits from which the receipt follows."""
    return secrets.token_urlsafe(20)


def is_seed(text: str) -> bool:
    """Whether a text can be a seed that a page has handed out."""
    return bool(_SEED.fullmatch(text))


def keyed(key: bytes, what: str, value: str) -> str:
    """A digest that only the holder of `key` can work out, another one for each use of the same value."""
    return hmac.new(key, f"{what}:{value}".encode(), hashlib.sha256).hexdigest()


def receipt_for(key: bytes, seed: str) -> str:
    """The receipt that follows from a seed: sent twice, the same report has the same receipt."""
    number = int(keyed(key, "receipt", seed), 16) >> (256 - 5 * LENGTH)
    return "".join(CROCKFORD[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))


def pretty_receipt(receipt: str) -> str:
    """In groups of four that can be read aloud: K7QM-29XD-…."""
    return "-".join(receipt[place : place + 4] for place in range(0, LENGTH, 4))


def read_receipt(text: str) -> str:
    """A receipt in its one form from what was typed, or "" if it cannot be one."""
    bare = bare_letters(text)
    return bare if len(bare) == LENGTH and all(letter in CROCKFORD for letter in bare) else ""
