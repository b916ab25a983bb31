"""Decisions fulfilled on time: parts of decisions that were reported in time and confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts, Wait, done, moment
from takrim.indicators.deadlines import accepted, duties_by_date, only, opened, questioned
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import CARRIES_OUT, COUNCIL

_KIND = "decision"


def _waited(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from done(unit, moment(facts, "due"), None)


def _waits_again(facts: Facts, _at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from done(unit, moment(facts, "due"), None, -1)


def _fulfilled(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from (one for one in accepted(facts, at, unit) if isinstance(one, Add))


def _not_after_all(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
    yield from (one for one in questioned(facts, at, unit) if isinstance(one, Add))


def _refused(facts: Facts, at: datetime, unit: str) -> Iterator[Add | Wait]:
    """Its duty was withdrawn with it; that it was to be done stands."""
    yield from (one for one in opened(facts, at, unit) if isinstance(one, Add))


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("decisions_on_time"))


PLUGIN = Indicator(
    title=_("Decisions fulfilled on time"),
    definition=_(
        "Of the parts that offices had in decisions of bodies and that fell due in the period, the share that was "
        "reported by its date and confirmed as fulfilled. Partly fulfilled is not fulfilled; what was stopped or "
        "cancelled does not count."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=CARRIES_OUT,
    basis=COUNCIL,
    least=3,
    follows={
        **duties_by_date(_KIND),
        # Whether it was fulfilled the body says, not the duty, which ends as well when it was done in part or not.
        "duty.accepted": only(_KIND, _waited),
        "duty.questioned": only(_KIND, _waits_again),
        "decision.part_fulfilled": _fulfilled,
        "decision.part_questioned": _not_after_all,
        "decision.part_refused": _refused,
    },
    of=_of,
)
