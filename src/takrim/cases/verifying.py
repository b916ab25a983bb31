"""Was this answer issued? Asked by number and fingerprint, answered without a word about the person."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from django.utils.translation import gettext_lazy as _

from takrim.base.errors import Refusal
from takrim.base.persian import ascii_digits, fold
from takrim.cases.models import Answer, State

# Sixteen hexadecimal digits stand on the paper: 64 bits, which nobody guesses. The picture holds them all.
SHORT, WHOLE = 16, 64
_MARKS = re.compile(r"[^0-9a-z]+")
# What stands between the parts of a number is typed in many ways.
_BETWEEN = re.compile(r"[\s/\\\-–_.،,\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")


class BadFingerprint(Refusal):
    code = "bad_fingerprint"
    status = 422
    message = _("The fingerprint has {length} digits and letters from a to f; check them against the paper.")


class Standing(StrEnum):
    """What an answer is worth today."""

    IN_FORCE = auto()
    NOT_DELIVERED = auto()
    OBJECTED_TO = auto()
    REPLACED = auto()
    CANCELLED = auto()


@dataclass(frozen=True, kw_only=True)
class Issued:
    """What anybody who holds the paper may know: the office, the day, and whether it still holds."""

    number: str
    unit_path: str
    at: datetime
    standing: Standing
    # Since when it no longer holds as it was.
    since: datetime | None = None


def read_fingerprint(typed: str) -> str:
    """The fingerprint in its one form, whole or as it stands on the paper. Raises BadFingerprint."""
    found = _MARKS.sub("", ascii_digits(typed).lower())
    if not SHORT <= len(found) <= WHOLE or set(found) - set("0123456789abcdef"):
        raise BadFingerprint(length=SHORT)
    return found


def short(fingerprint: str) -> str:
    """The fingerprint as the paper says it: four groups of four."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, SHORT, 4))


def plain_number(number: str) -> bytes:
    return _BETWEEN.sub("/", ascii_digits(fold(number))).strip("/").encode()


def find(number: str, fingerprint: str) -> Issued | None:
    """The answer with this number and fingerprint. What is unknown and what is wrong take the same way and time."""
    rows = Answer.objects.filter(fingerprint__gte=fingerprint, fingerprint__lt=f"{fingerprint}g").exclude(
        fingerprint="", letter_number=""
    )
    # Of two answers that begin alike, which does not happen, neither is confirmed.
    found = list(rows.select_related("case")[:2])
    answer = found[0] if len(found) == 1 else None
    right = hmac.compare_digest(plain_number(answer.letter_number if answer else ""), plain_number(number))
    return _issued(answer) if answer and right else None


def _issued(answer: Answer) -> Issued:
    standing, since = _standing(answer)
    at = answer.approved_at or answer.delivered_at or answer.sent_back_at or answer.drafted_at
    return Issued(number=answer.letter_number, unit_path=answer.register_path, at=at, standing=standing, since=since)


def _standing(answer: Answer) -> tuple[Standing, datetime | None]:
    if answer.sent_back_at is not None:
        return Standing.CANCELLED, answer.sent_back_at
    newer = answer.case.answers.filter(number__gt=answer.number, approved_at__isnull=False).order_by("number").first()
    if newer is not None:
        return Standing.REPLACED, newer.approved_at
    if answer.delivered_at is None:
        return Standing.NOT_DELIVERED, None
    if answer.case.answered_at is None and answer.case.state != State.ANSWERED:
        objection = answer.case.objections.order_by("-id").first()
        return Standing.OBJECTED_TO, objection.at if objection else None
    return Standing.IN_FORCE, None
