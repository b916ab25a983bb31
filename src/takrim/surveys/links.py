"""Signed links to a questionnaire: they name a case and its answer, and end by themselves."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from django.core import signing

from takrim.surveys.questionnaire import questionnaire

_SALT, _TABLET, _STAND = "takrim.survey", "takrim.survey.tablet", "takrim.survey.stand"
# A tablet is handed over for one questionnaire; one that stands at the desk is set up for a day.
HANDED_OVER, STANDS = timedelta(minutes=30), timedelta(hours=12)


def make(subject: str, occasion: int) -> str:
    """The token of a link for the answer numbered `occasion` of a case."""
    return signing.dumps([subject, occasion], salt=_SALT, compress=True)


def read(token: str) -> tuple[str, int] | None:
    """The case and the number of its answer, or None for a token that is forged or too old."""
    try:
        subject, occasion = _loads(token, _SALT, questionnaire().open_for)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return subject, occasion


class Tablet(NamedTuple):
    """A questionnaire on a tablet. `stand`: the link of the stand to which it goes back, "" where it has none."""

    subject: str
    occasion: int
    stand: str


def make_tablet(subject: str, occasion: int, stand: str = "") -> str:
    """The token of a questionnaire on a tablet."""
    return signing.dumps([subject, occasion, stand], salt=_TABLET, compress=True)


def read_tablet(token: str) -> Tablet | None:
    """What a tablet asks about, or None for a token that is forged or too old."""
    try:
        subject, occasion, stand = _loads(token, _TABLET, HANDED_OVER)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Tablet(subject, occasion, stand)


def make_stand(path: str) -> str:
    """The token of a tablet that stands at the desk of an office: people type their number there."""
    return signing.dumps([path], salt=_STAND, compress=True)


def read_stand(token: str) -> str | None:
    """The office at whose desk it stands, or None for a token that is forged or too old."""
    try:
        (path,) = _loads(token, _STAND, STANDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(path)


def _loads(token: str, salt: str, age: timedelta) -> Any:
    return signing.loads(token, salt=salt, max_age=age)
