"""Improvement on the last round of evaluation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, YEARLY

PLUGIN = Indicator(
    title=_("Improvement on the last round"),
    definition=_(
        "Points of the office in the last round of evaluation within the period that has a final result, less its "
        "points in the round before of the same plan, each as a share of the points that were to be had. Nothing "
        "where there was no round before."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=YEARLY,
)
