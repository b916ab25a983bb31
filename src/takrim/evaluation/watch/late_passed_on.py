"""Transfers of late matters: what is about to be late, or already is, becomes another office's lateness."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes, share


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    hours = timedelta(hours=limits["hours"])
    late = [row for row in facts.passed if row.due is not None and row.due - row.at <= hours]
    many, whole = len(late), len(facts.passed)
    if many >= limits["least"] and 100 * many >= limits["percent"] * whole:
        over = sum(1 for row in late if row.due is not None and row.at > row.due)
        yield Found(
            key="",
            numbers={"many": many, "whole": whole, "over": over, "late_share": share(many, whole)},
            unusual=Fraction(many, limits["least"]),
            cases=codes(row.code for row in late),
        )


PLUGIN = Watch(
    title=_("Late matters passed on"),
    rule=_(
        "At least {limit_least} matters were transferred when their date had passed or was nearer than {limit_hours} "
        "hours, and so were at least {limit_percent} of a hundred of all that were transferred."
    ),
    sentence=_(
        "{many} of {whole} transferred matters ({late_share}) were passed on when their date was nearer than "
        "{limit_hours} hours; {over} of them were late already."
    ),
    innocent=_(
        "Nobody knew earlier where they belong, since papers were missing or another body was asked; then the other "
        "office accepted them."
    ),
    touches=("overdue", "missed", "answered_on_time"),
    limits={
        "hours": Limit(
            48,
            _("hours before the date"),
            _("The other office has one working day to accept or return: then the date is over."),
        ),
        "least": Limit(3, _("fewest matters"), _("Each of them is another office's lateness.")),
        "percent": Limit(
            40,
            _("of a hundred at the least"),
            _("Where most are passed on in their first days, a late one was hard to place."),
        ),
    },
    find=_find,
)
