"""Matters filed and ended by one person: whoever wrote it down has answered it at once, with nobody else in between."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import STAFF, Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes, share


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    filed = {row.code: row for row in facts.filed if row.by.startswith(STAFF)}
    by_hand: dict[str, dict[str, None]] = defaultdict(dict)
    within = timedelta(hours=limits["hours"])
    for row in facts.given:
        first = filed.get(row.code)
        if first and row.by == first.by and row.at - first.at <= within:
            by_hand[row.by][row.code] = None
    whole = len({row.code for row in facts.given})
    for hand, cases in sorted(by_hand.items()):
        many = len(cases)
        if many >= limits["least"] and 100 * many >= limits["percent"] * whole:
            yield Found(
                key=hand,
                numbers={"many": many, "whole": whole, "hand_share": share(many, whole)},
                unusual=Fraction(many, limits["least"]),
                cases=codes(cases),
            )


PLUGIN = Watch(
    title=_("Filed and ended by one person"),
    rule=_(
        "One member of staff wrote at least {limit_least} matters down and ended them within {limit_hours} hours, "
        "alone; that is at least {limit_percent} of a hundred of all that the office ended."
    ),
    sentence=_(
        "One member of staff wrote {many} matters down and ended them within {limit_hours} hours, with nobody else "
        "in between: {hand_share} of the {whole} that the office ended."
    ),
    innocent=_(
        "A counter where people are helped while they wait: then there are people behind the matters, and some of "
        "them answered the survey."
    ),
    touches=("answered_on_time", "median_hours", "received"),
    limits={
        "hours": Limit(
            2, _("hours from writing down to the end"), _("So long a person would have stood at the counter.")
        ),
        "least": Limit(20, _("fewest matters"), _("A morning at a busy counter has fewer of one hand.")),
        "percent": Limit(
            20,
            _("of a hundred of the office's"),
            _("From here on one hand moves the office's median and its share on time."),
        ),
    },
    find=_find,
)
