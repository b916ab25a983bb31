"""Service cards have versions: the old one ends on the day the new one begins."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from takrim.base.workdays import BadLength
from takrim.cards import seed
from takrim.cards.actions import CardIncomplete, CardText, CardUnchanged, publish_version, subject_of
from takrim.cards.models import CardVersion
from takrim.cards.queries import card_on, valid_cards, versions_of
from takrim.journal.tell import timeline
from takrim.orgs.actor import Actor, NotAllowed, holder, system

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
OFFICE = system("test")
SAYS = CardText(title_fa="بیمه بیکاری", title_en="Unemployment insurance", promise="20 working_days")
FASTER = CardText(title_fa="بیمه بیکاری", title_en="Unemployment insurance", promise="10 working_days")


def test_a_new_version_begins_where_the_old_one_ends() -> None:
    publish_version(code="benefit", says=SAYS, since=date(2024, 3, 20), by=OFFICE, now=MONDAY)
    publish_version(code="benefit", says=FASTER, by=OFFICE, now=MONDAY)
    new, old = versions_of("benefit")
    assert (old.number, old.valid_until, new.number, new.valid_from) == (1, new.valid_from, 2, date(2026, 11, 23))
    assert card_on("benefit", date(2026, 11, 22)) == old
    assert card_on("benefit", date(2026, 11, 23)) == new


def test_a_second_change_on_one_day_holds_from_the_next() -> None:
    for says in (SAYS, FASTER):
        publish_version(code="benefit", says=says, by=OFFICE, now=MONDAY)
    assert [version.valid_from.day for version in versions_of("benefit")] == [24, 23]


def test_a_version_that_says_the_same_is_refused() -> None:
    publish_version(code="benefit", says=SAYS, by=OFFICE, now=MONDAY)
    with pytest.raises(CardUnchanged):
        publish_version(code="benefit", says=SAYS, by=OFFICE, now=MONDAY + timedelta(days=3))
    assert CardVersion.objects.count() == 1


def test_publishing_is_written_down_for_everybody_to_read() -> None:
    publish_version(code="benefit", says=SAYS, by=OFFICE, now=MONDAY)
    line = timeline(subject_of("benefit"), public_only=True)[0]
    assert (line.verb, line.facts["number"]) == ("card.published", 1)
    assert "benefit" in line.sentence


@pytest.mark.parametrize("by", [holder(), Actor(code="person:1", person_id=1, unit_path="ir/qom/")])
def test_only_who_may_edit_cards_publishes(by: Actor) -> None:
    with pytest.raises(NotAllowed):
        publish_version(code="benefit", says=SAYS, by=by, now=MONDAY)


def test_a_card_without_a_title_or_with_a_strange_promise_is_refused() -> None:
    with pytest.raises(CardIncomplete):
        publish_version(code="x", says=CardText(title_fa="بیمه", title_en=" ", promise="1 hour"), by=OFFICE, now=MONDAY)
    with pytest.raises(BadLength):
        publish_version(code="x", says=CardText(title_fa="ب", title_en="b", promise="soon"), by=OFFICE, now=MONDAY)


def _write(folder: Path, promise: str) -> None:
    fields = [
        'title = { fa = "کارت", en = "Card" }',
        f'promise = "{promise}"',
        'valid_from = "2024-03-20"',
        "visits = 1",
    ]
    (folder / "one-card.toml").write_text("\n".join(fields), encoding="utf-8")


def test_an_unchanged_file_adds_nothing_and_a_changed_one_a_version(tmp_path: Path) -> None:
    _write(tmp_path, "20 working_days")
    assert seed.seed(MONDAY, tmp_path) == 1
    assert seed.seed(MONDAY + timedelta(days=1), tmp_path) == 0
    _write(tmp_path, "15 working_days")
    assert seed.seed(MONDAY + timedelta(days=2), tmp_path) == 1
    assert [str(version.length) for version in versions_of("one-card")] == ["15 working days", "20 working days"]
    assert versions_of("one-card")[0].content == {"visits": 1}


def test_a_card_that_the_office_changed_is_left_alone(tmp_path: Path) -> None:
    _write(tmp_path, "20 working_days")
    seed.seed(MONDAY, tmp_path)
    publish_version(code="one-card", says=SAYS, by=OFFICE, now=MONDAY + timedelta(days=1))
    assert seed.seed(MONDAY + timedelta(days=2), tmp_path) == 0


def test_the_catalogue_is_at_least_fourteen_whole_cards() -> None:
    assert seed.seed(MONDAY) >= 14
    cards = valid_cards(date(2026, 11, 23))
    assert all(card.length for card in cards)
    assert all(card.content["steps"] and card.content["documents"] and card.content["laws"] for card in cards)
