"""Makes the signed file and the reports of rounds whose last result is out: nobody who asks has to wait."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.base.press import NoPress
from takrim.evaluation.rounds_read import published
from takrim.tasks.job import Job
from takrim.web.figures.round_bundle import bundle
from takrim.web.figures.round_papers import whole_report

LANGUAGES = ("fa", "en")
# A report of all counties takes some seconds; other work must not wait for many of them.
AT_ONCE: Final = 3
# Rounds that this process has looked at. A new version may draw them otherwise, so the next process looks again.
_looked: set[tuple[str, str]] = set()


def run(_now: datetime) -> int:
    """Says how many rounds were looked at, the latest first."""
    found = [round for round in published().order_by("-pk") if (round.code, round.final_hash) not in _looked]
    for round in found[:AT_ONCE]:
        bundle(round)
        for lang in LANGUAGES:
            # Without Pango there are no papers, as the page of the operator says.
            with translation.override(lang), suppress(NoPress):
                whole_report(round, lang)
        _looked.add((round.code, round.final_hash))
    return len(found[:AT_ONCE])


PLUGIN = Job(title=_("Keep the signed files and reports of rounds"), every=timedelta(minutes=2), run=run)
