"""Overdue by 20 days: how many matters were still owed twenty days behind their date."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from takrim.indicators.deadlines import answers_by
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, SERVICES

_DAYS = timedelta(days=20)


def _when(_opened: datetime | None, due: datetime | None) -> datetime | None:
    return None if due is None else due + _DAYS


def _of(figures: Figures) -> Ratio:
    in_time, all_of_them = figures.piece("overdue_20_days")
    return Ratio(all_of_them - in_time, all_of_them)


PLUGIN = Indicator(
    title=_("Overdue by more than 20 days"),
    definition=_(
        "Of the matters whose due date lay 20 days back at a day of the period, the share that was still unanswered on "
        "that day."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OWES_ANSWER,
    basis=SERVICES,
    least=10,
    follows=answers_by(_when),
    of=_of,
)
