"""Improvement on the last round of evaluation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, YEARLY

PLUGIN = Indicator(
    title=_("Improvement on the last round"),
    definition=_(
        "Points of the office in the round of the period less its points in the round before, as a share of the "
        "points that are to be had."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=YEARLY,
    off=_("It is counted as soon as two rounds of evaluation have ended with a result."),
)
