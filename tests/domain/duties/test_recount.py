"""What the sweep counts by short ways is what whole clocks say, whatever stood, was made longer, stopped or told."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any

import pytest

from takrim.base.clock import local_date
from takrim.duties import clocks
from takrim.duties.recount import recount
from takrim.duties.regime import REGIMES, Matter
from takrim.orgs.actions_calendar import announce_closure, withdraw_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit

PATH = "ir/alborz/"
DAY = timedelta(days=1)
LENGTHS = ["1 working_days", "5 working_days", "20 working_days", "3 calendar_days", "48 hours", "30 working_hours"]
PERIODS = ["end of month", "next saturday"]


def started(text: str, at: datetime, deeds: str) -> list[clocks.Clock]:
    """The clocks of a final answer after some deeds."""
    counter = clocks.counter_of(PATH)
    run = clocks.start(clocks.lengths_for("final_answer", Matter("complaint", "web", ""), text), at, counter)
    for clock in run:
        if "pause" in deeds and clock.pause(at + timedelta(hours=3), "person") and "resume" in deeds:
            clock.resume(at + timedelta(hours=50))
        if "more" in deeds and clock.length:
            clock.more.append("3 working_days")
        if "told" in deeds:
            clock.told = [rung.at for rung in clock.rule.rungs][:1]
        if "stop" in deeds and clock.rule.internal:
            clock.stopped = at + timedelta(hours=4)
        counter.count(clock)
    return run


def whole(kept: list[dict[str, Any]], opened: datetime) -> tuple[Any, Any, Any]:
    run = clocks.read(kept, opened)
    for clock in run:
        clocks.counter_of(PATH).count(clock)
    return clocks.plain(run, opened), clocks.nearest(run), clocks.next_rung(run)


@pytest.mark.parametrize("ahead", [0, 1, 2, 7, 12, 27])
def test_short_ways_lead_where_whole_clocks_do(ahead: int, units: dict[str, Unit], nima: Actor, now: datetime) -> None:
    closed = local_date(now) + ahead * DAY
    begun = datetime.combine(closed, datetime.min.time(), now.tzinfo) - timedelta(hours=3.5)
    deeds = ["", "pause", "pause resume", "more", "told stop", "pause resume more told"]
    made = [
        (opened, clocks.plain(started(text, opened, did), opened))
        for text, did, back in product([*LENGTHS, *PERIODS], deeds, (0, 2, 9))
        for opened in [now - back * DAY]
    ]
    reason = Titles(fa="برف", en="Snow")
    closure = announce_closure(unit=units["alborz"], day=closed, hours="", reason=reason, by=nima, now=now)
    moved = [check(kept, opened, begun) for opened, kept in made]
    assert any(moved) or ahead == 2, "that Thursday was closed before"
    withdraw_closure(closure=closure, by=nima, now=now)
    for (opened, kept), after in zip(made, moved, strict=True):
        back = check(after or kept, opened, begun)
        assert (back or kept) == kept


def check(kept: list[Any], opened: datetime, begun: datetime) -> list[Any] | None:
    """The clocks counted anew, after a look whether both ways agree; None when nothing has moved."""
    expected = whole(kept, opened)
    found = recount(kept, opened, clocks.counter_of(PATH), begun)
    if found is None:
        assert expected[0] == kept
        return None
    assert (found.clocks, found.due_at, found.rung_at) == expected
    return [dict(clock) for clock in found.clocks]


def test_the_first_step_of_a_ladder_is_the_soonest_of_all(now: datetime) -> None:
    for regime in REGIMES.items.values():
        for far in (1, 10, 90, 200):
            due = now + far * DAY
            for told in range(len(regime.rungs) + 1):
                taken = [rung.at for rung in regime.rungs[:told]]
                left = [rung.moment(now, due) for rung in regime.rungs[told:]]
                assert clocks.first_rung(regime, now, due, taken) == min(left, default=None)
