"""Makes the signed file and the report of a round as soon as its last result is out: nobody who asks has to wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.evaluation.rounds_read import published
from takrim.tasks.job import Job
from takrim.web.figures.round_bundle import bundle
from takrim.web.figures.round_papers import whole_report

LANGUAGES = ("fa", "en")
# What was final earlier was made then, or is made when somebody asks.
_FRESH = timedelta(days=2)


def run(now: datetime) -> int:
    """Says how many rounds were looked at."""
    found = list(published().filter(final_at__gte=now - _FRESH).order_by("pk"))
    for round in found:
        bundle(round)
        for lang in LANGUAGES:
            with translation.override(lang):
                whole_report(round, lang)
    return len(found)


PLUGIN = Job(title=_("Keep the signed files and reports of rounds"), every=timedelta(minutes=2), run=run)
