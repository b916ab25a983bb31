"""Substitutes named: nobody comes in vain because somebody is absent."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.indicator import Direction, Indicator, Measure, Source
from takrim.indicators.wording import CHARTER, ITSELF

PLUGIN = Indicator(
    title=_("Substitutes named"),
    definition=_(
        "Of the posts that receive people, the share whose named substitute is known to the public, with the list "
        "as proof."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=CHARTER,
    source=Source.DECLARED,
)
