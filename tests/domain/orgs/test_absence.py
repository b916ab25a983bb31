"""Being away: announced by the person, once for each day, and ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from takrim.base.errors import Refusal
from takrim.journal.models import Entry
from takrim.orgs.actions_absence import AbsenceTooLong, AlreadyAway, NotAway, announce_absence, end_absence
from takrim.orgs.actions_posts import DayHasPassed, DaysInWrongOrder
from takrim.orgs.actor import Actor, NotAllowed, holder
from takrim.orgs.models import Absence


@pytest.fixture
def today(now: datetime) -> date:
    return now.date()


def test_a_person_is_away_and_back(mina: Actor, reza: Actor, today: date, now: datetime) -> None:
    absence = announce_absence(since=today, until=today + timedelta(days=3), by=mina, now=now)
    assert list(Absence.objects.on(today + timedelta(days=3))) == [absence]
    assert not Absence.objects.on(today + timedelta(days=4)).exists()
    with pytest.raises(NotAllowed):
        end_absence(absence=absence, by=reza, now=now)
    end_absence(absence=absence, by=mina, now=now)
    assert not Absence.objects.on(today).exists()
    with pytest.raises(NotAway):
        end_absence(absence=absence, by=mina, now=now)
    verbs = ["person.absence_announced", "person.absence_ended"]
    assert list(Entry.objects.filter(verb__in=verbs).order_by("id").values_list("verb", flat=True)) == verbs


@pytest.mark.parametrize(
    ("since", "until", "refusal"),
    [(2, 1, DaysInWrongOrder), (-1, 1, DayHasPassed), (0, 400, AbsenceTooLong), (4, 9, AlreadyAway)],
)
def test_days_that_cannot_be_are_refused(
    since: int, until: int, refusal: type[Refusal], mina: Actor, today: date, now: datetime
) -> None:
    announce_absence(since=today + timedelta(days=3), until=today + timedelta(days=5), by=mina, now=now)
    with pytest.raises(refusal):
        announce_absence(since=today + timedelta(days=since), until=today + timedelta(days=until), by=mina, now=now)
    assert Absence.objects.count() == 1


def test_who_has_no_account_is_not_away(db: None, today: date, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        announce_absence(since=today, until=today, by=holder(), now=now)
