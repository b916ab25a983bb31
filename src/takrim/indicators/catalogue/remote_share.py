"""From afar: how many matters came in without a visit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts, moment
from takrim.indicators.afar import came_from_afar
from takrim.indicators.figures import Figures
from takrim.indicators.increments import month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import ITSELF, SERVICE_DESK


def _add(facts: Facts, unit: str, at: datetime, much: int = 1) -> Iterator[Add]:
    afar = came_from_afar(facts.get("channel", ""))
    if afar is not None:
        yield Add(unit, month_of(at), part=much * afar, whole=much)


def _came(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    yield from _add(facts, unit, at)


def _moved(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    """What was counted for one office is counted for the other, as a receipt is."""
    if facts["first"] and facts["from_unit"] != unit:
        came = moment(facts, "received") or at
        yield from _add(facts, facts["from_unit"], came, -1)
        yield from _add(facts, unit, came)


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("remote_share"))


PLUGIN = Indicator(
    title=_("Received from afar"),
    definition=_(
        "Of the matters that people brought in the period, the share that came by web, telephone, post or another "
        "way that needs no visit. What came from another system or authority does not count."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=ITSELF,
    basis=SERVICE_DESK,
    least=10,
    follows={
        "case.received": _came,
        "case.transferred": _moved,
        "case.handed_back": _moved,
        "case.kept_from": _moved,
    },
    of=_of,
)
