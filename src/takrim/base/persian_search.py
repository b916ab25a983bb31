"""Search words: what is indexed of a text, and what a query asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from .persian_letters import ZWNJ, letters
from .persian_stems import COMPOUNDS, stem

Groups = tuple[frozenset[str], ...]
"""What a query asks for: every group must be met, and one word of it is enough to meet it."""

MAX_WORD: Final = 64
_WORD: Final = re.compile("[0-9]+|[^\\W\\d_]+(?:\u200c+[^\\W\\d_]+)*|\\d+")
_VERB_PREFIXES: Final = frozenset(("می", "نمی"))
# Particles that are written apart, joined or with a half-space: بی کاری, بی‌کاری, بیکاری.
_PARTICLES: Final = frozenset(("بی", "هم", "نا", "غیر", "پیش", "پس", "باز", "فرا", "ابر", "فوق", "سو"))
_COMPARATIVES: Final = frozenset(("تر", "ترین"))
_PLURALS: Final = frozenset(
    ("ها", "های", "هایی", "هایم", "هایت", "هایش", "هایمان", "هایتان", "هایشان", "هام", "هات", "هاش", "هامون", "هاتون",
     "هاشون")
)  # fmt: skip
# Endings that are nothing without the word before them, even after a whole space.
_LOOSE: Final = _PLURALS | {"ی", "ای", "ام", "ات", "اش", "اند", "ایم", "اید"}
_ENDINGS: Final = _LOOSE | {"مان", "تان", "شان", "مون", "تون", "شون", "م", "ت", "ش", "یی", "ان", "گان"}
_CUT: Final = _ENDINGS | _COMPARATIVES
# Words so common that they only help a query which has nothing else.
_COMMON: Final = frozenset(("و", "به", "از", "در", "که", "با", "را", "برای", "این", "ان", "است", "یک", "تا"))


class _Unit(NamedTuple):
    """One thing said: any of `whole` stands for it, or all of `parts` together."""

    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def groups(self) -> Groups:
        if not self.parts:
            return (frozenset(self.whole),)
        return tuple(frozenset((*self.whole, part)) for part in self.parts)


class _Role:
    """What a lone word may do to its neighbours."""

    NONE, PREFIX, PARTICLE, ENDING, COMPARATIVE = range(5)


class _Chunk(NamedTuple):
    """What stands between two blanks."""

    units: tuple[_Unit, ...]
    role: int
    first: str
    last: str


def _role(word: str) -> int:
    if word in _VERB_PREFIXES:
        return _Role.PREFIX
    if word in _PARTICLES:
        return _Role.PARTICLE
    if word in _LOOSE:
        return _Role.ENDING
    return _Role.COMPARATIVE if word in _COMPARATIVES else _Role.NONE


def _unit(word: str) -> _Unit:
    parts = [part for part in word.split(ZWNJ) if part]
    if len(parts) == 1:
        return _Unit((stem(word[:MAX_WORD]),))
    if parts[0] in _VERB_PREFIXES:
        return _Unit((stem("".join(parts)[:MAX_WORD]),))
    degree = ""
    while len(parts) > 1 and parts[-1] in _CUT:
        ending = parts.pop()
        degree = ending if ending in _COMPARATIVES else degree
    joined = "".join(parts)[:MAX_WORD]
    whole = (stem(joined), *((joined + degree,) if degree else ()))
    return _Unit(whole, tuple(stem(part[:MAX_WORD]) for part in parts) if len(parts) > 1 else ())


def _read(raw: str) -> _Chunk:
    words = _WORD.findall(letters(raw))
    role = _role(words[0]) if len(words) == 1 else _Role.NONE
    ends = (words[0].replace(ZWNJ, ""), words[-1].replace(ZWNJ, "")) if words else ("", "")
    return _Chunk(tuple(_unit(word) for word in words), role, *ends)


_remembered = lru_cache(maxsize=16384)(_read)


def _units(text: str) -> list[_Unit]:
    units: list[_Unit] = []
    role, last = _Role.NONE, ""
    for raw in text.split():
        chunk = _remembered(raw) if len(raw) <= MAX_WORD else _read(raw)
        if units and chunk.units and (chunk.role or role or last + chunk.first in COMPOUNDS):
            _join(units, chunk, role, last)
        else:
            units.extend(chunk.units)
        role, last = chunk.role, chunk.last
    return units


def _join(units: list[_Unit], chunk: _Chunk, role: int, last: str) -> None:
    """Add a chunk that belongs to the one before it: می خواهم, بی کاری, کتاب ها, سریع تر."""
    if role == _Role.PREFIX:
        units[-1] = _Unit((stem(last + chunk.first),))
        units.extend(chunk.units[1:])
    elif chunk.role == _Role.ENDING:
        return
    elif chunk.role == _Role.COMPARATIVE:
        before = units[-1]
        units[-1] = before._replace(whole=(*before.whole, last + chunk.first))
    elif role == _Role.PARTICLE or last + chunk.first in COMPOUNDS:
        parts = (*(units[-1].parts or units[-1].whole), *chunk.units[0].whole)
        units[-1] = _Unit((stem(last + chunk.first),), parts)
        units.extend(chunk.units[1:])
    else:
        units.extend(chunk.units)


def tokens(text: str) -> list[str]:
    """What is indexed of a text, in its order: the words in their one form, compounds also joined and in parts."""
    return [token for unit in _units(text) for token in unit.whole + unit.parts]


class PluralTable:
    """Words that mean the same to the office: its own plurals, synonyms and abbreviations, ready for queries.

    `pairs` maps a word or phrase to what else should be found when it is asked for. Build it once and keep it:
    reading a plain mapping costs time with each query.
    """

    def __init__(self, pairs: Mapping[str, Collection[str]]) -> None:
        self.entries: dict[tuple[str, ...], list[Groups]] = {}
        for asked, others in pairs.items():
            self._add(asked, others)
        self.longest = max(map(len, self.entries), default=0)

    @classmethod
    def both_ways(cls, sets: Iterable[Collection[str]]) -> PluralTable:
        """A table in which each word of a set also finds every other word of it."""
        table = cls({})
        for alike in sets:
            for asked in alike:
                table._add(asked, [other for other in alike if other != asked])
        table.longest = max(map(len, table.entries), default=0)
        return table

    def _add(self, asked: str, others: Collection[str]) -> None:
        key = tuple(unit.whole[0] for unit in _units(asked))
        found = [groups for groups in map(_all_of, others) if groups]
        if key and found:
            self.entries.setdefault(key, []).extend(found)


def _all_of(text: str) -> Groups:
    return tuple(group for unit in _units(text) for group in unit.groups)


def _either(one: Groups, other: Groups) -> Groups:
    return tuple(dict.fromkeys(left | right for left in one for right in other))


_MAX_GROUPS: Final = 32


def query_groups(
    text: str, synonyms: Mapping[str, Collection[str]] | PluralTable | None = None
) -> list[frozenset[str]]:
    """What a query asks of `tokens`: each group must have at least one of its words in the text; [] asks nothing.

    `synonyms` adds alternatives: the office's PluralTable, or a mapping of a word or phrase to others.
    """
    table = synonyms if isinstance(synonyms, PluralTable) else PluralTable(synonyms or {})
    units = _units(text)
    weighty = [unit for unit in units if unit.whole[0] not in _COMMON]
    units = (weighty or units)[:_MAX_GROUPS]
    groups: dict[frozenset[str], None] = {}
    place = 0
    while place < len(units):
        taken, alternatives = _entry(table, units, place)
        asked: Groups = tuple(group for unit in units[place : place + taken] for group in unit.groups)
        for alternative in alternatives:
            asked = _either(asked, alternative)
        groups.update(dict.fromkeys(asked))
        place += taken
    return list(groups)[:_MAX_GROUPS]


def _entry(table: PluralTable, units: list[_Unit], place: int) -> tuple[int, list[Groups]]:
    """How many words from `place` on the longest entry of the table takes, and its alternatives."""
    for taken in range(min(table.longest, len(units) - place), 0, -1):
        found = table.entries.get(tuple(unit.whole[0] for unit in units[place : place + taken]))
        if found:
            return taken, found
    return 1, []
