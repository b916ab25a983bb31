"""How many officers an office had in a period: posts that somebody held there or below, on an average day."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Q

from takrim.base.period import Period
from takrim.evaluation import feeds
from takrim.orgs.models import Holding
from takrim.orgs.paths import is_under, province_of, under

Span = tuple[date, date]


def officers(paths: Collection[str], period: Period) -> dict[str, Fraction]:
    """Days on which posts were held ÷ days of the period, exactly, with all below as matters are counted.

    A post that a substitute held beside its owner counts once. An office where nobody is known to have held a post is
    left out, and so is one whose province runs alone: its people are not known here. At most three queries.
    """
    homes = feeds.handing_over()
    here = [path for path in paths if province_of(path) not in homes]
    inside = Q(pk__in=[])
    for path in here:
        inside |= under(path, "post__unit__path")
    first, after = period.start(), period.end()
    rows = Holding.objects.filter(inside, Q(until=None) | Q(until__gte=first), since__lt=after)
    held: dict[tuple[str, int], list[Span]] = {}
    for unit, post, since, until in rows.values_list("post__unit__path", "post_id", "since", "until"):
        ends = after if until is None else min(until + timedelta(days=1), after)
        held.setdefault((unit, post), []).append((max(since, first), ends))
    days = {key: _days(spans) for key, spans in held.items()}
    found = {path: sum(n for (unit, _post), n in days.items() if is_under(unit, path)) for path in here}
    return {path: Fraction(n, (after - first).days) for path, n in found.items() if n}


def _days(spans: Iterable[Span]) -> int:
    """How many days lie in at least one of them."""
    count, until = 0, date.min
    for begins, ends in sorted(spans):
        if ends > until:
            count += (ends - max(begins, until)).days
            until = ends
    return count
