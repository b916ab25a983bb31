"""The service cards as they were on a day, at hand: the half-year asks for them thousands of times."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property

from takrim.base.clock import local_date
from takrim.cards.models import CardVersion
from takrim.orgs.paths import ROOT


class Services:
    """All versions of all cards, read once."""

    @cached_property
    def versions(self) -> dict[str, list[CardVersion]]:
        found: dict[str, list[CardVersion]] = {}
        for version in CardVersion.objects.filter(path=ROOT).select_related("card").order_by("number"):
            found.setdefault(version.card.code, []).append(version)
        return found

    def at(self, code: str, moment: datetime) -> CardVersion | None:
        """What the card said at a moment."""
        day = local_date(moment)
        return next((one for one in self.versions.get(code, []) if _holds(one, day)), None)


def _holds(version: CardVersion, day: date) -> bool:
    return version.valid_from <= day and (version.valid_until is None or day < version.valid_until)
