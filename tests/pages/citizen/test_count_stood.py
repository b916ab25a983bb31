"""The count of a date tells of the days on which the clock stood, and goes on with an extension."""

from __future__ import annotations

from datetime import datetime, timedelta

from takrim.base.length import Length
from takrim.base.pausing import Stood
from takrim.cases.actions_intake import ask_completion, complete, final_duty
from takrim.cases.models import Case
from takrim.duties.actions_clocks import extend
from takrim.orgs.actor import Actor
from takrim.web.parts.counting import count_of


def test_a_pause_and_an_extension_are_part_of_the_count(case: Case, reza: Actor, now: datetime) -> None:
    ask_completion(case=case, what="فیش حقوقی", by=reza, now=now)
    complete(case=case, text="پیوست شد.", by=reza, now=now + timedelta(days=5))
    duty = final_duty(case)
    assert duty is not None
    extend(duty=duty, regime="promise", length=Length.parse("5 working days"), reason="بازدید", by=reza, now=now)
    count = count_of(duty)
    assert count is not None
    assert count.steps[-1].moment == duty.due_at
    assert sum(isinstance(step, Stood) for step in count.steps) == 4, "Wednesday to Saturday"
