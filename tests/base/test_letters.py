"""Letters, digits, clean text and alphabetical order."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from takrim.base.persian import ascii_digits, clean_text, fold, persian_digits, sort_key
from tests.base import icu


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("علي كريمي", "علی کریمی"),
        ("مُدیر", "مدیر"),
        ("مدیــر", "مدیر"),
        ("ﻛﺎرﮔﺮ", "کارگر"),
        ("مسؤول", "مسوول"),
        ("مسئول", "مسوول"),
        ("خانۀ", "خانه"),
        ("می‌خواهم", "می خواهم"),
        ("۱۲٣4", "1234"),
        ("۱٬۲۵۰٬۰۰۰", "1250000"),
        ("  Alborz\n\tپاییز ", "alborz پاییز"),
        ("آب", "اب"),
        ("\u202eوارونه\u202c", "وارونه"),
        ("می\u00adخواهم", "می خواهم"),
    ],
)
def test_ways_of_typing_fold_to_one(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@given(st.text(alphabet="آابپتيىئكکهةۀ‌ ۰۱٢3,٬ـًُءؤ\u200f", max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_digits_of_three_alphabets() -> None:
    assert ascii_digits("۱۲٣4") == "1234"
    assert persian_digits("1234 کار") == "۱۲۳۴ کار"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("سلام\r\nدنیا\rپایان\u2028آخر", "سلام\nدنیا\nپایان\nآخر"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("\ufeff متن \u200f", "متن"),
        ("\u202eمتن\u202c \u2066x\u2069", "متن x"),
        ("می‌خواهم", "می‌خواهم"),
        ("ستون\tدوم", "ستون\tدوم"),
        ("👩‍👧 ❤️", "👩‍👧 ❤️"),
        ("\u200c \u200c", ""),
        ("x\ud800y", "xy"),
        ("bad \ufffd byte", "bad \ufffd byte"),
    ],
)
def test_a_text_is_cleaned_before_it_is_stored(typed: str, stored: str) -> None:
    assert clean_text(typed) == stored


@given(st.text())
def test_a_clean_text_is_clean_and_can_be_stored(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    clean.encode()
    assert "\x00" not in clean


def test_the_alphabet_is_persian() -> None:
    alphabet = list("آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")
    mixed = alphabet.copy()
    random.Random(3).shuffle(mixed)
    assert sorted(mixed, key=sort_key) == alphabet


def test_names_stand_as_in_a_directory() -> None:
    names = [
        "۱۲ فروردین", "آباده", "ابهر", "اداره کار قم", "اداره كار كرج", "اداره‌ها", "پاکدشت", "چالوس", "رأی", "رئیس",
        "ریاست", "ژاله", "قم", "کرج", "گرگان", "نظرآباد", "هشتگرد", "یزد", "Alborz", "qom",
    ]  # fmt: skip
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names
    assert all(sort_key(name).isdigit() for name in names)


def test_a_half_space_or_a_mark_does_not_move_a_name() -> None:
    assert sort_key("می‌خواهم") == sort_key("میخواهم")
    assert sort_key("مُدیر") == sort_key("مدیر")
    assert sort_key("علي") == sort_key("علی")


def test_the_order_is_that_of_icu() -> None:
    chance = random.Random(5)
    texts = [
        "".join(chance.choices("آاأئؤءبپتجچدرزژسشکگلمنوهی ‌۱۲ab", k=chance.randint(1, 6))).strip() for _ in range(3000)
    ]
    by_icu = icu.ask(
        """
        const collator = new Intl.Collator("fa", { sensitivity: "base" });
        return given.sort((a, b) => collator.compare(a, b) || (a < b ? -1 : 1));
        """,
        texts,
    )
    assert sorted(texts, key=lambda text: (sort_key(text), text)) == by_icu
