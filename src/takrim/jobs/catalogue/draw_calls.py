"""Draws, once a month, who is asked by telephone how they were served."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from takrim.cases.actions_calls import draw_calls
from takrim.indicators.figures import local_month
from takrim.orgs.actor import system
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """The month that is over, if it has not been drawn; says how many were drawn."""
    draw = draw_calls(period=local_month(now).previous(), by=system("draw_calls"), now=now)
    return draw.calls.count() if draw else 0


PLUGIN = Job(title=_("Draw the calls of the survey"), at=time(5, 0), run=run)
