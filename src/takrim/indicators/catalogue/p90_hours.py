"""90th percentile: nine of ten answers came within it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.histogram import P90
from takrim.indicators.indicator import Direction, Distribution, Indicator, Measure
from takrim.indicators.wording import GAVE_ANSWER, SERVICES


def _of(figures: Figures) -> Distribution:
    return Distribution(figures.hours, P90)


PLUGIN = Indicator(
    title=_("Time within which 9 of 10 were answered"),
    definition=_(
        "Nine of ten answers and reasoned refusals given in the period came within this time, counted in"
        " clock hours from the moment the answer was owed."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.HOURS,
    charged_to=GAVE_ANSWER,
    basis=SERVICES,
    of=_of,
    least=20,
)
