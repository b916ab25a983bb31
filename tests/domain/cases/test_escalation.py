"""Steps of the ladder: who is told what, at once or in the morning, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError

from takrim.base.codes import pretty
from takrim.cases import escalation
from takrim.cases.actions_end import withdraw
from takrim.cases.actions_shield import keep_from
from takrim.cases.conflict import Subject
from takrim.cases.escalation import escalate, send_digests
from takrim.cases.letters._to_office import step_words
from takrim.cases.models import Case
from takrim.duties.models import Duty, Shield
from takrim.duties.regime import is_urgent
from takrim.journal.models import Entry
from takrim.letters.models import Letter, Telling, Way
from takrim.orgs.actor import Actor, holder
from takrim.orgs.models import Holding, Person
from tests.people import NOW, Hire, MakeCase

pytestmark = pytest.mark.django_db
MORNING = timedelta(hours=3, minutes=30)  # 7:00 in Tehran, before UTC's midnight plus this


def reachable(*actors: Actor, email: str = "{}@example.ir", mobile: str = "") -> None:
    for actor in actors:
        person = Person.objects.get(pk=actor.person_id)
        Person.objects.filter(pk=person.pk).update(email=email.format(person.username), mobile=mobile)


def duty_of(case: Case) -> Duty:
    return Duty.objects.get(about=case.code)


def climb(case: Case, *, past: str = "") -> datetime:
    """Let the time go by, step by step, until the step `past` was taken (or all were); says when."""
    at = NOW
    while (due := duty_of(case).rung_at) is not None:
        at = due
        escalate(at)
        if past and Telling.objects.filter(rung=past).exists():
            break
    return at


def told(rung: str) -> set[str]:
    return set(Telling.objects.filter(rung=rung).values_list("person__username", flat=True))


def letters(kind: str) -> list[str]:
    return list(Letter.objects.filter(kind=kind).order_by("id").values_list("to", flat=True))


@pytest.fixture
def deputy(hire: Hire) -> Actor:
    return hire("vahid", "وحید معاون", "deputy", "alborz")


def test_each_step_tells_whom_its_regime_names(case: Case, reza: Actor, deputy: Actor, nima: Actor) -> None:
    climb(case)
    assert told("promise 50%") == told("promise 80%") == {"reza"}
    assert told("promise 100%") == {"vahid"}
    assert told("promise +3 days") == told("statute day 75") == told("statute 100%") == {"nima"}
    steps = Entry.objects.filter(subject=case.code, verb="duty.escalated").order_by("seq")
    taken = [rung for entry in steps for rung in entry.facts["rungs"]]
    assert len(taken) == len(set(taken))
    assert taken[-1] == "statute 100%"


def test_an_office_without_a_head_is_answered_for_by_the_one_above(case: Case, mina: Actor, nima: Actor) -> None:
    climb(case, past="promise 80%")
    assert told("promise 80%") == {"nima"}


def test_whoever_does_it_is_told_and_who_stands_in(case: Case, mina: Actor, sara: Actor, reza: Actor) -> None:
    seat = Holding.objects.get(person_id=mina.person_id)
    Duty.objects.update(assignee=seat.post, assigned_at=NOW)
    Holding.objects.create(
        person_id=sara.person_id,
        post=seat.post,
        substitute_for_id=mina.person_id,
        since=NOW.date(),
        until=(NOW + timedelta(days=60)).date(),
    )
    climb(case, past="promise 80%")
    assert told("promise 50%") == {"mina", "sara"}
    assert told("promise 80%") == {"reza"}


def test_another_province_and_those_who_left_hear_nothing(case: Case, reza: Actor, omid: Actor, nima: Actor) -> None:
    Person.objects.filter(pk=reza.person_id).update(is_active=False)
    climb(case)
    assert set(Telling.objects.values_list("person__username", flat=True)) == {"nima"}


def test_nobody_is_told_of_what_is_about_them(case: Case, reza: Actor, nima: Actor, hire: Hire) -> None:
    hire("reza", "رضا کریمی", "head", "alborz")
    keep_from(case=case, subject=Subject(path=reza.unit_path), by=nima, now=NOW)
    Shield.objects.update(person_id=reza.person_id)
    climb(case)
    assert "reza" not in set(Telling.objects.values_list("person__username", flat=True))


def test_what_is_over_is_told_at_once_and_a_reminder_waits_for_the_morning(
    case: Case, reza: Actor, deputy: Actor
) -> None:
    reachable(reza, deputy)
    at = climb(case, past="promise 100%")
    assert letters("escalation") == ["vahid@example.ir"]
    assert letters("digest") == []
    send_digests(datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), UTC) + MORNING)
    assert letters("digest") == ["reza@example.ir"]


def test_one_digest_a_day_holds_all(make_case: MakeCase, reza: Actor) -> None:
    reachable(reza)
    cases = [make_case() for _ in range(3)]
    for case in cases:
        climb(case, past="promise 50%")
    at = duty_of(cases[0]).opened_at + timedelta(days=30)
    morning = datetime.combine(at.date(), datetime.min.time(), UTC) + MORNING
    assert [send_digests(morning), send_digests(morning + timedelta(hours=1))] == [1, 0]
    (letter,) = Letter.objects.filter(kind="digest")
    assert all(pretty(case.code) in letter.body for case in cases)
    party = cases[0].party
    assert party
    assert not any(
        word in letter.body for word in (party.name, party.mobile, cases[0].text[:20], cases[0].subject[:20])
    )


def test_what_was_settled_meanwhile_is_not_in_the_digest(case: Case, reza: Actor) -> None:
    reachable(reza)
    at = climb(case, past="promise 50%")
    withdraw(case=case, reason="حل شد", by=holder(case.party_id), now=at)
    send_digests(datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), UTC) + MORNING)
    assert letters("digest") == []
    assert not Telling.objects.filter(letter_at=None).exists()


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (datetime(2026, 11, 24, 18, tzinfo=UTC), datetime(2026, 11, 25, 3, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 22, tzinfo=UTC), datetime(2026, 11, 25, 3, 30, tzinfo=UTC)),
        (datetime(2026, 11, 24, 9, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)),
    ],
)
def test_a_letter_of_the_night_is_carried_in_the_morning(now: datetime, sent: datetime) -> None:
    assert escalation.awake(now) == sent


def test_no_digest_is_written_at_night(case: Case, reza: Actor) -> None:
    reachable(reza)
    at = climb(case, past="promise 50%")
    night = datetime.combine(at.date() + timedelta(days=1), datetime.min.time(), UTC) + timedelta(hours=1)
    assert send_digests(night) == 0


def test_who_has_no_mailbox_gets_an_sms_and_who_has_neither_no_letter(case: Case, deputy: Actor, nima: Actor) -> None:
    reachable(deputy, email="", mobile="09121111111")
    climb(case)
    (letter,) = Letter.objects.filter(kind="escalation")
    assert (letter.way, letter.to) == (Way.SMS, "09121111111")
    assert not Telling.objects.filter(person_id=nima.person_id, urgent=True, letter_at=None).exists()


def test_two_processes_take_a_step_once(case: Case, reza: Actor, deputy: Actor) -> None:
    reachable(deputy)
    climb(case, past="promise 80%")
    due = duty_of(case).rung_at
    assert due is not None
    stale = list(escalation._due(due))
    escalate(due)
    before = (Telling.objects.count(), Letter.objects.count())
    escalation._take(stale, due)
    assert (Telling.objects.count(), Letter.objects.count()) == before


def test_a_crash_while_writing_forgets_nothing(
    case: Case, reza: Actor, deputy: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    reachable(deputy)
    climb(case, past="promise 80%")
    due = duty_of(case).rung_at
    assert due is not None

    def die(*args: object) -> int:
        raise RuntimeError

    with monkeypatch.context() as dying, pytest.raises(RuntimeError):
        dying.setattr(escalation, "write", die)
        while escalate(due):
            due = duty_of(case).rung_at or due
    assert letters("escalation") == []
    assert escalate(due) == 1
    assert letters("escalation") == ["vahid@example.ir"]


def test_what_is_left_over_is_taken_by_the_next_run(make_case: MakeCase, reza: Actor) -> None:
    for _ in range(5):
        due = duty_of(make_case()).rung_at
    assert due is not None
    assert [escalate(due, 3), escalate(due, 3), escalate(due, 3)] == [3, 2, 0]


def test_a_duty_without_clocks_has_no_ladder(case: Case, reza: Actor) -> None:
    Duty.objects.update(clocks=[], rung_at=None)
    assert escalate(NOW + timedelta(days=400)) == 0


def test_the_database_keeps_one_telling_a_step_and_person(reza: Actor) -> None:
    facts = {"person_id": reza.person_id, "duty_id": 1, "rung": "promise 50%", "urgent": False, "at": NOW}
    Telling.objects.create(**facts)
    with pytest.raises(IntegrityError):
        Telling.objects.create(**facts)


@pytest.mark.parametrize(
    ("step", "urgent", "fa", "en"),
    [
        ("promise 80%", False, "مهلت وعده‌داده‌شده: ۸۰٪ گذشت", "Promised time: 80% has gone by"),
        ("promise 100%", True, "مهلت وعده‌داده‌شده: به پایان رسید", "Promised time: has ended"),
        ("promise +3 days", True, "مهلت وعده‌داده‌شده: ۳ روز پس از پایان", "Promised time: 3 days past its end"),
        ("statute day 75", True, "مهلت قانونی سه‌ماهه: روز ۷۵", "Three months by law: day 75"),
        ("favad 50%", True, "۵۰٪ گذشت", "50% has gone by"),
        ("draft 100%", False, "به پایان رسید", "has ended"),
    ],
)
def test_a_step_is_said_in_peoples_words(step: str, urgent: bool, fa: str, en: str) -> None:
    assert is_urgent(step) is urgent
    assert step_words(step, "fa").endswith(fa)
    assert step_words(step, "en").endswith(en)
