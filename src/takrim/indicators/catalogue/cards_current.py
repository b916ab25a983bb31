"""Cards complete and current: services that are described in full and looked at within a year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.base.clock import local_date
from takrim.base.period import Period
from takrim.cards.models import CardVersion
from takrim.indicators.indicator import Direction, Indicator, Measure, Measured, Ratio
from takrim.indicators.wording import SERVICES

_YEAR = timedelta(days=365)
# Without these a person does not know how to go about it; the title and the promise no card is without.
_NEEDED = ("description", "documents", "steps", "laws", "access", "complaint_route", "responsible")


def _read(paths: Collection[str], period: Period, now: datetime) -> Mapping[str, Measured]:
    """Of the houses: the ministry, and provinces that have cards of their own. One query."""
    day = min(period.last_day(), local_date(now))
    found: dict[str, list[int]] = {}
    versions = CardVersion.objects.valid(day).filter(path__in=paths).only("path", "valid_from", "content")
    for version in versions.iterator():
        whole = all(version.content.get(name) for name in _NEEDED)
        found.setdefault(version.path, []).append(int(whole and day - version.valid_from <= _YEAR))
    return {path: Ratio(sum(ones), len(ones)) for path, ones in found.items()}


PLUGIN = Indicator(
    title=_("Service cards complete and current"),
    definition=_(
        "Of the service cards valid at the end of the period, the share with description, documents, steps, laws, "
        "ways, complaint route and department in charge that was published anew within the year before."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=_("The ministry, and each province that has service cards of its own"),
    basis=SERVICES,
    least=5,
    read=_read,
)
