"""Were these minutes issued? Asked by number and fingerprint, answered without a word of what stands in them."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime

from takrim.cases.verifying import plain_number
from takrim.councils.models_minutes import Minutes


@dataclass(frozen=True, kw_only=True)
class IssuedMinutes:
    """What anybody who holds the paper may know. `corrected_at`: when its last erratum was signed."""

    number: str
    unit_path: str
    at: datetime
    body_fa: str
    body_en: str
    corrected_at: datetime | None


def find(number: str, fingerprint: str) -> IssuedMinutes | None:
    """The issued minutes with this number and fingerprint. What is unknown and what is wrong take the same way."""
    rows = Minutes.objects.filter(hash__gte=fingerprint, hash__lt=f"{fingerprint}g", issued_at__isnull=False).exclude(
        hash=""
    )
    found = list(rows.select_related("meeting__body")[:2])
    minutes = found[0] if len(found) == 1 else None
    right = hmac.compare_digest(plain_number(minutes.number if minutes else ""), plain_number(number))
    return _issued(minutes) if minutes and right else None


def _issued(minutes: Minutes) -> IssuedMinutes:
    last = minutes.errata.filter(signed_at__isnull=False).order_by("-signed_at").first()
    return IssuedMinutes(
        number=minutes.number,
        unit_path=minutes.unit_path,
        at=minutes.issued_at or minutes.begun_at,
        body_fa=minutes.meeting.body.name_fa,
        body_en=minutes.meeting.body.name_en,
        corrected_at=last.signed_at if last else None,
    )
