"""Transferred: how much of what came in the office passed on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts
from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count, month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import ITSELF, SERVICE_DESK


def _passed_on(facts: Facts, at: datetime, _unit: str) -> Iterator[Add]:
    yield Add(facts["from_unit"], month_of(at), part=1)


def _of(figures: Figures) -> Ratio:
    passed_on, _ = figures.piece("transferred")
    return Ratio(passed_on, figures[Count.RECEIVED])


PLUGIN = Indicator(
    title=_("Transferred"),
    definition=_(
        "Transfers by which the office passed matters on to another in the period, those it returned included, "
        "against the matters received in it."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=SERVICE_DESK,
    least=10,
    follows={"case.transferred": _passed_on, "case.handed_back": _passed_on},
    of=_of,
)
