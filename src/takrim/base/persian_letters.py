"""Persian letters: one spelling for many ways of typing, digits, clean text, alphabetical order."""

from __future__ import annotations

import re
import unicodedata
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
        # Invisible, and different from one keyboard to another: joiners, direction marks, byte order mark.
        **dict.fromkeys("\u200d\u200e\u200f\u061c\u2060\ufeff", None),
        **{chr(n): None for n in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
        # Old keyboards and old web pages have these in place of a half-space.
        **dict.fromkeys("\u00ac\u00ad\u200b", ZWNJ),
    }
)
_DIACRITICS: Final = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
_HAMZA_VAV: Final = re.compile("ئو|ئؤ")
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
    "\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_BLANK: Final = " \t\n\u00a0\u3000\u200c\u200d"
_NEWLINES: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """What may be stored of a typed text: no control or direction characters; newlines are one character; trimmed.

    Half-spaces, tabs, emoji and their joiners stay.
    """
    return _UNWANTED.sub("", _NEWLINES.sub("\n", text)).strip(_BLANK)


# The order of the national standard ISIRI 6219: آ, ا, then hamza on any seat, then ب to ی. Two digits a letter, so that
# every collation of every database gives the alphabetical order.
_ALPHABET: Final = "آاءبپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


class _Order(dict[int, str]):
    """A letter's place by its number; a letter that is met for the first time finds its place and keeps it."""

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        if unicodedata.category(letter) in ("Mn", "Cf", "Cc"):
            place = ""
        else:
            same = letter.casefold().translate(_SAME)
            place = self[ord(same)] if same != letter and len(same) == 1 else "02"
        self[number] = place
        return place


_ORDER: Final = _Order(
    {
        ord(" "): "01",
        **{ord(str(n)): f"{n + 10}" for n in range(10)},
        **{ord(letter): f"{n + 20}" for n, letter in enumerate(_ALPHABET)},
        **dict.fromkeys(map(ord, "أإؤئ"), f"{_ALPHABET.index('ء') + 20}"),
        ord("ـ"): "",
        **{ord("a") + n: f"{n + 60}" for n in range(26)},
    }
)


def sort_key(text: str) -> str:
    """Digits in the order of a Persian dictionary: marks, digits, آ ا ب پ … ی, Latin letters without case."""
    return " ".join(unicodedata.normalize("NFKC", text).split()).translate(_ORDER)
