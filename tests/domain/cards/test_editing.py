"""Changing a card: drafts, differences, publishing from a day, withdrawing, a province's own version."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from takrim.base.differing import Part, compared
from takrim.cards import actions_edit as edit
from takrim.cards.actions import CardText, CardUnchanged, CardWrong, publish_version
from takrim.cards.actions_edit import Seen
from takrim.cards.differences import differences
from takrim.cards.models import CardDraft, CardVersion
from takrim.cards.queries import card_on, find_cards, versions_of
from takrim.cards.seed import seed
from takrim.duties.models import Duty
from takrim.journal.models import Entry
from takrim.orgs.actor import Actor, NotAllowed
from tests.people import NOW, MakeCase

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("units")]

TODAY = date(2026, 11, 24)
TOMORROW = TODAY + timedelta(days=1)
CODE = "unemployment-insurance"
ALBORZ, QOM = "ir/alborz/nazarabad/", "ir/qom/"


def says(time: str = "20 working days", **content: Any) -> CardText:
    return CardText(title_fa="بیمه بیکاری", title_en="Unemployment insurance", promise=time, content=content)


def promise(on: date, place: str = "") -> str:
    found = card_on(CODE, on, place)
    return found.promise if found else ""


def keep(by: Actor, text: CardText, *, draft: int = 0, version: int = 1) -> CardDraft:
    return edit.keep_draft(code=CODE, says=text, seen=Seen(draft, version), by=by, now=NOW)


def publish(by: Actor, text: CardText, since: date = TODAY, version: int = 1) -> CardVersion:
    keep(by, text, version=version)
    return edit.publish_draft(code=CODE, seen=Seen(1, version), since=since, by=by, now=NOW)


@pytest.fixture(autouse=True)
def _national(card: CardVersion) -> None:
    """The ministry's version promises ten working days."""


def test_what_a_province_publishes_holds_there_alone(nima: Actor) -> None:
    own = publish(nima, says())
    assert own.path == "ir/alborz/"
    assert [promise(TODAY, place) for place in (ALBORZ, QOM, "")] == [
        "20 working days",
        "10 working_days",
        "10 working_days",
    ]
    assert [found.card for found in find_cards("بیکاری", on=TODAY, place=ALBORZ)] == [own]
    assert [one.number for one in versions_of(CODE, "ir/alborz/")] == [2, 1]
    assert [one.number for one in versions_of(CODE, "ir/qom/")] == [1]


def test_what_the_ministry_publishes_ends_its_version_and_no_provinces(nima: Actor, tara: Actor) -> None:
    publish(nima, says())
    publish(tara, says("5 working days"), TOMORROW)
    assert promise(TODAY) == "10 working_days"
    assert promise(TOMORROW) == "5 working days"
    assert promise(TOMORROW, ALBORZ) == "20 working days"


def test_a_matter_keeps_its_version_and_its_date(nima: Actor, make_case: MakeCase, card: CardVersion) -> None:
    case = make_case(card=card_on(CODE, TODAY, ALBORZ))
    due = Duty.objects.get(about=case.code).due_at
    publish(nima, says("1 working days"))
    case.refresh_from_db()
    assert case.card == card
    assert Duty.objects.get(about=case.code).due_at == due
    assert make_case(card=card_on(CODE, TODAY, ALBORZ)).card != card


def test_the_second_of_two_editors_is_told(nima: Actor) -> None:
    keep(nima, says())
    with pytest.raises(edit.DraftMovedOn):
        keep(nima, says("30 working days"))
    keep(nima, says("30 working days"), draft=1)
    with pytest.raises(edit.DraftMovedOn):
        keep(nima, says("40 working days"), draft=1)
    with pytest.raises(edit.DraftMovedOn):
        edit.publish_draft(code=CODE, seen=Seen(1, 1), since=TODAY, by=nima, now=NOW)
    assert edit.text_of(CardDraft.objects.get()).promise == "30 working days"


def test_a_draft_beside_an_older_version_is_neither_kept_nor_published(nima: Actor, tara: Actor) -> None:
    keep(nima, says())
    publish(tara, says("5 working days"))
    with pytest.raises(edit.VersionMovedOn):
        edit.publish_draft(code=CODE, seen=Seen(1, 1), since=TODAY, by=nima, now=NOW)
    with pytest.raises(edit.VersionMovedOn):
        keep(nima, says(), draft=1)
    keep(nima, says(), draft=1, version=2)
    assert edit.publish_draft(code=CODE, seen=Seen(2, 2), since=TODAY, by=nima, now=NOW).number == 3


def test_no_day_that_is_past_and_one_change_a_day(nima: Actor) -> None:
    keep(nima, says())
    with pytest.raises(edit.DayPast):
        edit.publish_draft(code=CODE, seen=Seen(1, 1), since=TODAY - timedelta(days=1), by=nima, now=NOW)
    edit.publish_draft(code=CODE, seen=Seen(1, 1), since=TOMORROW, by=nima, now=NOW)
    with pytest.raises(edit.NoDraft):
        edit.publish_draft(code=CODE, seen=Seen(1, 1), since=TOMORROW, by=nima, now=NOW)
    with pytest.raises(edit.DayTaken):
        publish(nima, says("3 working days"), TOMORROW, version=2)


