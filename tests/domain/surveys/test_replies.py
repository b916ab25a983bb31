"""What an SMS means that answers a survey: digits and words of three languages, and nothing guessed."""

from __future__ import annotations

import pytest

from takrim.surveys.replies import LONGEST, meant

MARKS = {
    "5": 5, "۵": 5, "٥": 5, "５": 5, "5️⃣": 5, " ۴ ": 4, "۳.": 3, "2!": 2, "۱\n": 1, "05482": None,
    "پنج": 5, "چهار": 4, "چار": 4, "سه": 3, "دو": 2, "یک": 1, "يك": 1, "خمسة": 5, "أربعة": 4, "ثلاثة": 3, "اثنين": 2,
    "واحد": 1, "Five": 5, "four": 4, "THREE": 3, "two": 2, "one": 1,
    "نمره ۵": 5, "نمره‌ی من ۴ است": None, "۵ ستاره": 5, "۴ از ۵": 4, "4/5": 4, "5 out of 5": 5, "سلام ۵ ممنون": 5,
    "5 خیلی خوب بود": 5, "۱ خیلی بد بود": 1, "۱ خوب نبود": 1, "عالی": 5, "خیلی خوب": 5, "متوسط": 3,
    "خیلی بد": 1, "بد نبود": 3,
    "very good": 5, "5 5": 5,
    # What says two things, or something else.
    "": None, "سلام": None, "۱ یا ۲": None, "2-3": None, "10": None, "0": None, "6": None, "۲ بار آمدم": None,
    "۵ خیلی بد بود": None, "1 عالی": None, "۴.۵": None, "09121234567": None, "لغو": None, "👍": None,
    "15": None, "4 5": None,
}  # fmt: skip


@pytest.mark.parametrize(("text", "mark"), MARKS.items())
def test_a_mark_is_understood_or_not_guessed(text: str, mark: int | None) -> None:
    found = meant(text)
    assert (found.mark if found else None) == mark


@pytest.mark.parametrize(
    "text", ["۵\nخانم کارشناس بسیار دقیق بود", "5- خانم کارشناس بسیار دقیق بود", "پنج: خانم کارشناس بسیار دقیق بود"]
)
def test_words_behind_a_mark_are_a_comment(text: str) -> None:
    found = meant(text)
    assert found is not None
    assert (found.mark, found.comment) == (5, "خانم کارشناس بسیار دقیق بود")


def test_a_comment_that_says_the_opposite_is_no_mark() -> None:
    assert meant("۵\nخیلی بد بود") is None
    assert meant("1: excellent") is None


def test_a_flood_of_letters_is_read_no_further() -> None:
    found = meant("۵\n" + "آ" * 10_000)
    assert found is not None
    assert len(found.comment) <= LONGEST
