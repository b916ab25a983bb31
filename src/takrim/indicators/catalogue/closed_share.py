"""Ended against received: does the office keep up?"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, YEARLY


def _of(figures: Figures) -> Ratio:
    return Ratio(figures.ended, figures[Count.RECEIVED] + figures[Count.REOPENED])


PLUGIN = Indicator(
    title=_("Ended against received"),
    definition=_(
        "Matters answered or otherwise ended in the period, against matters that came in or were "
        "objected to in it. Above 100% the backlog shrinks."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OWES_ANSWER,
    basis=YEARLY,
    of=_of,
    least=10,
)
