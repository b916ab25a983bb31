"""Two plans side by side: what came, what went, and what each part says now instead of what it said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from fractions import Fraction
from typing import Any, Final

from takrim.evaluation.plan_text import resolved

# Lists of rows that are known by a key of theirs; other rows are known by their place.
_KEYS: Final = {"indicator": "code", "node": "code"}


class Kind(StrEnum):
    ADDED = auto()
    REMOVED = auto()
    CHANGED = auto()


@dataclass(frozen=True)
class Difference:
    """In a table of the plan, in the row with this code ("" for the plan itself), at this key ("": the whole row)."""

    kind: Kind
    table: str
    code: str
    key: str = ""
    was: Any = None
    became: Any = None


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    """Every difference, the plan's own keys first, then its tables row by row in the order of the new plan."""
    old, new = resolved(old), resolved(new)
    lists = [key for key in dict.fromkeys([*new, *old]) if isinstance(new.get(key, old.get(key)), list)]
    rows = [key for key in lists if _are_rows(old.get(key)) and _are_rows(new.get(key))]
    yield from _keys("plan", "", *({k: v for k, v in plan.items() if k not in rows} for plan in (old, new)))
    for table in rows:
        before, after = _by_code(table, old.get(table, [])), _by_code(table, new.get(table, []))
        for code, row in after.items():
            if code not in before:
                yield Difference(Kind.ADDED, table, code, became=row)
            else:
                yield from _keys(table, code, before[code], row)
        for code, row in before.items():
            if code not in after:
                yield Difference(Kind.REMOVED, table, code, was=row)


def _are_rows(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, Mapping) for one in value))


def _by_code(table: str, rows: list[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    name = _KEYS.get(table, "")
    return {str(row.get(name, place)) if name else str(place): row for place, row in enumerate(rows, 1)}


def _keys(table: str, code: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for key in dict.fromkeys([*new, *old]):
        was, became = old.get(key), new.get(key)
        if key not in old:
            yield Difference(Kind.ADDED, table, code, key, became=became)
        elif key not in new:
            yield Difference(Kind.REMOVED, table, code, key, was=was)
        elif not _same(was, became):
            yield Difference(Kind.CHANGED, table, code, key, was, became)


def _same(was: Any, became: Any) -> bool:
    """1000, "1000" and 1000.0 say the same; so do the settings of a step in another order."""
    if isinstance(was, Mapping) and isinstance(became, Mapping):
        return set(was) == set(became) and all(_same(was[key], became[key]) for key in was)
    if isinstance(was, list) and isinstance(became, list):
        return len(was) == len(became) and all(map(_same, was, became))
    return bool(was == became or _plain(was) == _plain(became))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            return value
    return value
