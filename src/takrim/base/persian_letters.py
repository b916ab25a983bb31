"""Persian letters: one spelling for many ways of typing, digits, clean text, alphabetical order."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

ZWNJ: Final = "\u200c"

_PERSIAN_DIGITS: Final = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
_ASCII_DIGITS: Final = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "0123456789" * 2)

_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("يىئېۍێےۓ", "ی"),
        **dict.fromkeys("كڪګ", "ک"),
        **dict.fromkeys("ةۀهەھہۂۃ", "ه"),
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ؤۆۇۈۋ", "و"),
        "ء": None,
        "ـ": None,
        "٬": ",",
        **{chr(0x06F0 + n): str(n) for n in range(10)},
        **{chr(0x0660 + n): str(n) for n in range(10)},
        # Invisible, and different from one keyboard to another: soft hyphen, joiners, direction marks, byte order mark.
        **dict.fromkeys("\u00ad\u200b\u200d\u200e\u200f\u061c\u2060\ufeff", None),
        **{chr(n): None for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
        # Some keyboards type the optional hyphen for a half-space.
        "¬": ZWNJ,
    }
)
_DIACRITICS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_HAMZA_VAV: Final = re.compile("ئو|ئؤ|یؤ")
_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


def persian_digits(text: str) -> str:
    """The text with its Latin digits as Persian ones."""
    return text.translate(_PERSIAN_DIGITS)


def ascii_digits(text: str) -> str:
    """The text with its Persian and Arabic digits as Latin ones."""
    return text.translate(_ASCII_DIGITS)


def letters(text: str) -> str:
    """Letters, digits and marks in one spelling, lower case; spaces, half-spaces and punctuation stay."""
    text = unicodedata.normalize("NFKC", text)
    # Before ئ becomes ی: مسئول, مسؤول and مسوول are one word.
    text = _HAMZA_VAV.sub("وو", text)
    text = _DIACRITICS.sub("", text).translate(_SAME)
    return _THOUSANDS.sub("", text).casefold()


def fold(text: str) -> str:
    """A form in which two ways of typing the same words are equal; half-spaces and runs of blanks become one space."""
    return " ".join(letters(text).replace(ZWNJ, " ").split())


# Control characters but newline and tab; direction overrides and isolates; byte order mark and other unseen things.
_UNWANTED: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufeff\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_NEWLINES: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """What may be stored of a typed text: no control or direction characters; newlines are one character; trimmed.

    Half-spaces, tabs, emoji and their joiners stay.
    """
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text)).strip()


# Two digits a letter, so that any collation of any database gives the alphabetical order.
_ALPHABET: Final = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
_ORDER: Final = {
    " ": "01",
    **{str(n): f"{n + 10}" for n in range(10)},
    **{letter: f"{n + 20}" for n, letter in enumerate(_ALPHABET)},
    **{chr(ord("a") + n): f"{n + 60}" for n in range(26)},
}


@lru_cache(maxsize=8192)
def sort_key(text: str) -> str:
    """Digits whose order is that of a Persian dictionary: digits, آ ا ب پ … ی, then Latin letters without case."""
    return "".join(_ORDER.get(letter, "02") for letter in letters_for_order(text))


def letters_for_order(text: str) -> str:
    """The folded letters, but with آ kept, which comes before ا."""
    with_alef_madda = unicodedata.normalize("NFKC", text).replace("آ", "\ue000")
    return " ".join(letters(with_alef_madda).replace(ZWNJ, "").replace("\ue000", "آ").split())
