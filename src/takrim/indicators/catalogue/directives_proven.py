"""Directives proven: clauses that were carried out, proven and confirmed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.deadlines import duties_by_date
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import CARRIES_OUT, YEARLY


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("directives_proven"))


PLUGIN = Indicator(
    title=_("Directives carried out and proven"),
    definition=_(
        "Of the clauses of directives that fell due in the period, the share whose carrying out was reported with "
        "its proof by that date and confirmed by the secretary."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=CARRIES_OUT,
    basis=YEARLY,
    least=3,
    follows=duties_by_date("clause"),
    of=_of,
)
