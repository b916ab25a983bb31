"""Rights: how many matters say that a right of citizens was not kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts, moment
from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count, month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_ANSWER, RIGHTS


def _named(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    change = bool(facts["rights"]) - bool(facts["before"])
    if change:
        yield Add(unit, month_of(moment(facts, "received") or at), part=change)


def _moved(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    if facts["first"] and facts["from_unit"] != unit and facts.get("rights"):
        month = month_of(moment(facts, "received") or at)
        yield Add(facts["from_unit"], month, part=-1)
        yield Add(unit, month, part=1)


def _of(figures: Figures) -> Ratio:
    concerned, _ = figures.piece("rights_concerned")
    return Ratio(concerned, figures[Count.RECEIVED])


PLUGIN = Indicator(
    title=_("Matters about a right"),
    definition=_(
        "Of the matters received in the period, the share for which it was noted that a right of citizens is "
        "concerned. A matter about two rights counts once."
    ),
    direction=Direction.NEITHER,
    unit=Measure.SHARE,
    charged_to=OWES_ANSWER,
    basis=RIGHTS,
    least=10,
    follows={
        "case.rights_named": _named,
        "case.transferred": _moved,
        "case.handed_back": _moved,
        "case.kept_from": _moved,
    },
    of=_of,
)
