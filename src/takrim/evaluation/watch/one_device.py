"""Surveys as if from one device: the same marks on every question, one after the other, within minutes.

Nothing of a device is kept of whoever answers (no address, no session, no cookie), so it cannot be asked for; what is
left to see is the way by which the replies came, their minute and their marks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from fractions import Fraction
from operator import attrgetter

from django.utils.translation import gettext_lazy as _

from takrim.evaluation.facts import Facts, Reply
from takrim.evaluation.watching import Found, Limit, Limits, Watch, codes

# By SMS people answer when the letter reaches them, and who is called is called one after the other.
_WAYS = frozenset({"tablet", "link"})


def _close_together(replies: Sequence[Reply], within: timedelta, least: int) -> dict[str, Reply]:
    """Those of a sorted row that lie in a window with at least so many others."""
    found: dict[str, Reply] = {}
    first = 0
    for last, reply in enumerate(replies):
        while reply.at - replies[first].at > within:
            first += 1
        if last - first + 1 >= least:
            found |= {one.code: one for one in replies[first : last + 1]}
    return found


def _find(facts: Facts, limits: Limits) -> Iterator[Found]:
    alike: dict[tuple[str, str], list[Reply]] = defaultdict(list)
    for reply in facts.replies:
        if reply.way in _WAYS:
            alike[reply.way, reply.marks].append(reply)
    whole = len(facts.replies)
    for (way, marks), replies in sorted(alike.items()):
        found = _close_together(
            sorted(replies, key=attrgetter("at")), timedelta(minutes=limits["minutes"]), limits["least"]
        )
        if found:
            yield Found(
                key=f"{way} {marks}",
                numbers={"many": len(found), "whole": whole},
                unusual=Fraction(len(found), limits["least"]),
                cases=codes(found),
            )


PLUGIN = Watch(
    title=_("Surveys as if from one device"),
    rule=_(
        "At least {limit_least} questionnaires were answered on a tablet or by a link within {limit_minutes} "
        "minutes, with the same marks on every question."
    ),
    sentence=_(
        "{many} of {whole} questionnaires were answered one after the other (at least {limit_least} within "
        "{limit_minutes} minutes), with the same marks on every question."
    ),
    innocent=_(
        "A group that was served together and is of one mind. Nothing of a device is kept, so replies of several "
        "people cannot be told from those of one."
    ),
    touches=("satisfaction", "response_rate"),
    limits={
        "minutes": Limit(10, _("minutes"), _("A questionnaire read by its person takes two minutes or more.")),
        "least": Limit(
            6, _("fewest replies"), _("At one tablet so many within the time means less than two minutes for each.")
        ),
    },
    find=_find,
)
