"""Conduct: complaints about officials or about the office itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts
from takrim.indicators.figures import Figures
from takrim.indicators.increments import month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import RIGHTS


def _kept_from(facts: Facts, at: datetime, _unit: str) -> Iterator[Add]:
    yield Add(facts["subject_unit"], month_of(at), part=1)


def _of(figures: Figures) -> Ratio:
    about, _ = figures.piece("conduct_complaints")
    return Ratio(about, figures.given)


PLUGIN = Indicator(
    title=_("Complaints about conduct"),
    definition=_(
        "Complaints of the period about the conduct of officials or of the office itself, which are kept from "
        "them, against the answers and reasoned refusals given in it."
    ),
    direction=Direction.LESS_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=_("The office that the complaint is about, although the level above answers it"),
    basis=RIGHTS,
    least=20,
    follows={"case.kept_from": _kept_from},
    of=_of,
)
