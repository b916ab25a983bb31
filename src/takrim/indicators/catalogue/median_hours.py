"""Median time: half of the answers came within it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.histogram import MEDIAN
from takrim.indicators.indicator import Direction, Distribution, Indicator, Measure
from takrim.indicators.wording import GAVE_ANSWER, SERVICES


def _of(figures: Figures) -> Distribution:
    return Distribution(figures.hours, MEDIAN)


PLUGIN = Indicator(
    title=_("Median time to answer"),
    definition=_(
        "Half of the answers and reasoned refusals given in the period came within this time, counted in"
        " clock hours from the moment the answer was owed."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.HOURS,
    charged_to=GAVE_ANSWER,
    basis=SERVICES,
    of=_of,
    least=10,
)
