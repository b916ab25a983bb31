"""Visits avoided: answers for which nobody had to come at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.cases.delivery import IN_PERSON
from takrim.indicators.adding import Add, Facts
from takrim.indicators.afar import came_from_afar
from takrim.indicators.figures import Figures
from takrim.indicators.increments import month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import GAVE_ANSWER, SERVICE_DESK


def _answered(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    afar = came_from_afar(facts.get("channel", ""))
    if afar is not None:
        yield Add(unit, month_of(at), part=int(afar and facts.get("how") != IN_PERSON), whole=1)


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("visits_avoided"))


PLUGIN = Indicator(
    title=_("Visits avoided"),
    definition=_(
        "Of the answers delivered in the period, the share for which the person came neither to bring the matter "
        "nor to fetch the answer."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=GAVE_ANSWER,
    basis=SERVICE_DESK,
    least=10,
    follows={"case.answered": _answered},
    of=_of,
)
