"""Cases that repeat one another: found by person, place, card and words; joined, and taken apart again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from takrim.base.length import Length
from takrim.cases.actions_end import mark_duplicate
from takrim.cases.actions_intake import ask_completion, final_duty
from takrim.cases.actions_merge import separate
from takrim.cases.actions_shield import keep_from
from takrim.cases.alike import Brought, Same, brought, find, find_own
from takrim.cases.conflict import Subject
from takrim.cases.models import Case, State
from takrim.cases.moves import CaseCannotMove, NotYours
from takrim.channels.channel import Sender
from takrim.duties.actions import run_of
from takrim.duties.actions_clocks import extend, pause, recompute, resume, waits_for
from takrim.duties.clocks import Clock, plain
from takrim.duties.models import Duty
from takrim.duties.replay import replay
from takrim.indicators.follow import rebuild
from takrim.indicators.models import Owed, Tally
from takrim.journal.models import Entry
from takrim.letters.models import Letter
from takrim.letters.write import write_letters
from takrim.orgs.actor import Actor
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit
from tests.people import MakeCase

DAY = timedelta(days=1)
WAGE = "سه ماه است کارفرما حقوق من را نداده و بیمه هم رد نکرده است. خواهش می‌کنم رسیدگی کنید."
AGAIN = "سه ماه است که کارفرما حقوق من را نداده و بیمه‌ام را هم رد نکرده. لطفاً رسیدگی کنید."
OTHER = "برای تأسیس یک شرکت تعاونی تولیدی چه مدارکی لازم است؟"
REZVAN = Sender(name="رضوان نادری", mobile="09351112233")


def test_the_same_person_with_similar_words_comes_first(make_case: MakeCase) -> None:
    make_case(text=OTHER)
    foreign = make_case(text=WAGE, sender=REZVAN)
    own = make_case(text=WAGE)
    found = find(brought(make_case(text=AGAIN)), Case.objects.all())
    assert [alike.head["id"] for alike in found] == [own.pk, foreign.pk]
    assert Same.PERSON in found[0].same
    assert Same.PERSON not in found[1].same


def test_two_matters_of_one_person_are_two(make_case: MakeCase) -> None:
    make_case(text=OTHER)
    assert find(brought(make_case(text=WAGE)), Case.objects.all()) == []


def test_what_is_not_filed_yet_is_held_against_the_office(make_case: MakeCase) -> None:
    case = make_case(text=WAGE)
    new = Brought(text=AGAIN, unit_id=case.unit_id)
    assert [alike.head["id"] for alike in find(new, Case.objects.all())] == [case.pk]
    assert find(new, Case.objects.none()) == []


def test_a_persons_own_cases_are_held_against_a_draft(make_case: MakeCase) -> None:
    case = make_case(text=WAGE)
    assert [alike.head["id"] for alike in find_own(AGAIN, Case.objects.filter(pk=case.pk))] == [case.pk]
    assert find_own(OTHER, Case.objects.all()) == []


@pytest.fixture
def joined(make_case: MakeCase, mina: Actor, now: datetime) -> Case:
    original, later = make_case(text=WAGE), make_case(text=AGAIN, at=now + timedelta(hours=1))
    mark_duplicate(case=later, original=original, by=mina, now=now + timedelta(days=1))
    return Case.objects.get(pk=later.pk)


def test_a_merge_stands_in_both_journals(joined: Case) -> None:
    assert joined.original is not None
    assert Entry.objects.filter(subject=joined.code, verb="case.marked_duplicate").count() == 1
    assert Entry.objects.filter(subject=joined.original.code, verb="case.merged_in").count() == 1


def test_taken_apart_the_answer_is_owed_by_the_first_date(joined: Case, mina: Actor, now: datetime) -> None:
    promised = joined_duty_due(joined)
    original = joined.original
    assert original is not None
    separate(case=joined, by=mina, now=now + timedelta(days=2))
    joined.refresh_from_db()
    duty = final_duty(joined)
    assert (joined.state, joined.original, joined.closed_at) == (State.UNDER_REVIEW, None, None)
    assert duty is not None
    assert duty.due_at == promised
    verbs = set(Entry.objects.filter(subject=joined.code).values_list("verb", flat=True))
    assert {"case.received", "case.marked_duplicate", "case.separated"} <= verbs
    assert Entry.objects.filter(subject=original.code, verb="case.taken_out").exists()


def clocks_of(duty: Duty) -> dict[str, Clock]:
    return {clock.regime: clock for clock in run_of(duty).clocks}


def test_taken_apart_every_clock_counts_since_the_matter_came(
    make_case: MakeCase, mina: Actor, reza: Actor, now: datetime
) -> None:
    original, later = make_case(text=WAGE), make_case(text=AGAIN)
    pause(duty=owed(later), why="agency", reason="استعلام", by=mina, now=now + DAY)
    resume(duty=owed(later), by=mina, now=now + 3 * DAY)
    three = Length.parse("3 working days")
    extend(duty=owed(later), regime="promise", length=three, reason="بازدید", by=reza, now=now + 3 * DAY)
    before = owed(later)
    mark_duplicate(case=later, original=original, by=mina, now=now + 4 * DAY)
    assert all(clock.stopped for clock in clocks_of(Duty.objects.get(pk=before.pk)).values())
    separate(case=Case.objects.get(pk=later.pk), by=mina, now=now + 60 * DAY)
    after = owed(later)
    assert (after.pk, after.opened_at, after.due_at) == (before.pk, now, before.due_at)
    assert after.clocks == before.clocks
    assert clocks_of(after)["statute"].due == calendar_of(after.unit_path).due(now, Length.parse("90 calendar days"))
    assert after.rung_at == before.rung_at, "what has passed meanwhile is brought up now"
    assert plain(replay(after), after.opened_at) == after.clocks
    assert not recompute(duty=after, by=mina, now=now)


def test_taken_apart_nobody_is_awaited_since_the_joining(make_case: MakeCase, mina: Actor, now: datetime) -> None:
    original, later = make_case(text=WAGE), make_case(text=AGAIN)
    ask_completion(case=later, what="فیش حقوقی", by=mina, now=now + DAY)
    mark_duplicate(case=later, original=original, by=mina, now=now + 3 * DAY)
    ended = Duty.objects.get(about=later.code, kind="final_answer").due_at
    separate(case=Case.objects.get(pk=later.pk), by=mina, now=now + 9 * DAY)
    duty = owed(later)
    stood = [(pause.since, pause.until) for pause in clocks_of(duty)["promise"].pauses]
    assert stood == [(now + DAY, now + 3 * DAY)]
    assert waits_for(duty) == ""
    assert plain(replay(duty), duty.opened_at) == duty.clocks
    told = Entry.objects.get(subject=later.code, verb="duty.restored").facts
    assert ended is not None and duty.due_at is not None and duty.due_at < ended, (
        "the promise runs beside the law again"
    )
    assert (told["before"], told["due"]) == (ended.isoformat(), duty.due_at.isoformat())


def test_taken_apart_the_level_above_owes_what_was_kept_from_the_office_meanwhile(
    make_case: MakeCase, units: dict[str, Unit], mina: Actor, nima: Actor, now: datetime
) -> None:
    original, later = make_case(text=WAGE), make_case(text=AGAIN)
    mark_duplicate(case=later, original=original, by=mina, now=now)
    later = Case.objects.get(pk=later.pk)
    keep_from(case=later, subject=Subject(path=units["nazarabad"].path), by=nima, now=now + DAY)
    separate(case=later, by=nima, now=now + 2 * DAY)
    duty = owed(later)
    assert duty.unit_path == later.unit_path == "ir/alborz/"
    assert plain(replay(duty), duty.opened_at) == duty.clocks


def owed(case: Case) -> Duty:
    found = final_duty(case)
    assert found is not None
    return found


def joined_duty_due(case: Case) -> datetime | None:
    entry = Entry.objects.get(subject=case.code, verb="case.received")
    return datetime.fromisoformat(entry.facts["due"])


def test_the_person_is_told(joined: Case, mina: Actor, now: datetime) -> None:
    separate(case=joined, by=mina, now=now + timedelta(days=2))
    write_letters(list(Entry.objects.filter(subject=joined.code)))
    assert Letter.objects.filter(subject=joined.code, kind="separated").count() == 1


def test_the_figures_forget_the_joining(make_case: MakeCase, mina: Actor, now: datetime) -> None:
    def figures() -> list[str]:
        rebuild()
        rows = [*Tally.objects.values_list(), *Owed.objects.exclude(n=0).values_list()]
        return sorted(str(row[1:]) for row in rows)

    original, later = make_case(text=WAGE), make_case(text=AGAIN)
    before = figures()
    mark_duplicate(case=later, original=original, by=mina, now=now)
    assert figures() != before
    separate(case=Case.objects.get(pk=later.pk), by=mina, now=now)
    assert figures() == before


def test_only_what_is_joined_and_ones_own_is_taken_apart(
    joined: Case, case: Case, mina: Actor, omid: Actor, hadi: Actor, now: datetime
) -> None:
    with pytest.raises(NotYours):
        separate(case=joined, by=hadi, now=now)
    with pytest.raises(CaseCannotMove):
        separate(case=case, by=mina, now=now)
