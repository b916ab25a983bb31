"""Quorum: how often a body that met could decide."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.adding import counted
from takrim.indicators.figures import Figures
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import COUNCIL, OF_BODY


def _of(figures: Figures) -> Ratio:
    return Ratio(*figures.piece("quorum"))


PLUGIN = Indicator(
    title=_("Meetings with a quorum"),
    definition=_(
        "Of the meetings that were to begin in the period, the share to which enough members came. The others were not "
        "constituted and decided nothing."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=OF_BODY,
    basis=COUNCIL,
    least=2,
    follows={
        "meeting.opened": counted(part=1, whole=1),
        "meeting.not_constituted": counted(whole=1),
    },
    of=_of,
)
