"""Closing and reopening around deadlines: a matter is ended just before its date and taken up again soon after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import Ended, Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes, share


def _came_back(ended: Sequence[Ended], facts: Facts, within: timedelta) -> list[str]:
    again: dict[str, list[Ended]] = {}
    for row in ended:
        again.setdefault(row.code, []).append(row)
    return [
        back.code
        for back in facts.again
        if any(row.at <= back.at <= row.at + within for row in again.get(back.code, ()))
    ]


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    hours, within = timedelta(hours=limits["hours"]), timedelta(days=limits["days"])
    near = [row for row in facts.given if row.due is not None and timedelta(0) <= row.due - row.at <= hours]
    last_minute = set(near)
    others = [row for row in facts.given if row not in last_minute]
    back, back_of_others = set(_came_back(near, facts, within)), set(_came_back(others, facts, within))
    if len(back) < limits["least"]:
        return
    of_near = Fraction(len(back), len({row.code for row in near}))
    usual = Fraction(len(back_of_others), len({row.code for row in others})) if others else Fraction(0)
    allowed = max(usual * limits["times"], Fraction(limits["percent"], 100))
    if of_near >= allowed:
        yield Found(
            key="",
            numbers={
                "many": len(back),
                "near": len({row.code for row in near}),
                "near_share": str(of_near),
                "usual_share": share(usual.numerator, usual.denominator),
            },
            unusual=of_near / allowed,
            cases=codes(sorted(back)),
        )


PLUGIN = Watch(
    title=_("Closing and reopening around deadlines"),
    rule=_(
        "At least {limit_least} matters were ended within {limit_hours} hours before their date and taken up again "
        "within {limit_days} days; that is at least {limit_percent} of a hundred of those ended so late, and "
        "{limit_times} times as often as with all others."
    ),
    sentence=_(
        "Of {near} matters that were ended within {limit_hours} hours before their date, {many} ({near_share}) were "
        "taken up again within {limit_days} days; of all others {usual_share}."
    ),
    innocent=_(
        "Answers that were given in time, but hard to accept: then the objections are refused with good reason."
    ),
    touches=("answered_on_time", "missed", "reopened"),
    limits={
        "hours": Limit(
            24, _("hours before the date"), _("The last day: before it there is time to do the work itself.")
        ),
        "days": Limit(
            14,
            _("days in which it comes back"),
            _("The usual ten days in which people may object, and some days on the way."),
        ),
        "least": Limit(4, _("fewest matters"), _("Fewer come back by chance.")),
        "percent": Limit(
            25, _("of a hundred at the least"), _("Many answers to objections are in order; a quarter is not.")
        ),
        "times": Limit(
            3, _("times the usual"), _("An office whose answers come back early and late alike has another fault.")
        ),
    },
    find=_find,
)
