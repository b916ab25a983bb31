"""Complaints per cause: how often the same thing is complained about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts, moment
from takrim.indicators.figures import Figures
from takrim.indicators.increments import month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, YEARLY


def _add(facts: Facts, unit: str, at: datetime, much: int = 1) -> Iterator[Add]:
    if facts["kind"] == "complaint" and facts.get("card"):
        yield Add(unit, month_of(at), part=much, value=facts["card"])


def _came(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    yield from _add(facts, unit, at)


def _moved(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    if facts["first"] and facts["from_unit"] != unit:
        came = moment(facts, "received") or at
        yield from _add(facts, facts["from_unit"], came, -1)
        yield from _add(facts, unit, came)


def _of(figures: Figures) -> Ratio:
    """Complaints against the services of which there was at least one."""
    numbers = [part for part, _ in figures.sorts("complaints_per_cause").values() if part > 0]
    return Ratio(sum(numbers), len(numbers))


PLUGIN = Indicator(
    title=_("Complaints for each cause"),
    definition=_(
        "Complaints received in the period for each service that there was a complaint about: 1 means that nothing was "
        "complained about twice. Complaints about no service in particular do not count."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.RATE,
    charged_to=OWES_ANSWER,
    basis=YEARLY,
    least=3,
    follows={
        "case.received": _came,
        "case.transferred": _moved,
        "case.handed_back": _moved,
        "case.kept_from": _moved,
    },
    of=_of,
)
