"""Whether the body meets as it must: its periods of this year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from takrim.base import clock, words
from takrim.base.jalali import JalaliDate
from takrim.councils.calendar import year_of
from takrim.councils.models import Body
from takrim.web.council.part import Looking, Part
from takrim.web.council.periods_drawn import drawn
from takrim.web.parts.templatetags.takrim import language


def _show(looking: Looking[Body]) -> Mapping[str, Any] | None:
    year = JalaliDate.from_date(clock.local_date(looking.now)).year
    cells = year_of([looking.about], year, looking.now).get(looking.about.pk)
    return {"periods": drawn(cells), "year": words.digits(year, language())} if cells else None


PLUGIN = Part(template="council/_rhythm.html", place=10, show=_show)
