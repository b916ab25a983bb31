"""The journal: written once, in order, chained per province; told, followed, and found out when it was changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from string import Formatter
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from takrim.base import words
from takrim.journal.event import EVENTS, Event, sentence_of
from takrim.journal.follow import FOLLOWERS, catch_up, follow, follow_chain, follower, rewind
from takrim.journal.models import Bookmark, Entry, Look, Tail
from takrim.journal.record import looked, record
from takrim.journal.tell import timeline
from takrim.journal.verify import ChainReport, verify
from takrim.orgs.actor import Actor, system

SYSTEM = system("tests")


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    verb = "tests.happened"
    sentence = _("{unit} owes this until {due}.")
    public = True
    unit: str
    due: datetime | None = None
    number: int = 0


def write(unit: str = "ir/alborz/karaj/", *, on: str = "05", at: datetime | None = None, number: int = 0) -> Entry:
    moment = at or datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
    with transaction.atomic():
        return record(Happened(unit=unit, number=number), on=on, unit_path=unit, by=SYSTEM, at=moment)


@pytest.fixture(autouse=True)
def _database(db: None) -> None:
    """Every test here writes."""


def test_entries_are_numbered_and_chained_per_province() -> None:
    written = [write(), write("ir/qom/"), write("ir/alborz/"), write("ir/")]
    assert [(entry.chain, entry.seq) for entry in written] == [
        ("ir/alborz/", 1), ("ir/qom/", 1), ("ir/alborz/", 2), ("ir/", 1),
    ]  # fmt: skip
    tail = Tail.objects.get(chain="ir/alborz/")
    assert (tail.seq, bytes(tail.hash)) == (2, bytes(written[2].hash))


def test_the_chains_hold_and_are_reported() -> None:
    for number in range(5):
        write(number=number)
        write("ir/qom/", number=number)
    assert sorted(verify(), key=lambda report: report.chain) == [
        ChainReport("ir/alborz/", 5),
        ChainReport("ir/qom/", 5),
    ]
    assert [report.chain for report in verify(["ir/qom/"])] == ["ir/qom/"]


def test_an_event_is_recorded_inside_its_deed_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as outside:
        outside.setattr("takrim.journal.record.connection", SimpleNamespace(in_atomic_block=False))
        with pytest.raises(RuntimeError):
            record(Happened(unit="ir/"), on="05", unit_path="ir/", by=SYSTEM, at=datetime.now(UTC))
    assert not Entry.objects.exists()


def test_a_deed_that_fails_leaves_no_entry_and_no_gap() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(Happened(unit="ir/alborz/"), on="05", unit_path="ir/alborz/", by=SYSTEM, at=datetime.now(UTC))
        raise ZeroDivisionError
    write()
    assert list(verify()) == [ChainReport("ir/alborz/", 1)]


def test_nothing_is_changed_or_deleted_through_the_models() -> None:
    write()
    for manager in (Entry.objects, Look.objects):
        with pytest.raises(TypeError):
            manager.all().delete()
        with pytest.raises(TypeError):
            manager.update(at=datetime.now(UTC))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET actor_name = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_look SET page = 'x'",
        "DELETE FROM journal_look",
    ],
)
def test_nor_beneath_them(statement: str, sara: Actor) -> None:
    write()
    looked(at=datetime.now(UTC), by=sara, subject="05", page="case")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def by_force(on_postgresql: bool) -> Iterator[None]:
    """As somebody with the database's own password could: without the triggers."""
    with connection.cursor() as cursor:
        if on_postgresql:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'")
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    yield


@pytest.mark.parametrize(
    ("statement", "broken_at", "why"),
    [
        ('UPDATE journal_entry SET facts = \'{"unit": "ir/qom/"}\' WHERE seq = 3', 3, "changed"),
        ("UPDATE journal_entry SET actor_name = 'x' WHERE seq = 2", 2, "changed"),
        ("DELETE FROM journal_entry WHERE seq = 4", 4, "missing"),
        ("DELETE FROM journal_entry WHERE seq = 5", 5, "cut"),
        ("DELETE FROM journal_tail", 1, "no tail"),
    ],
)
def test_what_was_changed_by_force_is_found_at_its_place(
    statement: str, broken_at: int, why: str, by_force: None
) -> None:
    for number in range(5):
        write(number=number)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    report = next(iter(verify()))
    assert (report.broken_at, report.why) == (broken_at, why)


def test_a_story_is_told_in_the_language_of_the_reader(units: object) -> None:
    write(on="07")
    with translation.override("fa"):
        (line,) = timeline("07")
        assert "اداره شهرستان کرج" in line.sentence
    with translation.override("en"):
        (line,) = timeline("07")
        assert line.sentence.startswith("Office of Karaj owes this until")


