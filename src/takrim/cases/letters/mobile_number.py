"""The short-lived number that proves whose telephone it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_mobile import BODY, TITLE, VALID, number_of
from takrim.channels.models import MobileCode
from takrim.letters.kind import Address, Draft, LetterKind
from takrim.letters.models import Letter, Way


def _fill(letter: Letter) -> Mapping[str, str]:
    sent = MobileCode.objects.get(pk=int(letter.subject.removeprefix("mobile:")))
    return {"number": number_of(sent)}


def _example(lang: str, way: Way) -> Draft:
    address = Address(way=Way.SMS, to="09121234567", lang=lang)
    body = BODY.in_(lang, {"number": "482731"})
    at = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    return Draft(address=address, subject="mobile:1", title=TITLE.in_(lang, {}), body=body, at=at)


PLUGIN = LetterKind(title=_("One-time number"), example=_example, fill=_fill, good_for=VALID, urgent=True)
