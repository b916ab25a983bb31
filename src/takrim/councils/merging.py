"""Two people wrote on the same text: what both did is kept where they touched different lines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Words with the space behind them: two who change different words of a sentence do not get in each other's way.
_WORDS = re.compile(r"\s*\S+|\s+$")


@dataclass(frozen=True)
class Change:
    """Words from `start` to `end` of the common text are replaced."""

    start: int
    end: int
    words: tuple[str, ...]


def merged(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of `base` in one text, or None where they touch the same place."""
    if theirs in {mine, base}:
        return mine
    if mine == base:
        return theirs
    words = _WORDS.findall(base)
    ours, others = changes(words, _WORDS.findall(mine)), changes(words, _WORDS.findall(theirs))
    if any(_touch(one, other) for one in ours for other in others):
        return None
    found, at = [], 0
    for change in sorted({*ours, *others}, key=lambda one: (one.start, one.end)):
        found += [*words[at : change.start], *change.words]
        at = change.end
    return "".join([*found, *words[at:]])


def changes(base: list[str], changed: list[str]) -> list[Change]:
    """What turns one list of words into the other."""
    steps = SequenceMatcher(None, base, changed, autojunk=False).get_opcodes()
    return [Change(a, b, tuple(changed[c:d])) for tag, a, b, c, d in steps if tag != "equal"]


def _touch(one: Change, other: Change) -> bool:
    """Overlapping, or inserted at the same spot: in which order both belong only a person knows."""
    if one == other:
        return False
    return one.start <= other.end and other.start <= one.end


def joined(current: str, other: str) -> str:
    """Both texts one below the other, where a person wants to keep both."""
    return f"{current.rstrip()}\n{other.strip()}".strip()
