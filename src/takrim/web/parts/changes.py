"""What changed a calendar, in words: which office, which day or hours, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from takrim.duties.models import SweepCause
from takrim.orgs.models import Closure, Week
from takrim.orgs.units import all_names
from takrim.web.desk_calendar import changed
from takrim.web.parts.templatetags.takrim import digits, jdate, language

Row = Closure | Week


class Told(NamedTuple):
    """One change of a calendar."""

    sweep: int
    sentence: str
    why: str


def told(causes: Iterable[SweepCause]) -> list[Told]:
    """Each change with its reason. Two queries at most, however many there are."""
    causes = list(causes)
    rows = changed(cause.on for cause in causes)
    return [_told(cause, rows[cause.on]) for cause in causes if cause.on in rows and cause.verb in _SAID]


_SAID: Mapping[str, str | Promise] = {
    "closure.announced": _("{office}: closed on {day}"),
    "closure.withdrawn": _("{office}: open on {day} after all"),
    "holiday.added": _("Official holiday on {day}"),
    "holiday.withdrawn": _("{day} is no official holiday after all"),
    "week.set": _("{office}: other opening hours from {day}"),
    "week.withdrawn": _("{office}: opening hours withdrawn"),
}
_PARTLY = _("{office}: open on {day} only {hours}")
# The reason that was given when it was announced, or else when it was withdrawn.
_WHY: Mapping[bool, Callable[[Row], str]] = {
    False: lambda row: row.reason if isinstance(row, Closure) else row.note,
    True: lambda row: row.withdrawn_why,
}


def _told(cause: SweepCause, row: Row) -> Told:
    day = row.day if isinstance(row, Closure) else row.since
    hours = row.hours if isinstance(row, Closure) else ""
    partly = cause.verb == "closure.announced" and hours
    unit = all_names().get(row.path)
    sentence = str(_PARTLY if partly else _SAID[cause.verb]).format(
        office=unit.short(language()) if unit else row.path, day=jdate(day), hours=digits(hours)
    )
    withdrawn = cause.verb.endswith(".withdrawn")
    return Told(cause.sweep_id, sentence, _WHY[withdrawn](row) or (_WHY[False](row) if withdrawn else ""))
