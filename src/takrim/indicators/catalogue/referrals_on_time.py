"""Referrals on time: how often an office that was asked by another replied in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import Add, Facts, moment
from takrim.indicators.deadlines import only
from takrim.indicators.figures import Figures
from takrim.indicators.increments import month_of
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import OWES_REFERRAL, SERVICES


def _replied(facts: Facts, at: datetime, unit: str) -> Iterator[Add]:
    due = moment(facts, "due")
    if due is not None:
        yield Add(unit, month_of(at), part=int(at <= due), whole=1)


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("referrals_on_time"))


PLUGIN = Indicator(
    title=_("Referrals replied to on time"),
    definition=_(
        "Of the replies that the office gave in the period to others that had asked it, the share given by their "
        "date. What was sent back and completed counts again."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OWES_REFERRAL,
    basis=SERVICES,
    least=10,
    follows={"duty.answered": only("referral", _replied)},
    of=_of,
)
