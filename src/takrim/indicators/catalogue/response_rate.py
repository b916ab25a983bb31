"""Response rate: how many of those answered also judged."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio, Source
from takrim.indicators.wording import JUDGED, TAKRIM


def _of(figures: Figures) -> Ratio:
    return Ratio(figures[Count.RESPONSES], figures[Count.ANSWERED])


PLUGIN = Indicator(
    title=_("Response rate"),
    definition=_("Survey replies about answers delivered in the period, against the answers delivered in it."),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=JUDGED,
    basis=TAKRIM,
    source=Source.SURVEYED,
    of=_of,
    least=10,
)
