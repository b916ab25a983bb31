"""Name plates: officials who sit behind their name and duties."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure, Source
from takrim.indicators.wording import CHARTER, ITSELF

PLUGIN = Indicator(
    title=_("Name plates of officials"),
    definition=_(
        "Of the officials who receive people, the share with a plate that says name, post and main duties, with "
        "pictures as proof."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=CHARTER,
    source=Source.DECLARED,
)
