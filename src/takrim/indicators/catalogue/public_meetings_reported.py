"""Public meetings reported: quarterly reports that were sent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, YEARLY

PLUGIN = Indicator(
    title=_("Reports on public meetings sent"),
    definition=_("Of the quarters of the period, the share for which the report on public meetings was sent."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=YEARLY,
    off=NO_MODULE,
)
