"""Whatever happens to a matter, and over whatever calendars: its dates are those of a count minute by minute."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import cache
from random import Random

import pytest
from django.core.exceptions import ObjectDoesNotExist

from takrim.base.clock import local_date
from takrim.base.errors import Refusal
from takrim.base.length import Length, LengthUnit
from takrim.cases.actions_answer import draft, submit
from takrim.cases.actions_end import mark_duplicate, object_to
from takrim.cases.actions_intake import ask_completion, complete, final_duty
from takrim.cases.actions_merge import separate
from takrim.cases.actions_objection import uphold
from takrim.cases.actions_route import Addressee, pass_on, refer_on
from takrim.cases.actions_shield import keep_from
from takrim.cases.actions_transfer import hand_back, take_over, transfer
from takrim.cases.actions_work import refer, reply, return_reply
from takrim.cases.charging import charged
from takrim.cases.conflict import Subject
from takrim.cases.models import Case
from takrim.duties import sweep
from takrim.duties.actions_clocks import extend, pause, recompute, resume, retime
from takrim.duties.clocks import Clock, nearest, read
from takrim.duties.models import Duty, Sweep
from takrim.duties.replay import replay
from takrim.journal.models import Entry
from takrim.orgs import stamps
from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actions_weeks import Pattern, set_week
from takrim.orgs.actor import Actor, holder, system
from takrim.orgs.calendars import calendar_of
from takrim.orgs.models import Unit, Week
from takrim.tasks.result import Context
from tests.domain.duties.brute import Row, Told, minute
from tests.matters import WORDS, answered
from tests.people import NOW, MakeCase

WHY = Titles(fa="برف", en="Snow")
WEEK = ("sat", "sun", "mon", "tue", "wed", "thu", "fri")
OFFICES = ("karaj", "nazarabad", "qom", "kahak")
BY = system("test")


class Lot:
    """Opening hours by the lot."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def hours(self) -> str:
        """Opening hours of one day: none, one span or two."""
        marks = sorted(self.random.sample(range(14, 40), self.random.choice((0, 2, 2, 4))))
        clocks = [f"{mark // 2:02}:{mark % 2 * 30:02}" for mark in marks]
        return ",".join(f"{a}-{b}" for a, b in zip(clocks[::2], clocks[1::2], strict=True))

    def week(self) -> dict[str, str]:
        return {day: self.hours() for day in WEEK} | {"sat": "08:00-12:30"}


class Life(Lot):
    """One matter, and all that may happen to it, by the lot."""

    def __init__(self, random: Random, units: dict[str, Unit], make: MakeCase, boss: Actor) -> None:
        super().__init__(random)
        self.units, self.boss = units, boss
        self.at = NOW
        self.code, self.original = make(unit="karaj").code, make(unit="nazarabad")
        self.done: set[str] = set()

    @property
    def case(self) -> Case:
        return Case.objects.get(code=self.code)

    @property
    def duty(self) -> Duty:
        return final_duty(self.case) or Duty.objects.filter(about=self.code, kind="final_answer").latest("id")

    @property
    def asked(self) -> Duty:
        return Duty.objects.filter(about=self.code, kind="referral").latest("id")

    def days(self, least: int, most: int) -> Length:
        units = [LengthUnit.WORKING_DAYS, LengthUnit.CALENDAR_DAYS]
        return Length(self.random.randint(least, most), self.random.choice(units))

    def office(self) -> Unit:
        return self.units[self.random.choice(OFFICES)]

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.at += timedelta(minutes=self.random.randrange(30, 4 * 24 * 60))
            name = self.random.choice(sorted(DEEDS))
            with suppress(Refusal, ObjectDoesNotExist):
                DEEDS[name](self, self.at)
                self.done.add(name)
            for row in Sweep.objects.filter(finished_at=None):
                sweep.run.func(Context(None), row.pk, now=self.at)


def _close(life: Life, at: datetime) -> None:
    day = local_date(at) + timedelta(days=life.random.randrange(1, 40))
    announce_closure(unit=life.office(), day=day, hours=life.hours(), reason=WHY, by=BY, now=at)


def _new_week(life: Life, at: datetime) -> None:
    since = local_date(at) + timedelta(days=life.random.randrange(1, 20))
    set_week(unit=life.office(), pattern=Pattern(since=since, until=None, hours=life.week(), note=WHY), by=BY, now=at)


def _object(life: Life, at: datetime) -> None:
    answered(life.case, at)
    object_to(case=life.case, text="نپذیرفتم", by=holder(), now=at)
    uphold(case=life.case, why="حق با اوست", by=BY, now=at)


def _join_and_part(life: Life, at: datetime) -> None:
    mark_duplicate(case=life.case, original=life.original, by=BY, now=at)
    life.at += timedelta(days=2)
    separate(case=life.case, by=BY, now=life.at)


