"""The journal's reader that watches the cases which decisions have opened."""

from __future__ import annotations

from collections.abc import Sequence

from takrim.decisions.actions_links import case_done
from takrim.decisions.links import Thing
from takrim.decisions.models import Link, Relation
from takrim.duties.models import Duty
from takrim.journal.follow import follower
from takrim.journal.models import Entry
from takrim.orgs.actor import system

READER = "decisions"
# With these nothing more is owed about a case: it was answered, or ended in another way.
_OVER = frozenset({"duty.fulfilled", "duty.withdrawn"})
_FINAL = "final_answer"


@follower(READER)
def watch_cases(entries: Sequence[Entry]) -> None:
    """Afterwards and not within the deed of the case: that holds a chain of the journal before which rows are taken."""
    ended = {entry.subject: entry for entry in entries if entry.verb in _OVER and entry.facts.get("kind") == _FINAL}
    if not ended:
        return
    waiting = Link.objects.filter(kind=Thing.CASE, code__in=ended, relation=Relation.OPENED, done_at=None)
    links = list(waiting.select_related("decision").order_by("decision_id", "pk"))
    codes = [link.code for link in links]
    still = Duty.objects.owed().filter(about__in=codes, kind=_FINAL).values_list("about", flat=True)
    owed = set(still) if codes else ()
    for link in links:
        # A transfer ends what one office owes and begins what another does.
        if link.code not in owed:
            case_done(link=link, by=system(READER), now=ended[link.code].at)
