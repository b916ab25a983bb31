"""First routing: how often a matter came to the office that kept it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts, moment
from takrim.indicators.figures import Figures
from takrim.indicators.increments import month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import ITSELF, SERVICE_DESK


def _came(_facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    yield Add(unit, month_of(at), part=1, whole=1)


def _went_on(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    month = month_of(moment(facts, "received") or at)
    yield Add(facts["from_unit"], month, part=-1)
    yield Add(unit, month, part=1, whole=1)


def _kept_from(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    """Nobody had sent it to the wrong place: it only may not be answered there."""
    if facts["first"] and facts["from_unit"] != unit:
        month = month_of(moment(facts, "received") or at)
        yield Add(facts["from_unit"], month, part=-1, whole=-1)
        yield Add(unit, month, part=1, whole=1)


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("first_routing"))


PLUGIN = Indicator(
    title=_("Routed right"),
    definition=_(
        "Of the times that a matter received in the period came to the office, by filing or by transfer, the "
        "share in which it stayed there. Whatever was transferred on or returned was routed wrongly."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=SERVICE_DESK,
    least=10,
    follows={
        "case.received": _came,
        "case.transferred": _went_on,
        "case.handed_back": _went_on,
        "case.kept_from": _kept_from,
    },
    of=_of,
)
