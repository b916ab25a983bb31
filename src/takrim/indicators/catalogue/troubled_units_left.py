"""Troubled units: workplaces that came off the list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, YEARLY

PLUGIN = Indicator(
    title=_("Troubled workplaces that recovered"),
    definition=_("Of the workplaces on the list of troubled ones in the period, the share that left it working."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=YEARLY,
    off=NO_MODULE,
)
