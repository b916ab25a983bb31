"""What goes back to whoever answered a survey by SMS or telephone; the link is known only while it is carried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from django.conf import settings

from takrim.cases.actions_replies import TITLE
from takrim.letters.kind import Address, Draft, Said
from takrim.letters.models import Letter, Way
from takrim.surveys import links

_LINK = "https://takrim.example.ir/survey/WyIwNTQ4MjczMTU5NyIsMV0:1wQh2D:4m0pZ2o6l3cYq8sVt7uXe1rNbGkHdJf5aLiW9yQzTxE/"


def fill(letter: Letter) -> Mapping[str, str]:
    """The signed link to the page after the questionnaire."""
    return {"link": f"{settings.ADDRESS}/survey/{links.make(letter.subject, int(letter.occasion))}/"}


def example(body: Said) -> Callable[[str, Way], Draft]:
    """A letter with invented facts."""

    def write(lang: str, way: Way) -> Draft:
        facts = {"link": _LINK, "last_day": "17 Azar 1405" if lang == "en" else "۱۷ آذر ۱۴۰۵"}
        return Draft(
            address=Address(way=Way.SMS, to="09121234567", lang=lang),
            subject="05482731597",
            occasion="1",
            title=TITLE.in_(lang, {}),
            body=body.in_(lang, facts),
            at=datetime(2026, 11, 24, 6, 30, tzinfo=UTC),
        )

    return write
