"""Satisfaction: the share of survey replies that were content."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio, Source
from takrim.indicators.wording import JUDGED, TAKRIM


def _of(figures: Figures) -> Ratio:
    return Ratio(figures[Count.SATISFIED], figures[Count.RESPONSES])


PLUGIN = Indicator(
    title=_("Satisfaction"),
    definition=_(
        "Of the people who answered the survey, the share who gave the service as a whole 4 or 5 of 5. "
        "Always read it with the response rate."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=JUDGED,
    basis=TAKRIM,
    source=Source.SURVEYED,
    private=True,
    of=_of,
    least=10,
)
