"""Inspections per inspector."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, YEARLY

PLUGIN = Indicator(
    title=_("Inspections for each inspector"),
    definition=_("Inspections of workplaces in the period for each inspector at work."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.RATE,
    charged_to=ITSELF,
    basis=YEARLY,
    off=NO_MODULE,
)
