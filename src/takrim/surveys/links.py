"""Signed links to a questionnaire: they name a case and its answer, and end by themselves."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing

from takrim.surveys.questionnaire import questionnaire

_SALT = "takrim.survey"


def make(subject: str, occasion: int) -> str:
    """The token of a link for the answer numbered `occasion` of a case."""
    return signing.dumps([subject, occasion], salt=_SALT, compress=True)


def read(token: str) -> tuple[str, int] | None:
    """The case and the number of its answer, or None for a token that is forged or too old."""
    try:
        age = timedelta(days=questionnaire().open_days)
        subject, occasion = signing.loads(token, salt=_SALT, max_age=age)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return subject, occasion
