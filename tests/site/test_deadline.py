"""`takrim deadline`: the end of a time, by the office's own calendar, with the reason for each day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from takrim.orgs.actions_calendar import announce_closure
from takrim.orgs.actions_posts import Titles
from takrim.orgs.actor import Actor
from takrim.orgs.models import Unit
from takrim.site.cli import main
from tests.people import NOW

pytestmark = pytest.mark.django_db
ASK = ["deadline", "--unit", "ir/alborz/nazarabad", "--from", "1405/09/03 10:00", "--length"]


@pytest.fixture
def closed(units: dict[str, Unit], nima: Actor) -> None:
    """Nazarabad is closed on Wednesday, 4 Azar."""
    reason = Titles(fa="آلودگی هوا", en="Air pollution")
    announce_closure(unit=units["nazarabad"], day=date(2026, 11, 25), hours="", reason=reason, by=nima, now=NOW)


def asked(capsys: pytest.CaptureFixture[str], *more: str) -> str:
    assert main([*ASK, *more]) == 0
    return capsys.readouterr().out


def test_the_end_moves_with_a_closure_and_says_why(closed: None, capsys: pytest.CaptureFixture[str]) -> None:
    said = asked(capsys, "2 working days", "--explain", "--lang", "en")
    assert "Air pollution: closed, not counted." in said
    assert "آلودگی هوا" in asked(capsys, "۲ روز کاری", "--explain", "--lang", "fa")


def test_a_closure_costs_a_working_day(units: dict[str, Unit], nima: Actor, capsys: pytest.CaptureFixture[str]) -> None:
    before = json.loads(asked(capsys, "2 working days", "--format", "json"))
    reason = Titles(fa="آلودگی هوا", en="Air pollution")
    announce_closure(unit=units["nazarabad"], day=date(2026, 11, 25), hours="", reason=reason, by=nima, now=NOW)
    after = json.loads(asked(capsys, "2 working days", "--format", "json", "--explain"))
    assert before["due"] < after["due"]
    assert "steps" not in before
    assert [step["kind"] for step in after["steps"]].count("counted") == 2


def test_the_law_names_its_articles(units: dict[str, Unit], capsys: pytest.CaptureFixture[str]) -> None:
    plain = asked(capsys, "10 calendar days", "--explain", "--lang", "en")
    legal = asked(capsys, "10 calendar days", "--explain", "--lang", "en", "--counting", "legal")
    assert "445" in legal
    assert "445" not in plain


@pytest.mark.parametrize("wrong", [["--unit", "ir/nowhere/"], ["--length", "ten days"]])
def test_what_cannot_be_counted_is_said(
    units: dict[str, Unit], capsys: pytest.CaptureFixture[str], wrong: list[str]
) -> None:
    assert main([*ASK, "10 working days", *wrong]) == 1
    assert capsys.readouterr().err


def test_each_day_says_how_far_the_count_has_come(units: dict[str, Unit], capsys: pytest.CaptureFixture[str]) -> None:
    persian = asked(capsys, "۹ ساعت اداری", "--explain", "--lang", "fa").splitlines()
    english = asked(capsys, "9 working hours", "--explain", "--lang", "en").splitlines()
    assert "سه‌شنبه ۳ آذر ۱۴۰۵: شمرده می‌شود. تا اینجا ۴٫۵۰." in persian
    assert "Tuesday 3 Azar 1405: Counted. 4.50 so far." in english
    assert "9 so far." in english[-2]


def test_programs_get_moments_in_iso_by_the_clock_of_tehran(
    units: dict[str, Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    told = json.loads(asked(capsys, "24 hours", "--format", "json"))
    assert (told["from"], told["due"]) == ("2026-11-24T10:00:00+03:30", "2026-11-25T10:00:00+03:30")
