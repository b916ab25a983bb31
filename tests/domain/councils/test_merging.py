"""Two secretaries on one text: both changes are kept where they touch different words."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from takrim.councils.merging import joined, merged

BASE = "اداره نظرآباد گزارش داد. بیمه بیکاری هفت روز طول می‌کشد.\nپیشنهاد شد مدارک کم شود."


def test_changes_in_different_places_come_together() -> None:
    mine = BASE.replace("هفت", "نُه")
    theirs = BASE.replace("کم شود", "یک‌جا گرفته شود")
    assert merged(BASE, mine, theirs) == BASE.replace("هفت", "نُه").replace("کم شود", "یک‌جا گرفته شود")


def test_the_order_of_the_two_does_not_matter() -> None:
    mine, theirs = BASE.replace("نظرآباد", "کرج"), BASE + "\nجلسه ادامه یافت."
    assert (
        merged(BASE, mine, theirs)
        == merged(BASE, theirs, mine)
        == BASE.replace("نظرآباد", "کرج") + "\nجلسه ادامه یافت."
    )


def test_the_same_words_changed_in_two_ways_are_for_a_person() -> None:
    assert merged(BASE, BASE.replace("هفت", "نُه"), BASE.replace("هفت", "ده")) is None


def test_two_who_go_on_at_the_same_end_are_for_a_person() -> None:
    assert merged(BASE, f"{BASE} الف", f"{BASE} ب") is None


def test_the_same_change_twice_is_one() -> None:
    changed = BASE.replace("هفت", "نُه")
    assert merged(BASE, changed, changed) == changed


@pytest.mark.parametrize("text", ["", "کلمه", BASE])
def test_who_changed_nothing_takes_the_other(text: str) -> None:
    assert merged(BASE, text, BASE) == text
    assert merged(BASE, BASE, text) == text


def test_both_texts_can_stand_one_below_the_other() -> None:
    assert joined("الف\n", " ب ") == "الف\nب"
    assert joined("", "ب") == "ب"


def _texts() -> Iterator[tuple[str, str, str]]:
    """Three texts of a few words each, the same on every run."""
    dice = Random(1405)
    for _time in range(300):
        base, mine, theirs = (" ".join(dice.choices("ابپتث", k=dice.randrange(12))) for _text in range(3))
        yield base, mine, theirs


def test_whatever_is_put_together_holds_the_words_of_both() -> None:
    for base, mine, theirs in _texts():
        found = merged(base, mine, theirs)
        if found is not None:
            new = (set(mine.split()) | set(theirs.split())) - set(base.split())
            assert new <= set(found.split())
        assert merged(base, theirs, mine) == found
