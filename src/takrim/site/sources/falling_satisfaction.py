"""Offices whose people are less content than the season before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.base.clock import local_date
from takrim.base.errors import InWords
from takrim.base.period import Period, PeriodKind
from takrim.councils.source import Asking, Risen, Source
from takrim.indicators.figures import figures
from takrim.indicators.increments import Count
from takrim.indicators.indicator import value_of
from takrim.indicators.scores import FEWEST_REPLIES
from takrim.orgs.models import Unit
from takrim.orgs.paths import under
from takrim.orgs.units import unit_name

# A fall of fewer points is within what a handful of replies does by itself.
LEAST = Fraction(5, 100)


def find(asking: Asking, now: datetime) -> Sequence[Risen]:
    """The last whole season beside the one before, the deepest fall first; too few replies in either say nothing."""
    last = Period.containing(local_date(now), PeriodKind.SEASON).previous()
    offices = Unit.objects.filter(under(asking.unit_path, "path"), kind="county")
    paths = list(offices.order_by("path").values_list("path", flat=True))
    later, earlier = figures(paths, last, now), figures(paths, last.previous(), now)
    asked = [path for path in paths if min(of[path][Count.RESPONSES] for of in (later, earlier)) >= FEWEST_REPLIES]
    told = [
        (path, before, after)
        for path in asked
        if (before := value_of("satisfaction", earlier[path])) is not None
        and (after := value_of("satisfaction", later[path])) is not None
        and before - after >= LEAST
    ]
    ordered = sorted(told, key=lambda one: (one[2] - one[1], one[0]))
    return [_risen(path, before, after, last) for path, before, after in ordered]


def _risen(path: str, before: Fraction, after: Fraction, season: Period) -> Risen:
    def said(lang: str, pattern: str) -> str:
        shares = {"before": words.percent(before, lang), "after": words.percent(after, lang)}
        return pattern.format(season=season.title(lang), **shares)

    return Risen(
        key=f"satisfaction:{path}:{season.code}",
        title=InWords(
            f"کاهش رضایت مراجعان {unit_name(path, 'fa')}", f"People are less content with {unit_name(path, 'en')}"
        ),
        note=InWords(
            said("fa", "رضایت در {season} از {before} به {after} رسید."),
            said("en", "In {season} satisfaction fell from {before} to {after}."),
        ),
    )


PLUGIN = Source(title=_("Falling satisfaction"), place=40, find=find)
