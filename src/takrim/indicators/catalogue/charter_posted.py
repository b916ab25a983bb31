"""Ethical charter posted: the charter hangs where people wait."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure, Source
from takrim.indicators.wording import CHARTER, ITSELF

PLUGIN = Indicator(
    title=_("Ethical charter posted"),
    definition=_(
        "Of the places where the office receives people, the share in which the ethical charter hangs in sight, "
        "with pictures as proof."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=CHARTER,
    source=Source.DECLARED,
)