def _answer_and_again(life: Life, at: datetime) -> None:
    reply(case=life.case, duty=life.asked, text="سابقه دارد", by=BY, now=at)
    return_reply(case=life.case, duty=life.asked, reason="مدرک ندارد", by=BY, now=at)


DEEDS: dict[str, Callable[[Life, datetime], object]] = {
    "pause": lambda life, at: pause(duty=life.duty, why="agency", reason="استعلام", by=BY, now=at),
    "resume": lambda life, at: resume(duty=life.duty, by=BY, now=at),
    "extend": lambda life, at: extend(
        duty=life.duty, regime="promise", length=life.days(1, 6), reason="بازدید", by=life.boss, now=at
    ),
    "another card": lambda life, at: retime(duty=life.duty, length=life.days(5, 25), by=BY, now=at),
    "ask": lambda life, at: ask_completion(case=life.case, what="مدرک", by=BY, now=at),
    "complete": lambda life, at: complete(case=life.case, text="مدرک", by=BY, now=at),
    "draft": lambda life, at: draft(case=life.case, words=WORDS, by=BY, now=at),
    "submit": lambda life, at: submit(answer=life.case.answers.latest("number"), by=BY, now=at),
    "transfer": lambda life, at: transfer(case=life.case, to=life.office(), reason="آنجاست", by=BY, now=at),
    "take over": lambda life, at: take_over(case=life.case, by=BY, now=at),
    "hand back": lambda life, at: hand_back(case=life.case, reason="نه", by=BY, now=at),
    "keep from": lambda life, at: keep_from(case=life.case, subject=Subject(path=life.case.unit_path), by=BY, now=at),
    "refer": lambda life, at: refer(
        case=life.case, to=life.office(), task="بررسی", length=life.days(1, 9), by=BY, now=at
    ),
    "more time for a part": lambda life, at: extend(
        duty=life.asked, regime="task", length=life.days(1, 4), reason="بازدید", by=BY, now=at
    ),
    "refer on": lambda life, at: refer_on(
        case=life.case, duty=life.asked, to=Addressee(life.office()), task="", length=life.days(1, 5), by=BY, now=at
    ),
    "pass on": lambda life, at: pass_on(
        case=life.case, duty=life.asked, to=Addressee(life.office()), task="", by=BY, now=at
    ),
    "reply and again": _answer_and_again,
    "join and part": _join_and_part,
    "object": _object,
    "close": _close,
    "new week": _new_week,
}


def dues(clocks: list[Clock]) -> dict[tuple[str, int], int | None]:
    """When each clock ends that was not stopped."""
    running = (clock for clock in clocks if clock.stopped is None)
    return {(clock.regime, minute(clock.start)): clock.due and minute(clock.due) for clock in running}


@pytest.mark.parametrize("seed", [*range(10), 46, 48])
def test_its_dates_are_those_of_a_count_minute_by_minute(
    seed: int, units: dict[str, Unit], make_case: MakeCase, nima: Actor
) -> None:
    random = Random(seed)
    for path in (units[name].path for name in OFFICES):
        hours = " ".join(f"{day}={said}" for day, said in Lot(random).week().items())
        Week.objects.create(path=path, since=local_date(NOW) - timedelta(days=900), hours=hours)
    stamps.forget()
    life = Life(random, units, make_case, nima)
    life.live(18)
    stamps.forget()
    row_of = cache(lambda path: Row(calendar_of(path)))
    for duty in Duty.objects.filter(about=life.code).order_by("id"):
        entries = list(Entry.objects.filter(subject=life.code).order_by("id"))
        told = Told(duty.pk, row_of).hear(entries).running()
        assert dues(replay(duty)) == told, (duty, life.done)
        if duty.owed:
            kept = read(duty.clocks, duty.opened_at)
            assert dues(kept) == told, "what the deeds and the worker wrote"
            assert duty.due_at == nearest(kept)
            recompute(duty=duty, by=BY, now=life.at)
            assert dues(read(Duty.objects.get(pk=duty.pk).clocks, duty.opened_at)) == told
        for charge in charged(duty, entries, life.at):
            assert sum(charge.ran_with.values(), timedelta()) == charge.ran
            assert sum(charge.late_with.values(), timedelta()) == charge.late
            clock = next(one for one in replay(duty) if one.regime == charge.clock)
            end = min(clock.stopped or life.at, life.at)
            # Independent of who held it: all the time but that in which the clock stood, and all behind its end.
            due = next(one.due for one in read(duty.clocks, duty.opened_at) if one.regime == charge.clock)
            before = min(end, due or end)
            stood = [(pause.since, min(pause.until or end, end)) for pause in clock.pauses if pause.since < before]
            assert charge.ran == end - clock.start - sum((until - since for since, until in stood), timedelta())
            assert charge.late == (max(end - due, timedelta()) if due else timedelta())
