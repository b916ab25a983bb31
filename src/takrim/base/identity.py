"""Numbers by which people and companies are known: read as typed, checked, kept in one form."""

from __future__ import annotations

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

from .errors import InWords, Refusal
from .persian import ascii_digits


class BadNationalCode(Refusal):
    code = "bad_national_code"
    status = 400
    message = _("This is not a national code. It has {length} digits; check them against the card.")


class BadMobile(Refusal):
    code = "bad_mobile"
    status = 400
    message = _("This is not a mobile number. Write it like {example}.")


class BadCompanyId(Refusal):
    code = "bad_company_id"
    status = 400
    message = _("This is not a company's national ID. It has {length} digits; check them against its papers.")


class BadEmail(Refusal):
    code = "bad_email"
    status = 400
    message = _("This is not an e-mail address. Write it like {example}.")


# What people put between digits, and what comes along unseen when a number is copied from a page or a message.
_BETWEEN: Final = re.compile(r"[\s\-_./()\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\u2010-\u2015\u2212\ufeff]+")
_MOBILE: Final = re.compile(r"(?:\+98|0098|98|0)?0?(9[0-9]{9})")
_COMPANY_WEIGHTS: Final = (29, 27, 23, 19, 17) * 2
_EMAIL: Final = re.compile(
    r"[^\s@<>(),;:\"\[\]\\]{1,64}@(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.)+[^\W\d_][\w\-]{0,61}[^\W_]"
)


def _digits(text: str, length: int) -> str | None:
    """The bare Latin digits when there are exactly `length` of them and nothing else but separators."""
    bare = _BETWEEN.sub("", ascii_digits(text))
    return bare if len(bare) == length and bare.isascii() and bare.isdigit() else None


def national_code(text: str) -> str:
    """A person's national code as 10 Latin digits; a wrong check digit or ten equal digits is a BadNationalCode."""
    bare = _digits(text, 10)
    if bare is None or bare == bare[0] * 10:
        raise BadNationalCode(length=10)
    rest = sum(int(digit) * (10 - place) for place, digit in enumerate(bare[:9])) % 11
    if int(bare[9]) != (rest if rest < 2 else 11 - rest):
        raise BadNationalCode(length=10)
    return bare


def mobile(text: str) -> str:
    """An Iranian mobile number as "09" and nine digits, however its country code was typed; else a BadMobile."""
    found = _MOBILE.fullmatch(_BETWEEN.sub("", ascii_digits(text)))
    if found is None:
        raise BadMobile(example=InWords("۰۹۱۲۳۴۵۶۷۸۹", "09123456789"))
    return f"0{found[1]}"


def company_id(text: str) -> str:
    """A legal person's national ID (شناسه ملی) as 11 Latin digits; a wrong check digit is a BadCompanyId."""
    bare = _digits(text, 11)
    if bare is None or bare == bare[0] * 11:
        raise BadCompanyId(length=11)
    shift = int(bare[9]) + 2
    total = sum((int(digit) + shift) * weight for digit, weight in zip(bare[:10], _COMPANY_WEIGHTS, strict=True))
    if int(bare[10]) != total % 11 % 10:
        raise BadCompanyId(length=11)
    return bare


def email(text: str) -> str:
    """An e-mail address, its domain in lower case (the part before @ belongs to its owner); else a BadEmail."""
    bare = _MARKS_IN_MAIL.sub("", ascii_digits(text)).strip()
    if len(bare) > 254 or ".." in bare or not _EMAIL.fullmatch(bare):
        raise BadEmail(example="name@example.ir")
    name, _at, domain = bare.rpartition("@")
    if name.startswith(".") or name.endswith("."):
        raise BadEmail(example="name@example.ir")
    return f"{name}@{domain.lower()}"


_MARKS_IN_MAIL: Final = re.compile("[\u200b-\u200f\u061c\u202a-\u202e\u2066-\u2069\ufeff]")
