"""A body owes its meetings: by a day of each period, asked of its chair and secretary before, red afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from takrim.base.period import Period, PeriodKind
from takrim.cases.escalation import escalate, send_digests
from takrim.councils.actions_attendance import note_attendance, open_meeting
from takrim.councils.actions_bodies import Terms, change_body, end_body, found_body
from takrim.councils.actions_meetings import When, invite, plan_meeting
from takrim.councils.actions_rhythm import owe_meeting, owe_meetings
from takrim.councils.calendar import Stand, year_of
from takrim.councils.models import Body, DueMeeting
from takrim.councils.models_meetings import Attendance, Invitation, Meeting
from takrim.councils.rhythm import Rhythm, due_at
from takrim.duties.kind import heads_of, keepers_of
from takrim.duties.models import Duty, State
from takrim.letters.models import Letter, Telling
from takrim.orgs.actor import Actor, system
from takrim.orgs.models import Person, Unit
from tests.people import NOW

# Autumn 1405 lasts from 23 September to 21 December 2026.
AUTUMN = datetime(2026, 9, 23, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm", "period", "last"),
    [
        (Rhythm(PeriodKind.MONTH), "1405-09", date(2026, 12, 21)),
        (Rhythm(PeriodKind.SEASON), "1405-s3", date(2026, 12, 21)),
        (Rhythm(PeriodKind.SEASON, by_day=15), "1405-s3", date(2026, 10, 7)),
        # Bahman has thirty days: its thirty-first is its thirtieth.
        (Rhythm(PeriodKind.MONTH, by_day=31), "1405-11", date(2027, 2, 19)),
        (Rhythm(PeriodKind.YEAR), "1405", date(2027, 3, 20)),
    ],
)
def test_the_last_day_follows_the_rhythm(rhythm: Rhythm, period: str, last: date) -> None:
    assert rhythm.last_day(Period.parse(period)) == last


def test_on_a_closed_day_it_is_the_open_one_before(units: dict[str, Unit]) -> None:
    friday = date(2026, 12, 4)
    begin, thursday = date(2026, 11, 22), date(2026, 12, 3)
    assert due_at("ir/alborz/", friday, begin) == due_at("ir/alborz/", thursday, begin)
    # Where all days of the period until then are closed, it is the end of the day itself.
    assert due_at("ir/alborz/", friday, friday) == datetime(2026, 12, 4, 20, 30, tzinfo=UTC)


def rhythmic(body: Body, **terms: object) -> Body:
    Body.objects.filter(pk=body.pk).update(**{"rhythm_period": "season", **terms})
    return Body.objects.select_related("unit").get(pk=body.pk)


@pytest.fixture
def due(committee: Body) -> DueMeeting:
    """The committee owes its meeting of the autumn since the season began."""
    row = owe_meeting(body=rhythmic(committee), by=system("rhythm"), now=AUTUMN)
    assert row is not None
    return row


def test_as_a_period_begins_its_meeting_is_owed(due: DueMeeting) -> None:
    assert (due.period, due.due_on) == ("1405-s3", date(2026, 12, 21))
    assert (due.duty.kind, due.duty.unit_path, due.duty.due_at) == (
        "hold_meeting",
        "ir/alborz/",
        due_at("ir/alborz/", due.due_on, AUTUMN.date()),
    )
    assert [clock["regime"] for clock in due.duty.clocks] == ["sitting"]


def test_the_job_owes_each_period_once(committee: Body) -> None:
    rhythmic(committee)
    assert [owe_meetings(AUTUMN), owe_meetings(AUTUMN + timedelta(days=1))] == [1, 0]
    assert owe_meetings(datetime(2026, 12, 22, 6, tzinfo=UTC)) == 1


def test_a_new_body_owes_what_is_still_ahead(units: dict[str, Unit], nima: Actor) -> None:
    said = Terms.of_kind("committee", name_fa="کمیته", rhythm_by_day=15)
    body = found_body(unit=units["alborz"], terms=said, since=NOW.date(), by=nima, now=NOW)
    assert not DueMeeting.objects.exists()
    change_body(body=body, terms=Terms.of_kind("committee", name_fa="کمیته"), seen=1, by=nima, now=NOW)
    assert DueMeeting.objects.get().period == "1405-s3"


def test_other_terms_count_for_the_period_that_runs(due: DueMeeting, laleh: Actor) -> None:
    monthly = Terms(kind="committee", name_fa="کمیته", rhythm_period="month")
    body = change_body(body=due.body, terms=monthly, seen=1, by=laleh, now=NOW)
    assert DueMeeting.objects.get(body=body).period == "1405-09"
    assert Duty.objects.get(pk=due.duty_id).state == State.WITHDRAWN
    never = Terms(kind="committee", name_fa="کمیته")
    change_body(body=body, terms=never, seen=2, by=laleh, now=NOW)
    assert not Duty.objects.owed().exists()


def test_a_body_that_ends_owes_nothing(due: DueMeeting, laleh: Actor) -> None:
    end_body(body=due.body, last_day=NOW.date(), by=laleh, now=NOW)
    assert not Duty.objects.owed().exists()


def hold(body: Body, at: datetime, by: Actor) -> Meeting:
    before = at - timedelta(days=3)
    meeting = plan_meeting(body=body, when=When(starts_at=at, place="سالن"), by=by, now=before)
    invite(meeting=meeting, by=by, now=before)
    for row in Invitation.objects.filter(meeting=meeting).select_related("meeting__body"):
        note_attendance(invitation=row, attendance=Attendance.PRESENT, by=by, now=at)
    return open_meeting(meeting=meeting, by=by, now=at)


def test_the_meeting_that_is_held_is_what_was_owed(due: DueMeeting, laleh: Actor) -> None:
    hold(due.body, NOW, laleh)
    done = Duty.objects.get(pk=due.duty_id)
    assert (done.state, done.answered_at) == (State.ACCEPTED, NOW)


def test_the_last_of_several_is_what_was_owed(committee: Body, laleh: Actor) -> None:
    row = owe_meeting(body=rhythmic(committee, rhythm_times=2), by=system("rhythm"), now=AUTUMN)
    assert row is not None
    hold(row.body, NOW, laleh)
    assert Duty.objects.get(pk=row.duty_id).owed
    hold(row.body, NOW + timedelta(days=7), laleh)
    assert not Duty.objects.get(pk=row.duty_id).owed


def test_what_was_missed_is_done_late_with_the_next_one(due: DueMeeting, laleh: Actor) -> None:
    winter = datetime(2026, 12, 28, 6, 30, tzinfo=UTC)
    owe_meeting(body=due.body, by=system("rhythm"), now=winter - timedelta(days=4))
    hold(due.body, winter, laleh)
    missed = Duty.objects.get(pk=due.duty_id)
    assert not missed.owed and not missed.on_time(winter)
    assert not Duty.objects.owed().exists()


def test_chair_and_secretary_are_told_while_there_is_time(due: DueMeeting, nima: Actor, laleh: Actor) -> None:
    Person.objects.update(email="somebody@example.ir")
    eighty = AUTUMN + timedelta(days=73)
    escalate(eighty)
    told = set(Telling.objects.values_list("person_id", flat=True))
    assert told == {nima.person_id, laleh.person_id}
    send_digests(eighty + timedelta(days=1))
    letter = Letter.objects.filter(kind="digest").first()
    assert letter is not None
    assert "کمیته صیانت از حقوق شهروندی · تشکیل جلسه · البرز" in letter.body


def test_whoever_has_invited_in_time_is_left_alone(due: DueMeeting, laleh: Actor) -> None:
    when = When(starts_at=NOW + timedelta(days=20), place="سالن")
    meeting = plan_meeting(body=due.body, when=when, by=laleh, now=NOW)
    assert keepers_of([due.duty], NOW)[due.duty_id] != ()
    invite(meeting=meeting, by=laleh, now=NOW)
    assert keepers_of([due.duty], NOW)[due.duty_id] == ()


def test_it_is_called_by_the_body_and_the_period(due: DueMeeting) -> None:
    head = heads_of([due.duty])[due.duty_id]
    assert (head.title, head.note, head.page) == (
        "کمیته صیانت از حقوق شهروندی",
        "پاییز ۱۴۰۵",
        f"/council/bodies/{due.body.code}/",
    )


def stands(body: Body, now: datetime) -> list[Stand]:
    return [cell.stand for cell in year_of([body], 1405, now)[body.pk]]


def test_the_calendar_says_how_each_period_stands(due: DueMeeting, laleh: Actor) -> None:
    body = due.body
    assert stands(body, NOW) == [Stand.MISSED, Stand.MISSED, Stand.DUE, Stand.COMING]
    plan_meeting(body=body, when=When(starts_at=NOW + timedelta(days=3), place="سالن"), by=laleh, now=NOW)
    assert stands(body, NOW)[2] == Stand.PLANNED
    hold(body, NOW + timedelta(days=5), laleh)
    assert stands(body, NOW + timedelta(days=6))[2] == Stand.HELD
    Body.objects.filter(pk=body.pk).update(since=date(2026, 9, 1))
    assert stands(Body.objects.get(pk=body.pk), NOW)[:2] == [Stand.BEFORE, Stand.MISSED]


def test_red_on_the_day_and_late_afterwards(committee: Body, laleh: Actor) -> None:
    row = owe_meeting(body=rhythmic(committee, rhythm_by_day=70), by=system("rhythm"), now=AUTUMN)
    assert row is not None and row.duty.due_at is not None
    assert stands(row.body, row.duty.due_at - timedelta(minutes=1))[2] == Stand.DUE
    assert stands(row.body, row.duty.due_at + timedelta(minutes=1))[2] == Stand.MISSED
    hold(row.body, row.duty.due_at + timedelta(days=5), laleh)
    assert stands(row.body, row.duty.due_at + timedelta(days=6))[2] == Stand.LATE
