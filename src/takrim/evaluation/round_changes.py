"""Values written with what they were before: who, when, why. Part of the deeds of rounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from takrim.evaluation.models_entrants import Entrant
from takrim.evaluation.models_values import Column, Objection, Value, ValueChange
from takrim.evaluation.round_moves import RoundMovedMeanwhile
from takrim.orgs.actor import Actor
from takrim.orgs.rows import change


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody says of one indicator: an exact text, and the reason."""

    indicator: str
    text: str
    why: str = ""


# The column of the reason beside that of the value.
_WHY: Mapping[Column, str] = {Column.DECLARED: "note", Column.ASSESSED: "why", Column.SECOND: "second_why"}


def write(
    entrant: Entrant,
    column: Column,
    said: Sequence[Said],
    *,
    by: Actor,
    now: datetime,
    objection: Objection | None = None,
) -> dict[str, str]:
    """Write what is new, and say what that was: by indicator, the new texts."""
    rows = {row.indicator: row for row in Value.objects.filter(entrant=entrant)}
    new: dict[str, str] = {}
    for one in said:
        value = rows.get(one.indicator) or _made(entrant, one.indicator)
        was: str = getattr(value, column)
        if was == one.text and _reason(value, column) in {one.why, None}:
            continue
        to: dict[str, Any] = {str(column): one.text}
        if column in _WHY:
            to[_WHY[column]] = one.why
        if not change(value, still={str(column): was}, to=to):
            raise RoundMovedMeanwhile(move=column)
        new[one.indicator] = one.text
        ValueChange(
            value=value,
            column=column,
            was=was,
            became=one.text,
            why=one.why,
            at=now,
            by=by.code,
            by_name=by.name,
            objection=objection,
        ).save(force_insert=True)
    return new


def _reason(value: Value, column: Column) -> str | None:
    return getattr(value, _WHY[column]) if column in _WHY else None


def _made(entrant: Entrant, indicator: str) -> Value:
    Value.objects.bulk_create([Value(entrant=entrant, indicator=indicator)], ignore_conflicts=True)
    return Value.objects.get(entrant=entrant, indicator=indicator)
