"""A plan as the fields of a form, and the fields as a plan: the same both ways, whatever was typed.

What is typed goes into the plan as it is, right or wrong; what is wrong with it the plan's own check says. Keys that no
field shows are carried along in a hidden one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from takrim.base.persian import ascii_digits, clean_text
from takrim.evaluation.plan_form import BY_KIND, PER_OFFICER, ROW, adjustments, counts
from takrim.evaluation.plan_text import resolved
from takrim.evaluation.scoring.parts import NORMALISERS, TREATMENTS, Key, Kind

Fields = dict[str, str]
# Prefix of the fields of a row, by its table in the plan.
PREFIX: Final = {"node": "n", "indicator": "r", "band": "b"}
_MARKS: Final = str.maketrans({"٫": ".", "٬": None, "−": "-", "٪": None})
_LONGEST: Final = 4000
_TITLES: Final = ("title", "definition", "basis")
# Keys of a row that its fields show, besides titles and steps.
_PLAIN: Final = {
    "node": ("code", "in", "weight", "mean", "sum"),
    "indicator": ("code", "in", "weight", "source", "measure", "direction"),
    "band": ("least",),
}


def to_fields(content: Mapping[str, Any]) -> Fields:
    """A plan as what somebody would have typed for it."""
    content = resolved(content)
    rank, rest = dict(content.get("rank", {})), dict(content)
    found: Fields = {}
    for name in ("of", "points", "arithmetic"):
        found[name] = _said(rest.pop(name, ""))
    for name in ("title", "basis"):
        found |= _said_twice(name, rest.pop(name, ""))
    rest.pop("rank", None)
    for name in ("decimals", "ties"):
        found[name] = _said(rank.get(name, ""))
    found |= _groups(rest.pop("peers", {}))
    floors = rest.get("floor", [])
    answers = [row for row in floors if isinstance(row, Mapping) and set(row) == {"column", "least"}]
    least = next((row for row in answers if row["column"] == "answers"), None)
    found["least"] = _said(least["least"]) if least else ""
    rest["floor"] = [row for row in floors if row is not least]
    for table, prefix in PREFIX.items():
        rows = [row for row in rest.pop(table, []) if isinstance(row, Mapping)]
        found[f"{prefix}_rows"] = " ".join(str(place) for place in range(len(rows)))
        for place, row in enumerate(rows):
            found |= {f"{prefix}{place}-{name}": text for name, text in _row_fields(table, row).items()}
    found["rest"] = _json({key: value for key, value in rest.items() if value not in ([], {})})
    return found


def _groups(peers: Any) -> Fields:
    peers = peers if isinstance(peers, Mapping) else {}
    return {
        "volume": _said(peers.get("volume", "")),
        "group": _said(peers.get("column", "")),
        "bands": " ".join(_said(one) for one in peers.get("bands", [])),
    }


def _row_fields(table: str, row: Mapping[str, Any]) -> Fields:
    rest = dict(row)
    found = {name: _said(rest.pop(name, "")) for name in _PLAIN[table]}
    found |= _said_twice("title", rest.pop("title", ""))
    if table == "indicator":
        found |= _said_twice("definition", rest.pop("definition", ""))
        proof = rest.pop("proof", row.get("source") == "declared")
        found["proof"] = "on" if proof else ""
        missing = rest.pop("missing", "refuse")
        missing = {"policy": missing} if isinstance(missing, str) else dict(missing)
        found["missing"], found["reason"] = _said(missing.get("policy", "")), _said(missing.get("reason", ""))
        if "of" in missing:
            rest["missing_of"] = missing["of"]
        found |= _adjust_fields(found["code"], rest)
        found |= _step_fields("normalise", rest.pop("normalise", "asis"))
        steps = rest.get("treatment", [])
        one = steps[0] if isinstance(steps, list) and len(steps) == 1 else steps
        if isinstance(one, str | Mapping) or not one:
            rest.pop("treatment", None)
            found |= _step_fields("treatment", one or "")
        # Several, one after the other, are kept as they are.
    return {**found, "rest": _json(rest) if rest else ""}


def _adjust_fields(code: str, rest: dict[str, Any]) -> Fields:
    """How it is made comparable, taken out of the rest; what the form does not offer for it stays there."""
    how = rest.get("adjust")
    bounds = how.get(PER_OFFICER) if isinstance(how, Mapping) and set(how) == {PER_OFFICER} else None
    way = PER_OFFICER if isinstance(bounds, list) else how if how == BY_KIND else ""
    if way not in adjustments(code):
        return {}
    del rest["adjust"]
    return {"adjust": way, "adjust_per_officer": " ".join(map(_said, bounds or []))}


def _step_fields(name: str, step: Any) -> Fields:
    row = {"method": step} if isinstance(step, str) else dict(step)
    return {
        name: _said(row.pop("method", "")),
        **{f"{name}_{key}": _said(value) for key, value in row.items()},
    }


def _said(value: Any) -> str:
    """A number or word as it is typed: decimals, where a fraction has them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Fraction):
        places = next((n for n in range(13) if (value * 10**n).denominator == 1), None)
        return str(value) if places is None else f"{float(value):.{places}f}" if places else str(int(value))
    return value if isinstance(value, str) else "" if value is None else str(value)


def _said_twice(name: str, value: Any) -> Fields:
    if isinstance(value, Mapping):
        return {f"{name}_fa": _said(value.get("fa", "")), f"{name}_en": _said(value.get("en", ""))}
    return {f"{name}_fa": _said(value), f"{name}_en": _said(value)}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str) if value else ""


