"""Extensions just before breach: more time is taken when the date is all but missed, again and again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes, share


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    hours = timedelta(hours=limits["hours"])
    last_minute = [row for row in facts.longer if row.before - row.at <= hours]
    many, whole = len(last_minute), len(facts.longer)
    if many >= limits["least"] and 100 * many >= limits["percent"] * whole:
        yield Found(
            key="",
            numbers={"many": many, "whole": whole, "late_share": share(many, whole)},
            unusual=Fraction(many, limits["least"]),
            cases=codes(row.code for row in last_minute),
        )


PLUGIN = Watch(
    title=_("Extensions just before the date"),
    rule=_(
        "At least {limit_least} times more time was given within {limit_hours} hours before the date, and so were at "
        "least {limit_percent} of a hundred of all extensions."
    ),
    sentence=_("{many} of {whole} extensions ({late_share}) were given within {limit_hours} hours before the date."),
    innocent=_(
        "A body outside was awaited to the last day: then the reason that the person read says so, case by case."
    ),
    touches=("answered_on_time", "missed", "overdue"),
    limits={
        "hours": Limit(
            24,
            _("hours before the date"),
            _("Who needs more time knows it earlier; on the last day it replaces an answer."),
        ),
        "least": Limit(5, _("fewest extensions"), _("Single ones happen to everybody.")),
        "percent": Limit(
            50,
            _("of a hundred at the least"),
            _("Where most are asked for early, those of the last day are exceptions."),
        ),
    },
    find=_find,
)
