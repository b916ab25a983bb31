"""Follow-ups on time: second visits by their date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, YEARLY

PLUGIN = Indicator(
    title=_("Follow-up visits on time"),
    definition=_("Of the visits that had to be repeated by a date of the period, the share that was made by it."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=YEARLY,
    off=NO_MODULE,
)