def test_what_says_the_same_as_the_ministry_is_not_published(nima: Actor, card: CardVersion) -> None:
    with pytest.raises(CardUnchanged):
        publish(nima, CardText.of(card))
    assert CardDraft.objects.count() == 1


def test_withdrawing_what_holds_ends_it_with_the_day(nima: Actor, card: CardVersion) -> None:
    own = publish(nima, says())
    edit.withdraw_version(version=own, by=nima, now=NOW)
    assert card_on(CODE, TODAY, ALBORZ) == own
    assert card_on(CODE, TOMORROW, ALBORZ) == card
    with pytest.raises(edit.CannotWithdraw):
        edit.withdraw_version(version=own, by=nima, now=NOW)
    assert publish(nima, says("7 working days"), TOMORROW, version=2).valid_from == TOMORROW


def test_withdrawing_what_is_to_come_lets_the_one_before_go_on(tara: Actor, card: CardVersion) -> None:
    coming = publish(tara, says(), TOMORROW)
    card.refresh_from_db()
    with pytest.raises(edit.CannotWithdraw):
        edit.withdraw_version(version=card, by=tara, now=NOW)
    edit.withdraw_version(version=coming, by=tara, now=NOW)
    assert card_on(CODE, TOMORROW) == card
    assert versions_of(CODE) == [card]


def test_what_the_ministry_withdrew_is_not_seeded_again(tara: Actor) -> None:
    seed(NOW)
    version = card_on("worker-sport", TODAY)
    assert version is not None
    edit.withdraw_version(version=version, by=tara, now=NOW)
    assert seed(NOW + timedelta(days=2)) == 0
    assert card_on("worker-sport", TOMORROW) is None


def test_each_changes_only_what_is_theirs(nima: Actor, omid: Actor, reza: Actor, card: CardVersion) -> None:
    own = publish(nima, says())
    for version in (own, card):
        with pytest.raises((edit.CannotWithdraw, NotAllowed)):
            edit.withdraw_version(version=version, by=omid, now=NOW)
    with pytest.raises(NotAllowed):
        keep(reza, says())


def test_what_happened_is_in_the_journal(nima: Actor) -> None:
    own = publish(nima, says())
    edit.withdraw_version(version=own, by=nima, now=NOW)
    keep(nima, says("2 working days"), version=2)
    edit.drop_draft(code=CODE, seen=Seen(1, 2), by=nima, now=NOW)
    verbs = list(Entry.objects.filter(subject=f"card:{CODE}").order_by("id").values_list("verb", flat=True))
    assert verbs == ["card.drafted", "card.published", "card.withdrawn", "card.drafted", "card.draft_dropped"]


def test_a_new_card_has_a_code_of_its_own(nima: Actor) -> None:
    for wrong in ("Work Permit", "کد", "-x", ""):
        with pytest.raises(edit.BadCode):
            edit.check_new(wrong, "ir/alborz/")
    with pytest.raises(edit.CodeTaken):
        edit.check_new(CODE, "ir/alborz/")
    edit.check_new("home-jobs", "ir/alborz/")
    edit.keep_draft(code="home-jobs", says=says(), seen=Seen(0, 0), by=nima, now=NOW)
    with pytest.raises(edit.CodeTaken):
        edit.check_new("home-jobs", "ir/alborz/")


def test_a_draft_with_wrong_fields_is_not_kept(nima: Actor) -> None:
    with pytest.raises(CardWrong, match=r"steps\[0\]"):
        keep(nima, says(steps=[{"fa": "گام"}]))


def test_publishing_by_hand_and_by_file_share_the_rules(nima: Actor) -> None:
    assert publish_version(code=CODE, says=says(), by=nima, now=NOW).path == "ir/alborz/"


def test_a_difference_names_the_words_that_go_and_come() -> None:
    old = says("10 working days", visits=1, documents=[{"fa": "شناسنامه و عکس", "en": "Identity card and photo"}])
    new = says("10 working days", visits=2, documents=[{"fa": "کارت ملی و عکس", "en": "Identity card and photo"}])
    found = {(one.field, one.lang): one.parts for one in differences(old, new)}
    assert set(found) == {("documents", "fa"), ("visits", "")}
    assert found["documents", "fa"] == (
        (Part.OUT, "شناسنامه "),
        (Part.IN, "کارت ملی "),
        (Part.SAME, "و عکس"),
    )
    assert {(one.field, one.lang) for one in differences(None, old)} >= {("title", "fa"), ("promise", "")}
    assert differences(old, old) == []


def test_both_texts_can_be_read_from_the_parts() -> None:
    parts = list(compared("یک دو سه", "یک چهار سه پنج"))
    assert "".join(text for part, text in parts if part is not Part.IN) == "یک دو سه"
    assert "".join(text for part, text in parts if part is not Part.OUT) == "یک چهار سه پنج"
