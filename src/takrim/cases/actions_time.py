"""The time of a case while it is worked on: steps inside the office, waiting that has ended."""

from __future__ import annotations

from datetime import datetime

from takrim.cases.actions_intake import go_on, matter_of
from takrim.cases.models import Case, State
from takrim.duties import actions_clocks as clocks
from takrim.orgs.actor import Actor


def stepped(case: Case, verb: str, *, by: Actor, now: datetime, was: str = "") -> None:
    """Tell the clocks what was done. Whoever goes on with a case that waited for the person waits no longer."""
    # In the order of the journal, where the event of the work stands before the end of waiting.
    clocks.stepped(about=case.code, kind="final_answer", verb=verb, matter=matter_of(case), now=now)
    if was == State.AWAITING_COMPLETION:
        go_on(case, by=by, now=now)
