"""Published datasets: what the office gives to everybody as data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure, Source
from takrim.indicators.wording import ITSELF, RIGHTS

PLUGIN = Indicator(
    title=_("Published datasets"),
    definition=_(
        "Sets of data that the office has published and kept current in the period, with their addresses as proof."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.COUNT,
    charged_to=ITSELF,
    basis=RIGHTS,
    source=Source.DECLARED,
)
