"""Planned actions proven: what offices planned for a programme, did and proved."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.deadlines import duties_by_date
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import CARRIES_OUT, YEARLY


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("actions_proven"))


PLUGIN = Indicator(
    title=_("Planned actions proven"),
    definition=_(
        "Of the actions of programmes whose proof fell due in the period, the share that was proven by that date and "
        "accepted. What was called off with its reason does not count."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=CARRIES_OUT,
    basis=YEARLY,
    least=3,
    follows=duties_by_date("programme_action"),
    of=_of,
)
