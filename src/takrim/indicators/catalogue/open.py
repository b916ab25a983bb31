"""Open: how many answers are still owed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, YEARLY


def _of(figures: Figures) -> Ratio:
    return Ratio(figures.standing.open, 1)


PLUGIN = Indicator(
    title=_("Open"),
    definition=_("How many answers were still owed at the end of the period, or are owed now if it has not ended."),
    direction=Direction.NEITHER,
    unit=Measure.COUNT,
    charged_to=OWES_ANSWER,
    basis=YEARLY,
    of=_of,
    least=1,
)
