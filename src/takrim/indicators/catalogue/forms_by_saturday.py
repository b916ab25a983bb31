"""Forms by Saturday: what was written down on a desk day and entered in time."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, SERVICE_DESK

PLUGIN = Indicator(
    title=_("Forms entered by Saturday"),
    definition=_("Of the forms filled in on desk days of the period, the share entered by the Saturday that follows."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=SERVICE_DESK,
    off=NO_MODULE,
)