def test_the_person_is_told_only_what_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    write(on="07")
    assert len(timeline("07", public_only=True)) == 1
    monkeypatch.setattr(Happened, "public", False)
    assert timeline("07", public_only=True) == []
    assert len(timeline("07")) == 1


def test_a_verb_that_is_no_longer_known_is_still_told() -> None:
    write(on="07")
    event = EVENTS.pop("tests.happened")
    try:
        assert timeline("07")[0].sentence == "tests.happened"
    finally:
        EVENTS["tests.happened"] = event


def test_two_events_never_share_a_verb() -> None:
    with pytest.raises(TypeError):

        class Other(Event):
            verb = "tests.happened"
            sentence = ""


def test_moments_are_facts_in_universal_time() -> None:
    tehran = datetime.fromisoformat("2026-11-24T10:00:00+03:30")
    assert Happened(unit="ir/", due=tehran).facts() == {
        "unit": "ir/", "due": "2026-11-24T06:30:00+00:00", "number": 0,
    }  # fmt: skip


def test_every_event_has_a_sentence_that_its_facts_fill() -> None:
    for verb, event in EVENTS.items():
        assert isinstance(verb, str)
        names = {name for _text, name, _form, _turn in Formatter().parse(str(event.sentence)) if name}
        assert names <= set(event.__dataclass_fields__), verb


def test_a_period_is_told_by_its_name() -> None:
    def said(period: str) -> str:
        facts = {"period": period, "offices": 2, "number": 1}
        return sentence_of("directive.period_opened", facts, unit_name=str, moment=str, number=str)

    with translation.override("fa"):
        assert "مهر ۱۴۰۵" in said("1405-07")
        assert "once" in said("once"), "what is no period stays as it is"
    with translation.override("en"):
        assert "Autumn 1405" in said("1405-s3")


def test_what_is_counted_stands_with_its_noun() -> None:
    """One item, two items; and the number in the digits of the language."""
    counted = [(event, name) for event in EVENTS.values() for name in event.counted]
    assert len(counted) > 5
    for event, name in counted:
        assert event.__dataclass_fields__[name].type == "int", event.verb

        def said(lang: str, many: int, verb: str = event.verb, name: str = name) -> str:
            with translation.override(lang):
                return sentence_of(
                    verb, {name: many}, unit_name=str, moment=str, number=lambda value: words.number(value, lang)
                )

        one, two = said("en", 1), said("en", 2)
        assert one.replace("1", "2") != two
        assert "۲" in said("fa", 2)


@pytest.fixture
def read() -> Iterator[list[int]]:
    """A follower that remembers what it was given."""
    seen: list[int] = []

    @follower("tests")
    def handle(entries: Sequence[Entry]) -> None:
        seen.extend(entry.facts["number"] for entry in entries)
        if 13 in seen:
            seen.clear()
            raise ValueError("the follower stumbled")

    yield seen
    FOLLOWERS.pop("tests")


def test_a_follower_reads_on_from_its_bookmark(read: list[int]) -> None:
    for number in range(5):
        write(number=number)
    assert (follow("tests", limit=3), read) == (3, [0, 1, 2])
    assert catch_up("tests", limit=3) == 2
    write(number=5)
    assert (catch_up("tests"), read) == (1, [0, 1, 2, 3, 4, 5])
    assert follow("tests") == 0


def test_a_follower_that_stumbles_reads_the_batch_again(read: list[int]) -> None:
    write(number=1)
    write(number=13)
    with pytest.raises(ValueError, match="stumbled"), transaction.atomic():
        follow("tests")
    assert not Bookmark.objects.filter(seq__gt=0).exists()


def test_a_follower_that_is_rewound_reads_everything_again(read: list[int]) -> None:
    write(number=1)
    catch_up("tests")
    rewind("tests")
    assert (catch_up("tests"), read) == (1, [1, 1])


def test_two_readers_at_once_give_a_batch_once(read: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process has moved the bookmark between our look and our step."""
    write(number=1)
    Bookmark.objects.create(reader="tests", chain="ir/alborz/", seq=0)
    real = Bookmark.objects.get_or_create

    def stale(**wanted: Any) -> object:
        found = real(**wanted)
        Bookmark.objects.filter(pk=found[0].pk).update(seq=1)
        return found

    monkeypatch.setattr(Bookmark.objects, "get_or_create", stale)
    assert follow_chain("tests", FOLLOWERS["tests"], "ir/alborz/", 10) == 0
    assert read == []


def test_a_look_is_written_with_who_and_where(sara: Actor) -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    looked(at=at, by=sara, subject="05", page="case")
    look = Look.objects.get()
    assert (look.at, look.actor, look.unit_path, look.subject, look.page) == (
        at, sara.code, "ir/alborz/", "05", "case",
    )  # fmt: skip


def test_order_is_that_of_writing_whatever_the_times_say() -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    write(at=at)
    write(at=at - timedelta(days=300))
    assert list(verify()) == [ChainReport("ir/alborz/", 2)]
