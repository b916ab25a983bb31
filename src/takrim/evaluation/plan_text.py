"""The content of a plan as the text of a TOML file; read again, it is the same content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from takrim.evaluation.plan_form import SAID, counts


def resolved(content: Mapping[str, Any]) -> dict[str, Any]:
    """The content with its usual keys said in every row instead, which is the same plan."""
    default = content.get("default", {})
    rows = content.get("indicator", [])
    if not isinstance(default, Mapping) or not isinstance(rows, list):
        return dict(content)
    found = {key: value for key, value in content.items() if key != "default"}
    if default:
        found["indicator"] = [{**_usual(default, row), **row} if isinstance(row, Mapping) else row for row in rows]
    return found


def _usual(default: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    said = SAID if counts(row.get("code")) else ()
    return {key: value for key, value in default.items() if key not in said}


def text_of(content: Mapping[str, Any]) -> str:
    """Plain keys first, then tables, then the rows of lists of tables, each key on a line of its own."""
    return "\n".join(_lines(content)) + "\n"


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    rows = {key: value for key, value in content.items() if _is_rows(value)}
    tables = {key: value for key, value in content.items() if isinstance(value, Mapping)}
    for key, value in content.items():
        if key not in rows and key not in tables:
            yield f"{key} = {_value(value)}"
    for key, table in tables.items():
        if table:
            yield f"\n[{key}]"
            yield from (f"{name} = {_value(value)}" for name, value in table.items())
    for key, found in rows.items():
        for row in found:
            yield f"\n[[{key}]]"
            yield from (f"{name} = {_value(value)}" for name, value in row.items())


def _is_rows(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{name} = {_value(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_value(one) for one in value) + "]"
    if isinstance(value, Fraction) and value.denominator == 1:
        return str(value)
    # A fraction has no other exact form in TOML; the plan's reader takes numbers as text.
    written = json.dumps(str(value) if isinstance(value, Fraction) else value, ensure_ascii=False)
    # JSON lets this one stand, TOML does not.
    return written.replace("\x7f", "\\u007f")
