"""People served on desk days."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, SERVICE_DESK

PLUGIN = Indicator(
    title=_("People served on desk days"),
    definition=_("People who were received on desk days of the period."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.COUNT,
    charged_to=ITSELF,
    basis=SERVICE_DESK,
    off=NO_MODULE,
)
