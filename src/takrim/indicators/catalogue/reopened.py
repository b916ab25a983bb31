"""Objected to: how often people did not accept an answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import GAVE_ANSWER, RIGHTS


def _of(figures: Figures) -> Ratio:
    return Ratio(figures[Count.REOPENED], figures[Count.ANSWERED])


PLUGIN = Indicator(
    title=_("Objected to"),
    definition=_("Objections by which people reopened their cases in the period, against the answers delivered in it."),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=GAVE_ANSWER,
    basis=RIGHTS,
    of=_of,
    least=10,
)
