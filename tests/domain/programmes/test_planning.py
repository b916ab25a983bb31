"""Actions are planned for the weeks of the year, owed by their office, and done when their proof is accepted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils.translation import override
from icalendar import Calendar

from takrim.base.clock import local_date
from takrim.base.codes import pretty
from takrim.base.jalali import JalaliDate
from takrim.duties.kind import heads_of
from takrim.duties.models import Duty
from takrim.duties.models import State as DutyState
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.models import Unit
from takrim.programmes import actions
from takrim.programmes.actions import OwnDays, Plan
from takrim.programmes.feed import feed
from takrim.programmes.models import Planned
from takrim.programmes.programme import catalogue, programmes_of
from takrim.programmes.standing import tallies
from takrim.proofs import actions as proofs
from takrim.proofs.actions_judge import Verdict, judge
from takrim.proofs.models import Action
from takrim.proofs.provable import owed_by
from tests.people import NOW, Hire

pytestmark = pytest.mark.django_db

# The second day of Fajr Decade 1405.
FAJR = JalaliDate(1405, 11, 13).to_date()
THEN = NOW + timedelta(days=(FAJR - local_date(NOW)).days)
RACE = Plan(
    kind="sport",
    title="دوی همگانی کارگران",
    audience="کارگران و خانواده‌هایشان",
    starts_at=THEN,
    ends_at=THEN + timedelta(hours=3),
    people=300,
    place="ورزشگاه نظرآباد",
    is_open=True,
)


@pytest.fixture
def leyla(hire: Hire) -> Actor:
    return hire("leyla", "لیلا نادری", "secretary", "alborz")


@pytest.fixture
def race(units: dict[str, Unit], reza: Actor) -> Planned:
    """Reza plans a race for workers."""
    return actions.plan(unit=units["nazarabad"], programme="fajr-decade", year=1405, what=RACE, by=reza, now=NOW)


def proven(race: Planned, by: Actor) -> Action:
    """Reza writes down that it was done and sends the proof."""
    after = THEN + timedelta(days=1)
    done = proofs.Done(title="دو", text="برگزار شد", done_on=FAJR, place="نظرآباد", audience="کارگران", people=280)
    action = proofs.begin(done=done, proves=[("programme", race.code)], by=by, now=after)
    proofs.add_link(action=action, url="https://example.ir/race", title="خبر", by=by, now=after)
    return proofs.send(action=action, by=by, now=after)


def duty_of(race: Planned) -> Duty:
    return Duty.objects.get(pk=race.duty_id)


def test_the_weeks_of_the_year_are_known() -> None:
    week = catalogue()["government-week"]
    assert week.days(1405) == (JalaliDate(1405, 6, 2).to_date(), JalaliDate(1405, 6, 8).to_date())
    assert catalogue()["sacred-defence-week"].days(1405)[1] == JalaliDate(1405, 7, 6).to_date()
    for programme in catalogue().values():
        first, last = programme.days(1405)
        assert timedelta(0) < last - first < timedelta(days=14)
        assert isinstance(first, date)


def test_what_is_planned_is_owed_until_after_its_end(race: Planned) -> None:
    duty = duty_of(race)
    assert duty.state == DutyState.OPEN
    assert duty.unit_path == "ir/alborz/nazarabad/"
    assert duty.due_at is not None
    assert THEN + timedelta(days=4) < duty.due_at < THEN + timedelta(days=15)
    assert Entry.objects.filter(subject=f"programme:{race.code}", verb="programme.planned").exists()


def test_its_number_is_written_like_every_other_code(race: Planned) -> None:
    with override("en"):
        assert heads_of([duty_of(race)])[duty_of(race).pk].number == pretty(race.code)


def test_it_is_done_when_its_proof_is_accepted(race: Planned, reza: Actor, leyla: Actor) -> None:
    assert [owing.code for kind, owing in owed_by(reza) if kind == "programme"] == [race.code]
    action = proven(race, reza)
    assert duty_of(race).state == DutyState.ANSWERED
    judge(action=action, verdict=Verdict.ACCEPT, reason="", by=leyla, now=THEN + timedelta(days=2))
    assert duty_of(race).state == DutyState.ACCEPTED
    tally = tallies(Planned.objects.all(), "unit_path", THEN)["ir/alborz/nazarabad/"]
    assert (tally.planned, tally.proven, tally.expected, tally.reached) == (1, 1, 300, 280)
    assert not [owing for kind, owing in owed_by(reza) if kind == "programme"]


def test_a_returned_proof_makes_it_owed_again(race: Planned, reza: Actor, leyla: Actor) -> None:
    action = proven(race, reza)
    judge(action=action, verdict=Verdict.RETURN, reason="عکس ندارد.", by=leyla, now=THEN + timedelta(days=2))
    assert duty_of(race).state == DutyState.RETURNED
    assert tallies(Planned.objects.all(), "kind", THEN + timedelta(days=60))["sport"].late == 1


def test_another_time_is_owed_anew(race: Planned, reza: Actor) -> None:
    before = duty_of(race)
    later = replace(RACE, starts_at=THEN + timedelta(days=2), ends_at=THEN + timedelta(days=2, hours=1))
    actions.change(planned=race, what=later, seen=1, by=reza, now=NOW)
    before.refresh_from_db()
    race.refresh_from_db()
    assert before.state == DutyState.WITHDRAWN
    assert race.version == 2
    due = duty_of(race).due_at
    assert due and before.due_at and due > before.due_at
    with pytest.raises(actions.ChangedMeanwhile):
        actions.change(planned=race, what=later, seen=1, by=reza, now=NOW)


def test_it_is_called_off_with_a_reason(race: Planned, reza: Actor) -> None:
    with pytest.raises(actions.WhyNeeded):
        actions.call_off(planned=race, why=" ", by=reza, now=NOW)
    actions.call_off(planned=race, why="سرمای هوا", by=reza, now=NOW)
    assert duty_of(race).state == DutyState.WITHDRAWN
    with pytest.raises(actions.OverAlready):
        actions.change(planned=race, what=RACE, seen=2, by=reza, now=NOW)


def test_what_cannot_be_is_refused(units: dict[str, Unit], reza: Actor, mina: Actor) -> None:
    def plan(what: Plan, by: Actor = reza, unit: str = "nazarabad", programme: str = "fajr-decade") -> None:
        actions.plan(unit=units[unit], programme=programme, year=1405, what=what, by=by, now=NOW)

    with pytest.raises(NotAllowed):
        plan(RACE, by=mina)
    with pytest.raises(actions.NotYourAction):
        plan(RACE, unit="karaj")
    with pytest.raises(actions.NoSuchProgramme):
        plan(RACE, programme="nowruz")
    with pytest.raises(actions.Incomplete):
        plan(replace(RACE, place=""))
    with pytest.raises(actions.EndsBefore):
        plan(replace(RACE, ends_at=THEN - timedelta(hours=1)))
    with pytest.raises(actions.Outside) as refusal:
        plan(replace(RACE, starts_at=NOW, ends_at=NOW))
    assert "1405/11/12" in str(refusal.value) or "۱۲" in str(refusal.value)
    assert not Planned.objects.exists()


def test_a_province_keeps_programmes_of_its_own(nima: Actor, reza: Actor) -> None:
    days = OwnDays(
        code="karaj-week",
        title_fa="هفته کرج",
        title_en="Karaj Week",
        from_month=12,
        from_day=28,
        until_month=1,
        until_day=2,
    )
    with pytest.raises(actions.NotOfHouse):
        actions.keep_programme(days=days, by=reza, now=NOW)
    own = actions.keep_programme(days=days, by=nima, now=NOW)
    assert "karaj-week" in programmes_of("ir/alborz/nazarabad/")
    assert "karaj-week" not in programmes_of("ir/qom/")
    first, last = programmes_of("ir/alborz/")["karaj-week"].days(1405)
    assert (last - first).days < 7
    with pytest.raises(actions.KeptAlready):
        actions.keep_programme(days=days, by=nima, now=NOW)
    actions.end_programme(own=own, by=nima, now=NOW)
    assert "karaj-week" not in programmes_of("ir/alborz/")


def test_calendars_get_what_is_open_and_nobodys_name(race: Planned, units: dict[str, Unit], reza: Actor) -> None:
    inside = replace(RACE, title="نشست داخلی", is_open=False)
    actions.plan(unit=units["nazarabad"], programme="fajr-decade", year=1405, what=inside, by=reza, now=NOW)
    rows = Planned.objects.all().open_to_people(NOW)
    text = feed(rows, name="البرز", lang="fa", now=NOW)
    events = Calendar.from_ical(text).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [RACE.title]
    assert events[0].decoded("dtstart") == THEN
    assert "رضا" not in text.decode()
    uid, sequence = str(events[0]["uid"]), int(str(events[0]["sequence"]))
    actions.call_off(planned=race, why="سرما", by=reza, now=NOW)
    again = Calendar.from_ical(feed(rows.all(), name="البرز", lang="fa", now=NOW)).walk("VEVENT")[0]
    assert (str(again["uid"]), str(again["status"])) == (uid, "CANCELLED")
    assert int(str(again["sequence"])) > sequence
