"""Coverage of Article 154: workplaces that offer sport."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure
from takrim.indicators.wording import ITSELF, NO_MODULE, YEARLY

PLUGIN = Indicator(
    title=_("Coverage of Article 154"),
    definition=_(
        "Of the workplaces with more than 50 workers, the share that has what Article 154 of the Labour Law asks for."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=YEARLY,
    off=NO_MODULE,
)
