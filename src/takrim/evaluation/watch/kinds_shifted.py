"""Sudden changes of kind: what an office writes down as one kind today would have been another before.

Only what its staff wrote down counts, since the kind of what people file themselves is theirs; and only what did not
change in the same way in the other offices of the province.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import STAFF, Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes, share


def _share_of(kind: str, kinds: Mapping[str, int]) -> Fraction:
    whole = sum(kinds.values())
    return Fraction(kinds.get(kind, 0), whole) if whole else Fraction(0)


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    filed = [row for row in facts.filed if row.by.startswith(STAFF)]
    now, before = Counter(row.kind for row in filed), facts.kinds_before
    if min(now.total(), sum(before.values())) < limits["least"]:
        return
    for kind in sorted(now):
        grown = _share_of(kind, now) - _share_of(kind, before)
        around = _share_of(kind, facts.around) - _share_of(kind, facts.around_before)
        # Where nothing is known of the others, nothing is taken off.
        known = sum(facts.around.values()) and sum(facts.around_before.values())
        beyond = grown - (max(around, Fraction(0)) if known else 0)
        allowed = Fraction(limits["points"], 100)
        if beyond >= allowed:
            yield Found(
                key=kind,
                numbers={
                    "kind": kind,
                    "many": now[kind],
                    "whole": now.total(),
                    "now_share": share(now[kind], now.total()),
                    "before_share": str(_share_of(kind, before)),
                    "around_share": str(_share_of(kind, facts.around)),
                },
                unusual=beyond / allowed,
                cases=codes(row.code for row in filed if row.kind == kind),
            )


PLUGIN = Watch(
    title=_("Kinds of matters changed suddenly"),
    rule=_(
        "Of what the staff of the office wrote down (at least {limit_least} matters now and in the period before) "
        "the share of one kind grew by at least {limit_points} points of a hundred, beyond what it grew by in the "
        "other offices of the province."
    ),
    sentence=_(
        "Kind “{kind}”: {many} of {whole} matters that the staff wrote down ({now_share}); in the period before "
        "{before_share}, in the other offices of the province now {around_share}."
    ),
    innocent=_(
        "A new service began here, a form was corrected, or another officer rightly reads the kinds otherwise: look "
        "at a dozen of the matters."
    ),
    touches=("answered_on_time", "median_hours"),
    limits={
        "least": Limit(50, _("fewest matters in each period"), _("Of fewer a share of a fifth changes by chance.")),
        "points": Limit(
            20,
            _("points of a hundred"),
            _(
                "With fifty matters a share moves by less than twenty points in 95 of 100 cases where nothing has "
                "changed."
            ),
        ),
    },
    find=_find,
)
