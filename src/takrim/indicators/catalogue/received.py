"""Received: how many matters came in."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, YEARLY


def _of(figures: Figures) -> Ratio:
    return Ratio(figures[Count.RECEIVED], 1)


PLUGIN = Indicator(
    title=_("Received"),
    definition=_("How many matters came in during the period."),
    direction=Direction.NEITHER,
    unit=Measure.COUNT,
    charged_to=OWES_ANSWER,
    basis=YEARLY,
    of=_of,
    least=1,
)
