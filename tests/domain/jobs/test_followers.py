"""A worker lets each follower of the journal read on; a follower that fails holds up no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from takrim.base import clock
from takrim.cases.models import Case
from takrim.journal.follow import FOLLOWERS, behind
from takrim.journal.models import Bookmark, Entry
from takrim.site.worker import Followers
from takrim.tasks import actions_clock
from tests.people import MakeCase


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The verbs that one follower has read, in order; it is the only follower there is."""
    verbs: list[str] = []

    def handle(entries: Sequence[Entry]) -> None:
        verbs.extend(entry.verb for entry in entries)

    kept = dict(FOLLOWERS)
    FOLLOWERS.clear()
    FOLLOWERS["listener"] = handle
    yield verbs
    FOLLOWERS.clear()
    FOLLOWERS.update(kept)


def test_what_happens_is_read_once(case: Case, read: list[str]) -> None:
    followers = Followers("a")
    assert followers.step() > 0
    seen = list(read)
    assert "case.received" in seen
    assert followers.step() == 0
    assert Followers("a").step() == 0
    assert read == seen


def test_looking_for_news_costs_one_query(
    case: Case, read: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    followers = Followers("a")
    while followers.step():
        pass
    with django_assert_num_queries(1):
        followers.step()


def test_one_worker_at_a_time_reads_for_a_follower(case: Case, read: list[str]) -> None:
    actions_clock.take(name="follow:listener", worker="b", now=clock.now(), length=timedelta(minutes=1))
    assert Followers("a").step() == 0
    assert Followers("b").step() > 0


def test_a_follower_that_fails_waits_and_others_go_on(
    make_case: MakeCase, read: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    def handle(entries: Sequence[Entry]) -> None:
        raise ValueError("Zahra's telephone")

    FOLLOWERS["broken"] = handle
    make_case()
    followers = Followers("a")
    followers.step()
    followers.step()
    assert read
    assert caplog.text.count("Follower broken stopped") == 1
    assert "Zahra" not in caplog.text
    assert not Bookmark.objects.filter(reader="broken", seq__gt=0).exists()
    assert behind()["broken"] > 0
    assert behind()["listener"] == 0
