"""Staff trained in how people are treated."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure, Source
from takrim.indicators.wording import ITSELF, SUPERVISION

PLUGIN = Indicator(
    title=_("Staff trained in the treatment of people"),
    definition=_(
        "Of the staff, the share that took part in a training on citizens’ rights or the treatment of people in "
        "the period, with the attendance list as proof."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=SUPERVISION,
    source=Source.DECLARED,
)
