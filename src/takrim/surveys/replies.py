"""What somebody means who answers a survey by SMS: one mark from 1 to 5, in digits or words of three languages."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from takrim.base.persian import clean_text, fold


class Meant(NamedTuple):
    """A mark, and what was written behind it."""

    mark: int
    comment: str


_NUMBERS: Final = {
    1: "1 یک یه واحد one",
    2: "2 دو دوتا اثنان اثنین two",
    3: "3 سه ثلاثه ثلاث three",
    4: "4 چهار چار اربعه اربع four",
    5: "5 پنج پنش خمسه خمس five",
}
_MARKS: Final = {fold(word): mark for mark, words in _NUMBERS.items() for word in words.split()}
# The whole message is one of these.
_SAID: Final = {
    5: ("عالی", "خیلی خوب", "بسیار خوب", "خیلی راضی", "excellent", "very good", "great"),
    4: ("خوب", "راضی", "راضی بودم", "good"),
    3: ("متوسط", "معمولی", "بد نبود", "average", "fair", "ok", "so so"),
    2: ("بد", "ضعیف", "ناراضی", "bad", "poor"),
    1: ("خیلی بد", "بسیار بد", "افتضاح", "خیلی ضعیف", "very bad", "terrible"),
}
_PHRASES: Final = {fold(phrase): mark for mark, phrases in _SAID.items() for phrase in phrases}
# What stands around a mark without changing it.
_AROUND: Final = frozenset(
    fold(
        "نمره نمره‌ی امتیاز ستاره عدد گزینه من می‌دهم دادم سلام با لطفا ممنون ممنونم مرسی سپاس سپاسگزارم تشکر باتشکر "
        "متشکرم رضایت خیلی کاملا بود هستم بودم درجه نجوم شکرا score mark rating stars star number i give thanks thank "
        "you hello hi please it was is very my"
    ).split()
)
_PLEASED: Final = frozenset(fold("خوب عالی راضی خوبی good great excellent satisfied").split())
_DISPLEASED: Final = frozenset(fold("بد ضعیف ناراضی افتضاح bad poor terrible").split())
_NOT: Final = frozenset(fold("نبود نبودم نیستم نیست نه not no").split())
# «۴ از ۵», «4/5»
_OF_FIVE: Final = re.compile(r"\b([1-5])\s*(?:از|/|of|out of)\s*5\b")
# A mark, then a stop or a new line, then words.
_WITH_WORDS: Final = re.compile(r"\s*([^\s:.,،;\-–]{1,6})\s*[:.,،;\-–\n]\s*(\S.*)", re.DOTALL)
_WORD: Final = re.compile(r"[^\W_]+")
LONGEST: Final = 500


def meant(text: str) -> Meant | None:
    """The mark that a message gives, or None where it cannot be told for certain."""
    said = clean_text(text)[:LONGEST]
    alone = _alone(said)
    if alone is not None:
        return Meant(alone, "")
    found = _WITH_WORDS.fullmatch(said)
    mark = _MARKS.get(fold(found[1])) if found else None
    # «۱۰. …» is no mark, and neither is the first half of «۲-۳».
    if found is None or mark is None or _MARKS.get(fold(found[2])) is not None:
        return None
    return Meant(mark, found[2].strip()) if _agrees(mark, set(_WORD.findall(fold(found[2])))) else None


def _alone(said: str) -> int | None:
    """The mark of a message that holds nothing else."""
    folded = _OF_FIVE.sub(r" \1 ", fold(said))
    words = _WORD.findall(folded)
    whole = _PHRASES.get(" ".join(words))
    if whole is not None:
        return whole
    marks = {_MARKS[word] for word in words if word in _MARKS}
    around = {word for word in words if word not in _MARKS}
    if len(marks) != 1 or around - _AROUND - _PLEASED - _DISPLEASED - _NOT:
        return None
    mark = marks.pop()
    return mark if _agrees(mark, around) else None


def _agrees(mark: int, words: set[str]) -> bool:
    """Whether the words do not say the opposite: some take 1 for the best."""
    pleased, displeased, denied = bool(words & _PLEASED), bool(words & _DISPLEASED), bool(words & _NOT)
    if pleased == displeased or denied:
        return True
    return mark >= 3 if pleased else mark <= 3
