"""What rises by itself is on the agenda before anybody looks."""

from __future__ import annotations

from datetime import timedelta

import pytest

from takrim.base.errors import InWords
from takrim.councils import source
from takrim.councils.models_agenda import AgendaItem
from takrim.councils.models_meetings import Meeting, State
from takrim.councils.source import Risen, Source
from takrim.jobs.catalogue.gather_agendas import run
from tests.people import NOW


@pytest.mark.parametrize(
    ("days", "state", "found"), [(3, State.INVITED, 1), (3, State.CANCELLED, 0), (30, State.PLANNED, 0)]
)
def test_meetings_that_come_soon_are_looked_after(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch, days: int, state: State, found: int
) -> None:
    rising = Risen(key="decision:1", title=InWords("مصوبه", "Decision"), note=InWords("", ""))
    monkeypatch.setattr(source, "SOURCES", {"late": Source(title="late", place=1, find=lambda asking, now: [rising])})
    later = NOW + timedelta(days=days)
    Meeting.objects.filter(pk=meeting.pk).update(
        state=state, starts_at=later, ends_at=None, cancelled_at=NOW, cancelled_why="x"
    )
    assert run(NOW) == found
    assert AgendaItem.objects.filter(about="decision:1").count() == found
    assert run(NOW) == 0
