"""Past day 75: how many matters nobody had answered a fortnight before the three months of the law end."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.indicators.deadlines import answers_by
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import COURT_LAW, OWES_ANSWER

_DAYS = timedelta(days=75)


def _when(opened: datetime | None, _due: datetime | None) -> datetime | None:
    return None if opened is None else opened + _DAYS


def _of(figures: Figures) -> Ratio:
    in_time, all_of_them = figures.piece("past_day_75")
    return Ratio(all_of_them - in_time, all_of_them)


PLUGIN = Indicator(
    title=_("Past day 75"),
    definition=_(
        "Of the matters whose 75th day fell in the period, the share that had not been answered by then. Days of the "
        "calendar, from the moment the answer was owed; what stops other clocks does not stop this one."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OWES_ANSWER,
    basis=COURT_LAW,
    least=10,
    follows=answers_by(_when),
    of=_of,
)
