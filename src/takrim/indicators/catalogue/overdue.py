"""Overdue: the share of what is owed whose date has passed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, SERVICES


def _of(figures: Figures) -> Ratio:
    return Ratio(figures.standing.overdue, figures.standing.open)


PLUGIN = Indicator(
    title=_("Overdue"),
    definition=_(
        "Of the answers owed at the end of the period (or now, if it has not ended), the share whose due"
        " date had passed."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OWES_ANSWER,
    basis=SERVICES,
    of=_of,
    least=1,
)
