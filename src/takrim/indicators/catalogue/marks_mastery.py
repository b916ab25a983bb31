"""Satisfaction by dimension: mastery of the process."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio, Source
from takrim.indicators.scores import Marks
from takrim.indicators.wording import JUDGED, TAKRIM


def _of(figures: Figures) -> Ratio:
    marks = figures.scores.get("mastery", Marks())
    return Ratio(marks.sum, marks.n)


PLUGIN = Indicator(
    title=_("Mark for mastery of the process"),
    definition=_(
        "The mean of the marks from 1 to 5 that people gave to the questions of this dimension, about answers "
        "delivered in the period. Always read it with the response rate."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.MARK,
    charged_to=JUDGED,
    basis=TAKRIM,
    source=Source.SURVEYED,
    private=True,
    least=10,
    of=_of,
)
