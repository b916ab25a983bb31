"""The checklists of the house are whole: both languages, known services and kinds, something required."""

from __future__ import annotations

import pytest

from takrim.cards.seed import CATALOGUE as CARDS
from takrim.cases.kind import KINDS
from takrim.checklists.checklist import Checklist, checklist_for, checklists

ALL = list(checklists().values())


@pytest.mark.parametrize("one", ALL, ids=[one.code for one in ALL])
def test_a_checklist_is_whole(one: Checklist) -> None:
    texts = [one.title, *(item.text for item in one.items)]
    assert all(text.fa and text.en and text.fa != text.en for text in texts)
    codes = [item.code for item in one.items]
    assert len(set(codes)) == len(codes)
    assert any(item.required for item in one.items)
    assert one.cards or one.kinds


def test_it_names_services_and_kinds_that_are_there() -> None:
    cards = {path.stem for path in CARDS.glob("*.toml")}
    assert {card for one in ALL for card in one.cards} <= cards
    assert {kind for one in ALL for kind in one.kinds} <= set(KINDS.items)


def test_no_service_or_kind_has_two() -> None:
    named = [name for one in ALL for name in (*one.cards, *one.kinds)]
    assert len(set(named)) == len(named)


def test_the_list_of_the_service_comes_before_that_of_the_kind() -> None:
    assert checklist_for("labour-inspection", "suggestion").code == "labour-inspection"
    assert checklist_for("", "suggestion").code == "suggestion"
    assert checklist_for("worker-sport", "suggestion").code == "suggestion"
    assert checklist_for("", "complaint") is None