def rows_of(fields: Mapping[str, str], table: str) -> list[str]:
    """The prefixes of the rows of a table, in their order."""
    prefix = PREFIX[table]
    places = [place for place in fields.get(f"{prefix}_rows", "").split() if place.isascii() and place.isdecimal()]
    return [f"{prefix}{place}" for place in dict.fromkeys(places)][:600]


def to_content(fields: Mapping[str, str]) -> dict[str, Any]:
    """The plan that was typed."""
    found: dict[str, Any] = {}
    _take(found, fields, ("of", "arithmetic"), number=False)
    _take(found, fields, ("points",))
    for name in ("title", "basis"):
        _take_twice(found, fields, name)
    rank: dict[str, Any] = {}
    _take(rank, fields, ("decimals",))
    _take(rank, fields, ("ties",), number=False)
    rest = _loaded(fields.get("rest", ""))
    if rank:
        found["rank"] = rank
    if peers := _peers(fields):
        found["peers"] = peers
    floors = list(rest.pop("floor", []))
    if least := _number(fields.get("least", "")):
        floors.insert(0, {"column": "answers", "least": least})
    found |= rest
    if floors:
        found["floor"] = floors
    for table in PREFIX:
        rows = [_row(table, prefix, fields) for prefix in rows_of(fields, table)]
        if rows:
            found[table] = rows
    return found


def _peers(fields: Mapping[str, str]) -> dict[str, Any]:
    if volume := fields.get("volume", ""):
        return {"volume": volume, "bands": _numbers(fields.get("bands", ""))}
    return {"column": clean_text(fields["group"]).strip()} if fields.get("group", "").strip() else {}


def _row(table: str, prefix: str, fields: Mapping[str, str]) -> dict[str, Any]:
    own = {name.partition("-")[2]: text for name, text in fields.items() if name.startswith(f"{prefix}-")}
    found: dict[str, Any] = {}
    words = ("code", "in", "mean", "source", "measure", "direction")
    counted = table == "indicator" and counts(own.get("code", "").strip())
    for name in _PLAIN[table]:
        # What the catalogue says of an indicator a plan does not say again.
        if not (counted and name in {"direction", *ROW}):
            _take(found, own, (name,), number=name not in words)
    if not counted:
        _take_twice(found, own, "title")
    if table == "indicator":
        if not counted:
            _take_twice(found, own, "definition")
            if (own.get("proof") == "on") != (found.get("source") == "declared"):
                found["proof"] = own.get("proof") == "on"
        rest = _loaded(own.get("rest", "")) | _adjust(own)
        found |= _missing(own, rest)
        found |= _step("normalise", own, NORMALISERS)
        found |= _step("treatment", own, TREATMENTS)
        return {**found, **rest}
    return {**found, **_loaded(own.get("rest", ""))}


def _missing(own: Mapping[str, str], rest: dict[str, Any]) -> dict[str, Any]:
    policy = own.get("missing", "")
    of = rest.pop("missing_of", "")
    if policy == "zero":
        reason = clean_text(own.get("reason", "")).strip()
        return {"missing": {"policy": policy, **({"reason": reason} if reason else {})}}
    if policy == "mean" and of:
        return {"missing": {"policy": policy, "of": of}}
    return {"missing": policy} if policy else {}


def _adjust(own: Mapping[str, str]) -> dict[str, Any]:
    way = own.get("adjust", "")
    if way == PER_OFFICER:
        return {"adjust": {PER_OFFICER: _numbers(own.get("adjust_per_officer", ""))}}
    return {"adjust": way} if way else {}


def _step(name: str, own: Mapping[str, str], folder: Any) -> dict[str, Any]:
    method = own.get(name, "")
    if not method:
        return {}
    keys: Mapping[str, Key] = folder[method].keys if method in folder else {}
    given = {key: _setting(own.get(f"{name}_{key}", ""), of) for key, of in keys.items()}
    given = {key: value for key, value in given.items() if value != ""}
    return {name: {"method": method, **given} if given else method}


def _setting(text: str, key: Key) -> Any:
    if key.kind is Kind.FLAG:
        return {"true": True, "false": False}.get(text.strip().casefold(), text.strip())
    if text.strip() in key.words:
        return text.strip()
    return _number(text)


def _take(found: dict[str, Any], fields: Mapping[str, str], names: tuple[str, ...], *, number: bool = True) -> None:
    for name in names:
        text = clean_text(fields.get(name, ""))[:_LONGEST].strip()
        if text:
            found[name] = _number(text) if number else text


def _take_twice(found: dict[str, Any], fields: Mapping[str, str], name: str) -> None:
    said = {lang: clean_text(fields.get(f"{name}_{lang}", ""))[:_LONGEST].strip() for lang in ("fa", "en")}
    if any(said.values()):
        found[name] = said


def _number(text: str) -> int | str:
    """A whole number, or the text of any other: the plan's reader takes "0.95", and says so of what is none."""
    bare = ascii_digits(clean_text(text)).translate(_MARKS).strip()
    return int(bare) if bare.isdecimal() and len(bare) < 16 else bare


def _numbers(text: str) -> list[int | str]:
    """Several numbers with blanks or commas between them."""
    return [_number(one) for one in text.replace("،", " ").replace(",", " ").split()]


def _loaded(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
