"""A ranking written down so that another computer can compute it again and compare: every score, every rank."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from takrim.evaluation.scoring.columns import Number
from takrim.evaluation.scoring.engine import Scored, Standing
from takrim.evaluation.scoring.intervals import intervals
from takrim.evaluation.scoring.sensitivity import sensitivity

# A logarithm may differ in the last bit from one processor to another; what is written of a float may not.
_DIGITS: Final = 12
_LAST: Final = 10.0 ** (1 - _DIGITS)

Results = list[dict[str, Any]]


class Difference(NamedTuple):
    """Where two results part: whose, in what, what was written and what was computed."""

    unit: str
    what: str
    written: str
    computed: str


def results(scored: Scored) -> Results:
    """Unit by unit in their order. Exact numbers as fractions, floats with twelve digits, totals as they are ranked."""
    sure, other = intervals(scored), sensitivity(scored)
    found = []
    for one in scored.in_order:
        row = _row(scored, one)
        if one.unit in sure:
            row["interval"] = _written(asdict(sure[one.unit]))
        if one.unit in other:
            row["sensitivity"] = _written(asdict(other[one.unit]))
        found.append(row)
    return found


def _row(scored: Scored, one: Standing) -> dict[str, Any]:
    scores = {
        **{code: column.at(one.place) for code, column in scored.nodes.items()},
        **{code: column.at(one.place) for code, column in scored.parts.items()},
        **{code: worked.score.at(one.place) for code, worked in scored.worked.items()},
    }
    return {
        "unit": one.unit,
        "rank": None if one.rank is None else str(one.rank),
        "total": as_decimal(one.total, scored.plan.decimals),
        "group": one.group,
        "unranked": one.why.value if one.why else None,
        "scores": {code: as_text(value) for code, value in scores.items()},
        "verdicts": {code: worked.verdict(one.place).name.lower() for code, worked in scored.worked.items()},
    }


def as_decimal(total: Fraction | None, decimals: int) -> str | None:
    """A total as it is ranked."""
    if total is None:
        return None
    return format(Decimal(int(total * 10**decimals)).scaleb(-decimals), "f")


def as_text(value: Number | None) -> str | None:
    """A fraction as it is, a float with as many digits as every processor gives."""
    if value is None:
        return None
    return str(value) if isinstance(value, Fraction) else format(float(value), f".{_DIGITS}g")


def _written(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _written(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    return as_text(value) if isinstance(value, float) else value


def write(found: Results) -> bytes:
    """The same text for the same results, wherever it is written."""
    return (json.dumps({"units": found}, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode()


def differences(written: Results, computed: Results) -> Iterator[Difference]:
    """Where they part, unit by unit; a unit that only one of them has comes first."""
    named, known = {row["unit"]: row for row in written}, {row["unit"]: row for row in computed}
    for unit in [*(unit for unit in named if unit not in known), *(unit for unit in known if unit not in named)]:
        yield Difference(unit, "unit", unit if unit in named else "—", unit if unit in known else "—")
    for unit, row in known.items():
        if unit in named:
            yield from (Difference(unit, *one) for one in _parts("", named[unit], row))


def _parts(where: str, written: Any, computed: Any) -> Iterator[tuple[str, str, str]]:
    if isinstance(written, Mapping) and isinstance(computed, Mapping):
        for name in sorted({*written, *computed}):
            yield from _parts(f"{where}.{name}" if where else name, written.get(name), computed.get(name))
    elif isinstance(written, list) and isinstance(computed, list) and len(written) == len(computed):
        for number, pair in enumerate(zip(written, computed, strict=True), 1):
            yield from _parts(f"{where}.{number}", *pair)
    elif not _same(where, written, computed):
        yield where, _shown(written), _shown(computed)


def _same(where: str, written: Any, computed: Any) -> bool:
    if written == computed:
        return True
    # Totals and ranks are what was published: there nothing is let pass. Nor is anything in fractions.
    if where in {"total", "rank"} or not isinstance(written, str) or not isinstance(computed, str):
        return False
    if "/" in written + computed or "." not in written + computed:
        return False
    try:
        first, second = float(written), float(computed)
    except ValueError:
        return False
    return abs(first - second) <= _LAST * max(abs(first), abs(second))


def _shown(value: Any) -> str:
    return "—" if value is None else str(value)
