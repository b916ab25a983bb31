"""Decisions of issued minutes are handed to whoever follows decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from takrim.base.errors import InWords
from takrim.councils import adoption, source
from takrim.councils.adoption import Adopted
from takrim.councils.source import Asking, Risen, Source
from takrim.orgs.actor import Actor, system
from tests.people import NOW

DECISION = Adopted(
    key="minutes:1/1",
    body=1,
    meeting=1,
    unit_path="ir/alborz/",
    place=1,
    number="۱/ص/۱۴۰۵-۱",
    text="همه اداره‌ها شناسنامه خدمت را نصب کنند.",
    doers=("ir/alborz/nazarabad/",),
    due=None,
    proof="عکس",
)


@pytest.fixture(autouse=True)
def _nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adoption, "_taken", [])
    monkeypatch.setattr(source, "SOURCES", {})


def test_decisions_reach_whoever_takes_them_up() -> None:
    found: list[tuple[Sequence[Adopted], str, datetime]] = []

    def take(decisions: Sequence[Adopted], *, by: Actor, now: datetime) -> None:
        found.append((decisions, by.code, now))

    adoption.introduce(take)
    adoption.adopt([DECISION], by=system("test"), now=NOW)
    assert found == [([DECISION], "system:test", NOW)]


def test_a_decision_that_nobody_would_follow_is_not_issued() -> None:
    with pytest.raises(RuntimeError):
        adoption.adopt([DECISION], by=system("test"), now=NOW)


def test_minutes_without_decisions_need_nobody() -> None:
    adoption.adopt([], by=system("test"), now=NOW)


def _risen(key: str) -> Risen:
    return Risen(key=key, title=InWords("عنوان", "Title"), note=InWords("", ""))


def test_sources_speak_in_their_order_and_each_only_so_much() -> None:
    asking = Asking(body=1, meeting=1, unit_path="ir/alborz/", at=NOW)
    source.SOURCES["late"] = Source(
        title="b", place=20, most=1, find=lambda asking, now: [_risen("b:1"), _risen("b:2")]
    )
    source.SOURCES["last"] = Source(title="a", place=10, find=lambda asking, now: [_risen("a:1")])
    assert [(code, one.key) for code, one in source.risen(asking, NOW)] == [("last", "a:1"), ("late", "b:1")]
