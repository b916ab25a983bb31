"""Date missed: the share of what fell due and was not answered by then."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, SERVICES


def _of(figures: Figures) -> Ratio:
    return Ratio(figures[Count.MISSED], figures[Count.FELL_DUE])


PLUGIN = Indicator(
    title=_("Date missed"),
    definition=_(
        "Of the answers that fell due in the period, the share that had not been given when the date "
        "came. Whoever answers only the easy cases looks good in “answered on time”, but not here. In a period that "
        "goes on, what is still owed and whose date has not come counts for nothing yet."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OWES_ANSWER,
    basis=SERVICES,
    of=_of,
    least=10,
)
