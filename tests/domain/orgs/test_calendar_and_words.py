"""Closed days count for the office that announced them and all below; pairs of words count for the search."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from pytest_django import DjangoAssertNumQueries

from takrim.base.errors import Refusal
from takrim.base.workdays import Length, NeverOpen
from takrim.cases import search
from takrim.journal.models import Entry
from takrim.orgs import calendars, stamps
from takrim.orgs.actions_calendar import AlreadyClosed, ReasonUnsaid, announce_closure, withdraw_closure
from takrim.orgs.actions_posts import DayHasPassed, OutsideYourOffice, Titles
from takrim.orgs.actions_words import PairKnown, WordsUnclear, add_search_word, drop_search_word
from takrim.orgs.actor import Actor, NotAllowed
from takrim.orgs.calendars import Change, calendar_of, read_week
from takrim.orgs.hours import (
    EndsBeforeStart,
    HoursOverlap,
    HoursUnclear,
    NoSuchHour,
    read_hours,
    read_spans,
    said,
)
from takrim.orgs.models import Closure, SearchWord, Unit, Week
from takrim.orgs.stamps import Kept, bump
from takrim.orgs.units import all_names, unit_name
from tests.people import MakeCase

SNOW = Titles(fa="برف سنگین", en="Heavy snow")
WEDNESDAY = date(2026, 11, 25)


def test_a_closed_day_is_not_counted_below_the_office(nima: Actor, units: dict[str, Unit], now: datetime) -> None:
    one_day = Length.parse("1 working_day")
    before = calendar_of("ir/alborz/karaj/").due(now, one_day)
    announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now)
    assert not calendar_of("ir/alborz/karaj/").is_open(WEDNESDAY)
    assert calendar_of("ir/alborz/karaj/").due(now, one_day) > before
    assert calendar_of("ir/qom/kahak/").due(now, one_day) == before
    assert calendar_of("ir/").is_open(WEDNESDAY)


def test_an_office_may_open_for_some_hours(nima: Actor, units: dict[str, Unit], now: datetime) -> None:
    closure = announce_closure(unit=units["karaj"], day=WEDNESDAY, hours="۱۰:۰۰ – 12:30", reason=SNOW, by=nima, now=now)
    assert closure.hours == "10:00-12:30"
    spans = calendar_of("ir/alborz/karaj/").open_spans(WEDNESDAY)
    assert [(span.start.hour, span.end.minute) for span in spans] == [(10, 30)]


def test_closed_all_day_above_wins_over_hours_below(nima: Actor, units: dict[str, Unit], now: datetime) -> None:
    announce_closure(unit=units["karaj"], day=WEDNESDAY, hours="10:00-12:00", reason=SNOW, by=nima, now=now)
    announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now)
    assert not calendar_of("ir/alborz/karaj/").is_open(WEDNESDAY)


@pytest.mark.parametrize(
    ("hours", "refusal"),
    [
        ("ten", HoursUnclear),
        ("10:00", HoursUnclear),
        ("-", HoursUnclear),
        ("12:00-10:00", EndsBeforeStart),
        ("10-10", EndsBeforeStart),
        ("25:00-26:00", NoSuchHour),
        ("08:00-10:75", NoSuchHour),
        ("08:00-11:00,10:00-12:00", HoursOverlap),
        ("20-24, 21-22", HoursOverlap),
    ],
)
def test_hours_that_cannot_be_read_are_refused(
    hours: str, refusal: type[Refusal], nima: Actor, units: dict[str, Unit], now: datetime
) -> None:
    with pytest.raises(refusal) as raised:
        announce_closure(unit=units["alborz"], day=WEDNESDAY, hours=hours, reason=SNOW, by=nima, now=now)
    assert "{" not in str(raised.value)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("۷:۳۰ تا ۱۲ ، ۱۳ تا ۱۵", "07:30-12:00,13:00-15:00"),
        ("13-15, 7:30 to 12:00", "07:30-12:00,13:00-15:00"),
        ("20:00–24:00", "20:00-24:00"),
        ("20:00-00:00", "20:00-24:00"),
        ("0-24", "00:00-24:00"),
    ],
)
def test_hours_are_kept_in_one_form(typed: str, kept: str) -> None:
    spans = read_hours(typed)
    assert said(spans) == kept
    assert read_spans(kept) == spans


def test_a_closure_is_announced_once_for_a_day_to_come_with_its_reason(
    nima: Actor, units: dict[str, Unit], now: datetime
) -> None:
    with pytest.raises(DayHasPassed):
        announce_closure(
            unit=units["alborz"], day=now.date() - timedelta(days=1), hours="", reason=SNOW, by=nima, now=now
        )
    with pytest.raises(ReasonUnsaid):
        announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=Titles(fa=" ", en=""), by=nima, now=now)
    announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=Titles(fa="برف", en=""), by=nima, now=now)
    with pytest.raises(AlreadyClosed):
        announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now)
    assert Closure.objects.get().reason_en == "برف", "better than nothing"


def test_closing_is_for_directors_of_the_place(reza: Actor, nima: Actor, units: dict[str, Unit], now: datetime) -> None:
    with pytest.raises(NotAllowed):
        announce_closure(unit=units["nazarabad"], day=WEDNESDAY, hours="", reason=SNOW, by=reza, now=now)
    for key in ("qom", "ministry"):
        with pytest.raises(OutsideYourOffice):
            announce_closure(unit=units[key], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now)


def test_a_withdrawn_closure_counts_again(nima: Actor, units: dict[str, Unit], now: datetime) -> None:
    closure = announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now)
    with pytest.raises(DayHasPassed):
        withdraw_closure(closure=closure, by=nima, now=now + timedelta(days=2))
    withdraw_closure(closure=closure, by=nima, now=now)
    withdraw_closure(closure=closure, by=nima, now=now)
    assert calendar_of("ir/alborz/karaj/").is_open(WEDNESDAY)
    assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == [
        "closure.announced", "closure.withdrawn",
    ]  # fmt: skip
    assert announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now).pk


def test_whoever_counts_with_a_calendar_is_told_that_it_changed(
    nima: Actor, units: dict[str, Unit], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str, date, bool]] = []

    def follow(*, path: str, since: date, change: Change, by: Actor, now: datetime) -> None:
        told.append((change.verb, path, since, calendar_of(path).is_open(since)))

    monkeypatch.setattr(calendars, "followers", [follow])
    closure = announce_closure(unit=units["alborz"], day=WEDNESDAY, hours="", reason=SNOW, by=nima, now=now)
    withdraw_closure(closure=closure, by=nima, now=now)
    assert told == [
        ("closure.announced", "ir/alborz/", WEDNESDAY, False),
        ("closure.withdrawn", "ir/alborz/", WEDNESDAY, True),
    ]


def test_a_week_that_never_opens_is_told(units: dict[str, Unit], now: datetime) -> None:
    Week.objects.create(path="ir/", since=date(1950, 1, 1), hours="")
    bump("calendar")
    with pytest.raises(NeverOpen):
        calendar_of("ir/").due(now, Length.parse("1 working_day"))


def test_a_week_is_read_as_it_is_written() -> None:
    week = read_week("sat=07:30-12:00,13:00-15:00 sun= mon=07:30-14:30")
    assert [len(week.spans.get(day, ())) for day in (5, 6, 0, 1)] == [2, 0, 1, 0]


def test_two_words_become_the_same_for_the_search(
    make_case: MakeCase, nima: Actor, units: dict[str, Unit], now: datetime
) -> None:
    case = make_case(text="اخراج از کارخانه نساجی")
    unit = units["nazarabad"].pk
    assert not search.find("ریسندگی", unit_id=unit, limit=5)
    pair = add_search_word(word="ریسندگی", same_as="نساجی", by=nima, now=now)
    assert search.find("ریسندگی", unit_id=unit, limit=5)[0][1] == case.pk
    drop_search_word(pair=pair, by=nima, now=now)
    assert not search.find("ریسندگی", unit_id=unit, limit=5)
    assert not SearchWord.objects.exists()


@pytest.mark.parametrize(
    ("word", "same_as"), [("", "نساجی"), ("نساجی", "نساجی"), ("نساجي", "نساجی"), ("!!", "؟"), ("آ" * 61, "ب")]
)
def test_a_pair_is_two_different_words(word: str, same_as: str, nima: Actor, now: datetime) -> None:
    with pytest.raises(WordsUnclear):
        add_search_word(word=word, same_as=same_as, by=nima, now=now)


def test_a_pair_is_added_once_in_either_order_by_who_may(nima: Actor, reza: Actor, now: datetime) -> None:
    add_search_word(word="ریسندگی", same_as="نساجی", by=nima, now=now)
    with pytest.raises(PairKnown):
        add_search_word(word="نساجی", same_as="ریسندگی", by=nima, now=now)
    with pytest.raises(NotAllowed):
        add_search_word(word="کارگاه", same_as="کارخانه", by=reza, now=now)


def test_names_of_offices_are_at_hand_without_a_query(
    units: dict[str, Unit], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    all_names()
    with django_assert_num_queries(0):
        assert unit_name("ir/alborz/karaj/", "fa") == "اداره شهرستان کرج"
        assert unit_name("ir/alborz/karaj/", "en") == "Office of Karaj"
        assert unit_name("ir/nowhere/", "fa") == "ir/nowhere/"


def test_what_is_kept_is_made_again_when_its_stamp_moves(db: None) -> None:
    made = count(1)
    kept: Kept[int] = Kept("tests", lambda: next(made))
    assert (kept.get(), kept.get()) == (1, 1)
    bump("tests")
    assert kept.get() == 2
    stamps._all.remove(kept)
