"""Draws, once a month, which accepted proofs are judged a second time, and by whom."""

from __future__ import annotations

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from takrim.indicators.figures import local_month
from takrim.orgs.actor import system
from takrim.orgs.units import all_names
from takrim.proofs.actions_sample import draw_sample
from takrim.tasks.job import Job


def run(now: datetime) -> int:
    """The month that is over, province by province; says how many proofs were drawn."""
    month = local_month(now).previous()
    by = system("draw_proofs")
    houses = [path for path, unit in all_names().items() if unit.kind == "directorate"]
    draws = [draw_sample(chain=chain, period=month, by=by, now=now) for chain in houses]
    return sum(draw.number for draw in draws if draw)


PLUGIN = Job(title=_("Draw the proofs to be judged a second time"), at=time(5, 10), run=run)
