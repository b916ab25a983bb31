"""A closed day is announced or withdrawn: dates that are still owed move, each once; those that are settled stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from takrim.base.clock import local_date
from takrim.cases.actions_intake import final_duty
from takrim.cases.actions_transfer import hand_back, transfer
from takrim.cases.models import Case
from takrim.duties import actions_sweep, sweep
from takrim.duties.clocks import plain
from takrim.duties.models import Duty, MovedDate, Sweep
from takrim.duties.replay import replay
from takrim.indicators.follow import READER
from takrim.indicators.increments import slot_of
from takrim.indicators.models import Owed
from takrim.journal.follow import catch_up
from takrim.journal.models import Entry
from takrim.journal.verify import verify
from takrim.orgs.actions_calendar import add_holiday, announce_closure, withdraw_closure, withdraw_holiday
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actions_weeks import Pattern, set_week, withdraw_week
from takrim.orgs.actor import Actor, system
from takrim.orgs.calendars import Change, calendar_changed
from takrim.orgs.models import Closure, Unit
from takrim.tasks.models import Work
from takrim.tasks.result import Context
from tests.matters import answered
from tests.people import Hire

MakeCase = Callable[..., Case]
DAY = timedelta(days=1)


def due_day(case: Case) -> date:
    duty = Duty.objects.filter(about=case.code, kind="final_answer").latest("id")
    assert duty.due_at is not None
    return local_date(duty.due_at)


@pytest.fixture
def close(units: dict[str, Unit], nima: Actor, now: datetime) -> Callable[..., Closure]:
    def announce(day: date, unit: str = "alborz") -> Closure:
        reason = Titles(fa="برف", en="Snow")
        return announce_closure(unit=units[unit], day=day, hours="", reason=reason, by=nima, now=now)

    return announce


def run(now: datetime) -> None:
    for row in Sweep.objects.filter(finished_at=None):
        sweep.run.func(Context(None), row.pk, now=now)


def test_open_dates_move_and_back_again_and_both_are_written_down(
    make_case: MakeCase, close: Callable[..., Closure], nima: Actor, now: datetime
) -> None:
    case = make_case()
    before = due_day(case)
    closure = close(before)
    assert due_day(case) == before, "the worker moves it, not the page"
    run(now)
    after = due_day(case)
    assert after > before
    moved = MovedDate.objects.get()
    assert moved.before is not None
    assert moved.after is not None
    assert (local_date(moved.before), local_date(moved.after)) == (before, after)
    facts = Entry.objects.get(subject=case.code, verb="duty.moved").facts
    assert datetime.fromisoformat(facts["before"]) == moved.before
    withdraw_closure(closure=closure, by=nima, now=now)
    run(now)
    assert due_day(case) == before
    assert list(Sweep.objects.order_by("id").values_list("seen", "moved")) == [(1, 1), (1, 1)]
    duty = final_duty(case)
    assert duty is not None
    assert plain(replay(duty), duty.opened_at) == duty.clocks


def test_settled_dates_and_those_of_other_provinces_stay(
    make_case: MakeCase, close: Callable[..., Closure], now: datetime
) -> None:
    done, stranger, owed = make_case(), make_case(unit="qom"), make_case()
    answered(done, now + timedelta(hours=1))
    before = due_day(owed)
    close(before)
    run(now)
    assert due_day(done) == due_day(stranger) == before
    assert due_day(owed) > before
    assert MovedDate.objects.count() == 1


def test_a_sweep_that_is_killed_goes_on_and_moves_nothing_twice(
    make_case: MakeCase, close: Callable[..., Closure], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [make_case() for _ in range(5)]
    close(due_day(cases[0]))
    row, by = Sweep.objects.get(), system("calendar")
    stale = Sweep.objects.get()
    assert actions_sweep.sweep_on(sweep=row, by=by, now=now, limit=2)
    assert not actions_sweep.sweep_on(sweep=stale, by=by, now=now, limit=2), "another worker has taken them"

    def killed(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(actions_sweep, "record_all", killed)
        actions_sweep.sweep_on(sweep=Sweep.objects.get(), by=by, now=now, limit=2)
    assert MovedDate.objects.count() == 2, "a batch that broke off has done nothing"
    run(now)
    assert MovedDate.objects.count() == Entry.objects.filter(verb="duty.moved").count() == 5
    assert len({due_day(case) for case in cases}) == 1
    done = Sweep.objects.get()
    assert (done.seen, done.moved, done.finished_at) == (5, 5, now)
    assert all(result.broken_at is None for result in verify())


def test_a_day_that_touches_no_date_moves_none(
    make_case: MakeCase, close: Callable[..., Closure], now: datetime
) -> None:
    case = make_case()
    close(due_day(case) + 200 * DAY)
    run(now)
    assert list(Sweep.objects.values_list("seen", "moved")) == [(1, 0)]


def test_changes_that_wait_for_one_another_are_counted_once(
    make_case: MakeCase, close: Callable[..., Closure], now: datetime
) -> None:
    case = make_case()
    first = due_day(case)
    close(first)
    close(first - DAY)
    assert Sweep.objects.get().since == first - DAY
    assert Work.objects.filter(task=sweep.run.name).count() == 1


def test_where_nothing_is_owed_nothing_is_counted(close: Callable[..., Closure], now: datetime) -> None:
    close(local_date(now) + DAY)
    done = Sweep.objects.get()
    assert (done.total, done.moved, done.finished_at) == (0, 0, now)
    assert not Work.objects.filter(task=sweep.run.name).exists()


def test_a_sweep_knows_what_caused_it(
    make_case: MakeCase, close: Callable[..., Closure], nima: Actor, units: dict[str, Unit], now: datetime
) -> None:
    case = make_case()
    closure = close(due_day(case))
    hours = dict.fromkeys(("sat", "sun", "mon"), "8-12")
    pattern = Pattern(since=local_date(now), until=None, hours=hours, note=Titles(fa="ساعت کوتاه", en="Short hours"))
    week = set_week(unit=units["alborz"], pattern=pattern, by=nima, now=now)
    causes = Sweep.objects.get().causes.order_by("id").values_list("verb", "on")
    assert list(causes) == [("closure.announced", f"closure:{closure.pk}"), ("week.set", f"week:{week.pk}")]


def test_other_opening_hours_move_open_dates_and_withdrawn_they_move_back(
    make_case: MakeCase, nima: Actor, units: dict[str, Unit], now: datetime
) -> None:
    case, stranger = make_case(), make_case(unit="qom")
    before = due_day(case)
    hours = dict.fromkeys(("sat", "sun", "mon"), "8-12")
    pattern = Pattern(since=local_date(now), until=None, hours=hours, note=Titles(fa="ساعت کوتاه", en="Short hours"))
    week = set_week(unit=units["alborz"], pattern=pattern, by=nima, now=now)
    run(now)
    assert due_day(case) > before
    assert due_day(stranger) == before
    withdraw_week(week=week, why="مصوبه لغو شد", by=nima, now=now)
    run(now)
    assert due_day(case) == before
    assert Entry.objects.filter(subject=case.code, verb="duty.moved").count() == 2


def test_an_official_holiday_moves_dates_in_every_province(make_case: MakeCase, tara: Actor, now: datetime) -> None:
    case, stranger = make_case(), make_case(unit="qom")
    before = due_day(case)
    holiday = add_holiday(day=before, name=Titles(fa="عید", en="Feast"), by=tara, now=now)
    run(now)
    assert due_day(case) == due_day(stranger) > before
    withdraw_holiday(holiday=holiday, why="رؤیت هلال یک روز دیرتر", by=tara, now=now)
    run(now)
    assert due_day(case) == due_day(stranger) == before


def test_figures_follow_the_dates_that_moved(make_case: MakeCase, close: Callable[..., Closure], now: datetime) -> None:
    case = make_case()
    close(due_day(case))
    run(now)
    catch_up(READER)
    due = Duty.objects.get(about=case.code).due_at
    assert due is not None
    owed = Owed.objects.filter(path="ir/", grain="half").exclude(n=0)
    assert list(owed.values_list("slot", "n")) == [(slot_of(due), 1)]


def test_a_matter_that_was_transferred_keeps_the_calendar_by_which_it_was_promised(
    make_case: MakeCase, close: Callable[..., Closure], units: dict[str, Unit], mina: Actor, now: datetime
) -> None:
    case = make_case()
    before = due_day(case)
    transfer(case=case, to=units["kahak"], reason="در کهک است", by=mina, now=now)
    duty = Duty.objects.get(about=case.code, kind="final_answer")
    assert (duty.unit_path, duty.counted_at) == ("ir/qom/kahak/", "ir/alborz/nazarabad/")
    assert due_day(case) == before
    closure = Closure.objects.create(
        path="ir/qom/", day=before, hours="", reason_fa="برف", reason_en="Snow", announced_at=now
    )
    calendar_changed(
        path="ir/qom/", since=before, change=Change("closure.announced", f"closure:{closure.pk}"), by=mina, now=now
    )
    run(now)
    assert due_day(case) == before, "the person was promised nothing by Qom's calendar"
    close(before)
    run(now)
    assert due_day(case) > before
    duty.refresh_from_db()
    assert plain(replay(duty), duty.opened_at) == duty.clocks


def test_what_comes_back_is_counted_as_if_it_had_never_left(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, hire: Hire, now: datetime
) -> None:
    case = make_case()
    transfer(case=case, to=units["kahak"], reason="در کهک است", by=mina, now=now)
    hand_back(case=case, reason="نه", by=hire("roya", "رویا ملکی", "head", "kahak"), now=now)
    duty = Duty.objects.get(about=case.code, kind="final_answer")
    assert (duty.unit_path, duty.calendar_path) == ("ir/alborz/nazarabad/", "")
