"""Proofs accepted: how much of what offices handed in as proof was enough."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import Figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import Direction, Indicator, Measure, Ratio
from takrim.indicators.wording import GAVE_PROOF, YEARLY


def _of(figures: Figures) -> Ratio:
    return Ratio(figures[Count.PROOFS_ACCEPTED], figures[Count.PROOFS_JUDGED])


PLUGIN = Indicator(
    title=_("Proofs accepted"),
    definition=_(
        "Of the verdicts that secretaries gave in the period on what offices handed in as proof of their actions, the "
        "share that accepted it. A proof that is returned or refused after it had been accepted counts no longer as "
        "accepted."
    ),
    direction=Direction.MORE_IS_BETTER,
    unit=Measure.SHARE,
    charged_to=GAVE_PROOF,
    basis=YEARLY,
    of=_of,
    least=5,
)
