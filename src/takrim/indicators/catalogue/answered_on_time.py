"""Answered on time: the share of answers given by their due date."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import GAVE_ANSWER, SERVICES


def _of(figures: Figures) -> Ratio:
    on_time = figures[Count.ON_TIME]
    return Ratio(on_time, on_time + figures[Count.LATE])


PLUGIN = Indicator(
    title=_("Answered on time"),
    definition=_(
        "Of the answers and reasoned refusals given in the period that had a due date, the share given "
        "by that date. An answer after an objection counts again, with its own date. Duplicates and "
        "withdrawals do not count."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=GAVE_ANSWER,
    basis=SERVICES,
    of=_of,
    least=10,
)
