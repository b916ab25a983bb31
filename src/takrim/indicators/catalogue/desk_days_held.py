"""Desk days held: days on which officials received people, of those planned."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, SERVICE_DESK

PLUGIN = Indicator(
    title=_("Public desk days held"),
    definition=_("Of the days planned in the period on which officials receive people, the share that was held."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=SERVICE_DESK,
    off=NO_MODULE,
)
