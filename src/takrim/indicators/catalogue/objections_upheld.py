"""Objections upheld: how often the level above found the person right."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import counted
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import GAVE_ANSWER, RIGHTS


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("objections_upheld"))


PLUGIN = Indicator(
    title=_("Objections upheld"),
    definition=_(
        "Of the objections that the level above decided in the period, the share it upheld, so that the matter "
        "had to be answered anew."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=GAVE_ANSWER,
    basis=RIGHTS,
    least=5,
    follows={
        "case.objection_upheld": counted(part=1, whole=1),
        "case.objection_refused": counted(whole=1),
    },
    of=_of,
)
