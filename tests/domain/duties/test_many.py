"""Many duties opened at once are the same as one by one."""

from __future__ import annotations

from datetime import datetime

import pytest

from takrim.base.workdays import Length
from takrim.duties.actions import Term, open_duty
from takrim.duties.actions_many import Order, open_many
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit

pytestmark = pytest.mark.django_db
_OWN = {"_state", "id", "about", "unit_id", "unit_path"}


@pytest.mark.parametrize("days", ["5 working days", "30 calendar days", ""])
def test_each_is_as_if_opened_alone(units: dict[str, Unit], nima: Actor, now: datetime, days: str) -> None:
    term = Term(Length.parse(days)) if days else Term()
    orders = [Order(about=f"clause:{name}", unit=units[name], term=term, task="کار") for name in ("karaj", "kahak")]
    made = open_many(kind="clause", orders=orders, judge_path="ir/", by=nima, now=now)
    alone = open_duty(
        kind="clause", about="clause:x", unit=units["karaj"], by=nima, now=now, term=term, task="کار", judge_path="ir/"
    )
    first = Duty.objects.get(pk=made[0].pk)
    again = Duty.objects.get(pk=alone.pk)
    assert {name: value for name, value in vars(first).items() if name not in _OWN} == {
        name: value for name, value in vars(again).items() if name not in _OWN
    }
    told = {entry.subject: entry for entry in Entry.objects.filter(verb="duty.opened")}
    assert set(told) == {"clause:karaj", "clause:kahak", "clause:x"}
    of_many, of_one = told["clause:karaj"].facts, told["clause:x"].facts
    assert {**of_many, "duty": 0} == {**of_one, "duty": 0}
    assert told["clause:kahak"].chain == "ir/qom/"
