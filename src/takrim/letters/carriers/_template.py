"""How a provider takes an SMS over HTTP, as a TOML file says it: read once, checked, filled in for each message."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

_PLACES = re.compile(r"\{(to|to98|text|ref)\}")
_NUMBERS = ("success", "refused_for_good")
_TYPES: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("method", "url", "success_pattern", "reference", "reference_pattern"), (str,)),
    **dict.fromkeys(("headers", "query", "form", "report", "incoming"), (dict,)),
    **dict.fromkeys(_NUMBERS, (list,)),
    "timeout": (int, float),
    "json": (dict, list),
}
_TYPES_OF_REPORT: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("reference", "state", "key"), (str,)),
    **dict.fromkeys(("delivered", "lost"), (list,)),
}

_TYPES_OF_INCOMING: dict[str, tuple[type, ...]] = dict.fromkeys(("id", "sender", "text", "key"), (str,))


class BadTemplate(ValueError):
    """The file cannot be used: a sentence that names the line of it."""


@dataclass(frozen=True)
class Report:
    """The fields of a delivery report: the message's reference, its state, our key; and which states say what."""

    reference: str = "ref"
    state: str = "status"
    delivered: tuple[str, ...] = ("delivered",)
    lost: tuple[str, ...] = ("failed",)
    key: str = "key"


@dataclass(frozen=True)
class Incoming:
    """The fields of an SMS that came in: the provider's number of it, who sent it, its words, our key."""

    id: str = "id"
    sender: str = "from"
    text: str = "text"
    key: str = "key"


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A request that is ready to be sent."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True, kw_only=True)
class Template:
    """`{to}` (09…), `{to98}` (989…), `{text}` and `{ref}` are put into single values, never into JSON as text."""

    method: str
    url: str
    timeout: float = 10.0
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    form: Mapping[str, Any] | None = None
    json: Any = None
    success: tuple[int, ...] = (200, 201, 202, 204)
    success_pattern: str = ""
    refused_for_good: tuple[int, ...] = (400, 404, 422)
    reference: str = ""
    reference_pattern: str = ""
    report: Report = field(default_factory=Report)
    incoming: Incoming = field(default_factory=Incoming)

    def fill(self, values: Mapping[str, str]) -> Filled:
        """The request for one message."""
        parts = urlsplit(self.url)
        # Only the path may name something; the host never does.
        target = _put(parts.path or "/", {name: quote(value, safe="") for name, value in values.items()})
        query = "&".join(part for part in (parts.query, urlencode(_put(self.query, values), doseq=True)) if part)
        headers, body = dict(_put(self.headers, {"ref": values["ref"]})), None
        if self.json is not None:
            body = json.dumps(_put(self.json, values), ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json; charset=utf-8")
        elif self.form is not None:
            body = urlencode(_put(self.form, values), doseq=True).encode()
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
        return Filled(method=self.method, target=f"{target}?{query}" if query else target, headers=headers, body=body)

    def took(self, status: int, answer: str) -> bool:
        """Whether the provider says that it took the message."""
        return status in self.success and bool(re.search(self.success_pattern, answer))

    def reference_in(self, answer: str) -> str:
        """The provider's name for the message, or ""."""
        if self.reference_pattern:
            found = re.search(self.reference_pattern, answer)
            return (found[1] if found.groups() else found[0]) if found else ""
        return _at(answer, self.reference) if self.reference else ""


def _put(value: Any, values: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return _PLACES.sub(lambda found: values.get(found[1], found[0]), value)
    if isinstance(value, Mapping):
        return {name: _put(inner, values) for name, inner in value.items()}
    if isinstance(value, list):
        return [_put(inner, values) for inner in value]
    return value


def _at(answer: str, path: str) -> str:
    """What stands at `data.0.id` in a JSON text; "" where nothing does."""
    try:
        value = json.loads(answer)
        for step in path.split("."):
            value = value[int(step)] if isinstance(value, list) else value[step]
    except (ValueError, KeyError, IndexError, TypeError):
        return ""
    return str(value) if isinstance(value, str | int) else ""


@cache
def read(path: str) -> Template:
    """The template of a file. Raises BadTemplate."""
    try:
        raw = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadTemplate(f"{path}: {error}") from error
    return check(raw)


def check(raw: Mapping[str, Any]) -> Template:
    """The template that a file's table says. Raises BadTemplate."""
    _check_keys(raw, _TYPES, "")
    _check_keys(raw.get("report", {}), _TYPES_OF_REPORT, "report.")
    _check_keys(raw.get("incoming", {}), _TYPES_OF_INCOMING, "incoming.")
    if "json" in raw and "form" in raw:
        raise BadTemplate("json and form: a request has one body")
    _check_url(raw.get("url", ""))
    for name in ("success_pattern", "reference_pattern"):
        _check_pattern(name, raw.get(name, ""))
    said = set(_PLACES.findall(repr(raw)))
    if "text" not in said or not said & {"to", "to98"}:
        raise BadTemplate("nothing in it says where {to} and {text} go")
    values: dict[str, Any] = {"method": "POST", **_with_tuples(raw)}
    values["report"] = Report(**_with_tuples(raw.get("report", {})))
    values["incoming"] = Incoming(**raw.get("incoming", {}))
    return Template(**values)


def _with_tuples(raw: Mapping[str, Any]) -> dict[str, Any]:
    # A body may be a list; every other list is a set of codes or words.
    return {name: tuple(v) if isinstance(v, list) and name != "json" else v for name, v in raw.items()}


def _check_keys(raw: Mapping[str, Any], types: Mapping[str, tuple[type, ...]], where: str) -> None:
    for name, value in raw.items():
        if name not in types:
            raise BadTemplate(f"{where}{name}: there is no such key")
        if not isinstance(value, types[name]):
            raise BadTemplate(f"{where}{name}: write {' or '.join(kind.__name__ for kind in types[name])}")


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or "{" in parts.netloc:
        raise BadTemplate("url: write an address that begins with http:// or https://")


def _check_pattern(name: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise BadTemplate(f"{name}: {error}") from error
