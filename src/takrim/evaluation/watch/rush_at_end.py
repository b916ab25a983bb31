"""Closing in a rush before a period ends: what counts in it is ended in its last days, ready or not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import Facts
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    window = timedelta(days=limits["days"])
    last = facts.end - window
    before = (last - facts.start).days
    if before < 2 * limits["days"]:
        return
    rush = {row.code: row for row in facts.ended if row.at >= last}
    usual = Fraction(len({row.code for row in facts.ended if row.at < last}) * limits["days"], before)
    # What also came in those days is work that was there to be done, not work that was saved up.
    saved_up = [row for row in rush.values() if row.received is None or row.at - row.received > window]
    allowed = max(usual * limits["times"], Fraction(limits["least"]))
    if len(rush) >= allowed and 100 * len(saved_up) >= limits["old_percent"] * len(rush):
        yield Found(
            key="",
            numbers={"many": len(rush), "usual": round(usual), "old": len(saved_up)},
            unusual=len(rush) / allowed,
            cases=codes(rush),
        )


PLUGIN = Watch(
    title=_("Closing in a rush before the period ends"),
    rule=_(
        "In the last {limit_days} days of the period at least {limit_least} matters were ended, {limit_times} times "
        "as many as are usual in so many days, and at least {limit_old_percent} of a hundred had been lying there "
        "for longer."
    ),
    sentence=_(
        "{many} matters were ended in the last {limit_days} days; in so many days of the same period {usual} are "
        "usual. {old} of them had been lying there for longer."
    ),
    innocent=_(
        "A colleague came back, a decision that many matters waited for was taken, or the office worked off its "
        "arrears for good: then few of them come back as objections afterwards."
    ),
    touches=("closed_share", "overdue", "missed"),
    limits={
        "days": Limit(
            5, _("last days looked at"), _("One working week: what is done in a rush is done within sight of the end.")
        ),
        "least": Limit(15, _("fewest matters"), _("Below it a single busy day would be enough.")),
        "times": Limit(
            4,
            _("times the usual"),
            _("Of evenly spread work so many in so few days come less than once in a thousand periods."),
        ),
        "old_percent": Limit(
            50, _("of a hundred, older ones"), _("Where most of them had just come, it was the people who were busy.")
        ),
    },
    find=_find,
)
