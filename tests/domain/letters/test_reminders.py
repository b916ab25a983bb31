"""Offices are reminded of what they owe: soon due, then overdue, each duty once, one letter a person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from takrim.base.codes import pretty
from takrim.base.workdays import Length
from takrim.cases import reminders
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_work import refer, reply
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.cases.reminders import remind
from takrim.duties.models import Duty, Shield
from takrim.letters.models import Letter, Reminder, Way
from takrim.orgs.actor import Actor
from takrim.orgs.models import Person, Unit
from tests.people import NOW, Hire, MakeCase

pytestmark = pytest.mark.django_db


def reachable(*actors: Actor, email: str = "{}@example.ir", mobile: str = "") -> None:
    for actor in actors:
        person = Person.objects.get(pk=actor.person_id)
        Person.objects.filter(pk=person.pk).update(email=email.format(person.username), mobile=mobile)


def due(case: Case, at: datetime, *, opened: datetime = NOW) -> None:
    Duty.objects.filter(about=case.code).update(due_at=at, opened_at=opened, length="")


def told(kind: str = "") -> list[tuple[str, str]]:
    """(kind, to) of the letters written to offices."""
    letters = Letter.objects.filter(subject__startswith="person:").order_by("id")
    return [(letter.kind, letter.to) for letter in letters if kind in ("", letter.kind)]


@pytest.mark.parametrize(
    ("gone", "reminded"),
    [(timedelta(days=1), False), (timedelta(days=7, hours=23), False), (timedelta(days=8), True)],
)
def test_four_fifths_of_the_time_are_waited_for(case: Case, reza: Actor, gone: timedelta, reminded: bool) -> None:
    reachable(reza)
    due(case, NOW + timedelta(days=10))
    moment = NOW + gone
    if moment.hour > 15:
        moment = moment.replace(hour=5)
    assert remind(moment) == int(reminded)
    assert told() == [("due_soon", "reza@example.ir")] * reminded


def test_a_duty_is_told_of_once_an_occasion(case: Case, reza: Actor) -> None:
    reachable(reza)
    due(case, NOW + timedelta(hours=1), opened=NOW - timedelta(days=9))
    assert [remind(NOW), remind(NOW), remind(NOW + timedelta(hours=2)), remind(NOW + timedelta(days=1))] == [1, 0, 1, 0]
    assert told() == [("due_soon", "reza@example.ir"), ("overdue", "reza@example.ir")]


def test_what_is_overdue_is_told_one_level_above_too(case: Case, reza: Actor, nima: Actor, tara: Actor) -> None:
    reachable(reza, nima, tara)
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    remind(NOW)
    assert told() == [("overdue", "reza@example.ir"), ("overdue", "nima@example.ir")]


def test_an_office_without_a_head_is_answered_for_by_the_one_above(case: Case, mina: Actor, nima: Actor) -> None:
    reachable(mina, nima)
    due(case, NOW + timedelta(hours=1), opened=NOW - timedelta(days=9))
    remind(NOW)
    assert told() == [("due_soon", "nima@example.ir")]


def test_nobody_is_told_of_what_is_about_them(case: Case, reza: Actor, nima: Actor, hire: Hire) -> None:
    second = hire("reza", "رضا کریمی", "head", "alborz")
    reachable(second, nima)
    due(case, NOW + timedelta(hours=1), opened=NOW - timedelta(days=9))
    keep_from(case=case, subject=Subject(path=reza.unit_path), by=nima, now=NOW)
    Shield.objects.update(person_id=reza.person_id)
    remind(NOW)
    assert told() == [("due_soon", "nima@example.ir")]


def test_another_province_hears_nothing(case: Case, reza: Actor, omid: Actor) -> None:
    reachable(reza, omid)
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    remind(NOW)
    assert told() == [("overdue", "reza@example.ir")]


def test_one_person_gets_one_letter_about_all(make_case: MakeCase, reza: Actor) -> None:
    reachable(reza)
    cases = [make_case() for _ in range(40)]
    for number, case in enumerate(cases):
        due(case, NOW - timedelta(hours=1 + number), opened=NOW - timedelta(days=9))
    assert remind(NOW) == 40
    (letter,) = Letter.objects.filter(kind="overdue")
    assert letter.title == "۴۰ تکلیف معوق"
    assert pretty(cases[-1].code) in letter.body
    assert "و ۱۰ مورد دیگر" in letter.body


def test_a_letter_to_an_office_has_no_personal_data(case: Case, reza: Actor) -> None:
    reachable(reza)
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    remind(NOW)
    letter = Letter.objects.get(kind="overdue")
    assert letter.trusted
    assert not any(word in letter.body for word in ("زهرا", "0912", case.text[:20], case.subject[:20]))


def test_who_has_no_mailbox_gets_an_sms_and_who_has_neither_no_letter(case: Case, reza: Actor, nima: Actor) -> None:
    reachable(reza, email="", mobile="09121111111")
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    assert remind(NOW) == 1
    letter = Letter.objects.get(subject__startswith="person:")
    assert (letter.way, letter.to) == (Way.SMS, "09121111111")


def test_what_was_replied_is_not_reminded_of(case: Case, mina: Actor, hadi: Actor, units: dict[str, Unit]) -> None:
    duty = refer(case=case, to=units["karaj"], task="نظر", length=Length.parse("3 working_days"), by=mina, now=NOW)
    reply(case=case, duty=duty, text="بررسی شد", by=hadi, now=NOW)
    Duty.objects.filter(pk=duty.pk).update(
        due_at=NOW - timedelta(hours=1), opened_at=NOW - timedelta(days=9), length=""
    )
    assert remind(NOW) == 0


def test_a_duty_without_a_date_is_never_due(case: Case, reza: Actor) -> None:
    Duty.objects.update(due_at=None, length="")
    assert remind(NOW) == 0


@pytest.mark.parametrize("hour", [17, 21, 1])
def test_nobody_is_written_to_at_night(case: Case, reza: Actor, hour: int) -> None:
    reachable(reza)
    due(case, NOW - timedelta(days=1), opened=NOW - timedelta(days=9))
    assert remind(datetime(2026, 11, 24, hour, 0, tzinfo=UTC)) == 0


def test_who_left_or_is_only_substituted_for_later_hears_nothing(case: Case, reza: Actor, hire: Hire) -> None:
    Person.objects.filter(pk=reza.person_id).update(is_active=False, email="reza@example.ir")
    future = hire("ali", "علی", "head", "nazarabad", since=(NOW + timedelta(days=5)).date())
    reachable(future)
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    remind(NOW)
    assert told() == []


def test_many_duties_cost_as_many_queries_as_few(
    make_case: MakeCase, reza: Actor, django_assert_max_num_queries: Any
) -> None:
    reachable(reza)
    for size in (2, 40):
        for _ in range(size):
            due(make_case(), NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
        with django_assert_max_num_queries(12):
            assert remind(NOW) == size


def test_what_is_left_over_is_told_by_the_next_run(make_case: MakeCase, reza: Actor) -> None:
    for _ in range(5):
        due(make_case(), NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    assert [remind(NOW, 3), remind(NOW, 3), remind(NOW, 3)] == [3, 2, 0]


def test_two_processes_tell_of_a_duty_once(case: Case, reza: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    reachable(reza)
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))
    seen = reminders._overdue(NOW, 10)
    remind(NOW)
    monkeypatch.setattr(reminders, "_overdue", lambda now, limit: seen)
    assert remind(NOW) == 0
    assert len(told()) == 1


def test_a_crash_while_writing_forgets_nothing(case: Case, reza: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    reachable(reza)
    due(case, NOW - timedelta(hours=1), opened=NOW - timedelta(days=9))

    def die(*args: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as dying, pytest.raises(RuntimeError):
        dying.setattr(reminders, "write", die)
        remind(NOW)
    assert not Reminder.objects.exists()
    assert remind(NOW) == 1


def test_the_database_keeps_one_reminder_an_occasion(case: Case) -> None:
    Reminder.objects.create(duty_id=1, occasion="overdue", at=NOW)
    with pytest.raises(IntegrityError):
        Reminder.objects.create(duty_id=1, occasion="overdue", at=NOW)
