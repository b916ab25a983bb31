"""Meetings held: how often bodies met when they had to."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.deadlines import duties_by_date
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import COUNCIL, OF_BODY


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("meetings_held"))


PLUGIN = Indicator(
    title=_("Meetings held when due"),
    definition=_(
        "Bodies must meet so often in a month, a season, half a year or a year. Of what they had to do so in the "
        "period, the share in which they met by their day."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OF_BODY,
    basis=COUNCIL,
    least=2,
    follows=duties_by_date("hold_meeting"),
    of=_of,
)
