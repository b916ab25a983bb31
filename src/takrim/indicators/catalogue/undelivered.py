"""Not delivered: answers that reached nobody."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import counted
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import GAVE_ANSWER, SERVICES


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("undelivered"))


PLUGIN = Indicator(
    title=_("Answers that reached nobody"),
    definition=_("Of the answers given in the period, the share for which it was proven that nobody could be reached."),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=GAVE_ANSWER,
    basis=SERVICES,
    least=10,
    follows={
        "case.answered": counted(whole=1),
        "case.undeliverable": counted(part=1, whole=1),
    },
    of=_of,
)
