"""Guessing where a text belongs from texts whose place is known."""

from __future__ import annotations

import pytest

from takrim.base.guess import BUCKETS, learned, measure, runs_of, unpacked

WAGES = ["حقوق سه ماه پرداخت نشده است", "کارفرما دستمزد نمی‌دهد", "مزد و عیدی ما را نداده‌اند", "حقوق معوق کارگران"]
LOANS = ["وام خوداشتغالی می‌خواهم", "تسهیلات مشاغل خانگی", "درخواست وام اشتغال روستایی", "تسهیلات بانکی برای کارگاه"]
EXAMPLES = [(runs_of(text), "wages") for text in WAGES] + [(runs_of(text), "loans") for text in LOANS]


@pytest.mark.parametrize(
    ("text", "place"), [("دستمزد ماه پیش پرداخت نشد", "wages"), ("برای اشتغال وام بدهید", "loans"), ("", "loans")]
)
def test_a_text_is_put_where_texts_like_it_were(text: str, place: str) -> None:
    assert learned(EXAMPLES).ranked(runs_of(text))[0] == place


def test_two_ways_of_typing_are_one() -> None:
    assert runs_of("كارفرماي ما") == runs_of("کارفرمای  ما")
    assert runs_of("می‌دهد") == runs_of("می دهد")


def test_what_is_kept_says_the_same_and_holds_no_text() -> None:
    guesser = learned(EXAMPLES)
    kept = guesser.packed()
    assert unpacked(kept) == guesser
    assert "حقوق".encode() not in kept
    assert all(len(row) == BUCKETS for row in guesser.weights)


def test_hits_are_counted_in_texts_that_were_not_read() -> None:
    tested = [(runs_of("پرداخت حقوق"), "wages"), (runs_of("تسهیلات"), "loans"), (runs_of("وام"), "elsewhere")]
    measured = measure(learned(EXAMPLES), tested)
    assert (measured.tested, measured.first, measured.among_three) == (3, 2, 2)


def test_who_has_read_nothing_guesses_nothing() -> None:
    assert learned([]).ranked(runs_of("هر چه")) == []
