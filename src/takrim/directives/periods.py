"""Words for the periods of clauses."""

from __future__ import annotations

from django.utils.translation import get_language

from takrim.base.period import Period


def period_title(code: str) -> str:
    """«پاییز ۱۴۰۵» of "1405-s3"; "" of a clause that has no periods."""
    return Period.parse(code).title(get_language() or "fa") if code else ""
