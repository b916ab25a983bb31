"""Two texts side by side, word by word: what stays, what goes, what comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum, auto

_WORDS = re.compile(r"\S+\s*|\s+")


class Part(StrEnum):
    SAME = auto()
    OUT = auto()
    IN = auto()


def compared(old: str, new: str) -> Iterator[tuple[Part, str]]:
    """The words that stay, go and come; whole lines where lines come and go."""
    left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    for tag, a, b, c, d in SequenceMatcher(None, _bare(left), _bare(right), autojunk=False).get_opcodes():
        if tag == "replace" and b - a == d - c:
            for one, other in zip(left[a:b], right[c:d], strict=True):
                yield from _by_words(one, other)
        else:
            yield from _part(tag == "equal", left[a:b], right[c:d])


def _bare(lines: list[str]) -> list[str]:
    """Without their ends: the last line has none, and may be the same all the same."""
    return [line.rstrip("\n") for line in lines]


def _by_words(old: str, new: str) -> Iterator[tuple[Part, str]]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    for tag, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        yield from _part(tag == "equal", left[a:b], right[c:d])


def _part(same: bool, old: list[str], new: list[str]) -> Iterator[tuple[Part, str]]:
    if same:
        yield Part.SAME, "".join(max(pair, key=len) for pair in zip(old, new, strict=True))
        return
    if old:
        yield Part.OUT, "".join(old)
    if new:
        yield Part.IN, "".join(new)
