"""The file that says how a provider takes an SMS: every usual form, nothing injected, mistakes named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from takrim.letters.carriers._template import BadTemplate, Report, Template, check, read

VALUES = {"to": "09121234567", "to98": "989121234567", "text": 'سلام "دوست"\n& {to}', "ref": "takrim-7"}
LEAST: dict[str, Any] = {"url": "https://sms.example.ir/send", "form": {"to": "{to}", "text": "{text}"}}


def test_a_form_is_encoded() -> None:
    filled = check(LEAST).fill(VALUES)
    assert (filled.method, filled.target) == ("POST", "/send")
    assert filled.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
    assert filled.body is not None
    assert parse_qs(filled.body.decode()) == {"to": [VALUES["to"]], "text": [VALUES["text"]]}


def test_json_is_built_from_values_and_not_from_text() -> None:
    raw = {"url": LEAST["url"], "json": {"to": ["{to98}"], "body": {"text": "{text}"}, "flash": False, "n": 3}}
    filled = check(raw).fill(VALUES)
    assert filled.body is not None
    assert json.loads(filled.body) == {
        "to": ["989121234567"],
        "body": {"text": VALUES["text"]},
        "flash": False,
        "n": 3,
    }


def test_a_get_has_everything_in_its_query() -> None:
    raw = {
        "method": "GET",
        "url": "http://sms.example.ir/v1/{ref}/send?line=1000",
        "query": {"to": "{to}", "m": "{text}"},
    }
    filled = check(raw).fill({**VALUES, "ref": "a/../b"})
    parts = urlsplit(filled.target)
    assert (filled.method, filled.body, parts.path) == ("GET", None, "/v1/a%2F..%2Fb/send")
    assert parse_qs(parts.query) == {"line": ["1000"], "to": [VALUES["to"]], "m": [VALUES["text"]]}


def test_what_is_put_in_is_not_read_again() -> None:
    filled = check(LEAST).fill({**VALUES, "text": "{ref}{to}"})
    assert filled.body is not None
    assert parse_qs(filled.body.decode())["text"] == ["{ref}{to}"]


@pytest.mark.parametrize(
    ("raw", "status", "answer", "took"),
    [
        ({}, 200, "", True),
        ({}, 500, "", False),
        ({"success": [200]}, 201, "", False),
        ({"success_pattern": r'"status":\s*0\b'}, 200, '{"status": 0}', True),
        ({"success_pattern": r'"status":\s*0\b'}, 200, '{"status": 12}', False),
    ],
)
def test_what_counts_as_taken(raw: dict[str, Any], status: int, answer: str, took: bool) -> None:
    assert check({**LEAST, **raw}).took(status, answer) is took


@pytest.mark.parametrize(
    ("raw", "answer", "reference"),
    [
        ({"reference": "data.0.id"}, '{"data": [{"id": 84}]}', "84"),
        ({"reference": "id"}, '{"id": "x-1"}', "x-1"),
        ({"reference": "id"}, '{"id": {"a": 1}}', ""),
        ({"reference": "id"}, "<html>", ""),
        ({"reference": "data.5.id"}, '{"data": []}', ""),
        ({"reference_pattern": r"id=(\d+)"}, "ok id=55", "55"),
        ({"reference_pattern": r"\d+"}, "ok 55", "55"),
        ({"reference_pattern": r"\d+"}, "ok", ""),
        ({}, '{"id": 1}', ""),
    ],
)
def test_where_the_providers_reference_is_found(raw: dict[str, Any], answer: str, reference: str) -> None:
    assert check({**LEAST, **raw}).reference_in(answer) == reference


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        ({}, "url"),
        ({"url": "ftp://example.ir"}, "url"),
        ({"url": "https://{to}.example.ir/"}, "url"),
        ({**LEAST, "metod": "POST"}, "metod"),
        ({**LEAST, "timeout": "10"}, "timeout"),
        ({**LEAST, "success": 200}, "success"),
        ({**LEAST, "json": {}}, "json and form"),
        ({**LEAST, "success_pattern": "("}, "success_pattern"),
        ({**LEAST, "report": {"ref": "x"}}, "report.ref"),
        ({"url": "https://example.ir", "form": {"to": "{to}"}}, "{text}"),
        ({"url": "https://example.ir", "form": {"text": "{text}"}}, "{to}"),
    ],
)
def test_a_mistake_is_named(raw: dict[str, Any], named: str) -> None:
    with pytest.raises(BadTemplate) as told:
        check(raw)
    assert named in str(told.value)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sms.toml"
    path.write_text(
        """
url = "https://sms.example.ir/send"
[form]
to = "{to}"
text = "{text}"
[report]
reference = "messageid"
delivered = ["10"]
"""
    )
    template = read(str(path))
    assert isinstance(template, Template)
    assert template.report == Report(reference="messageid", delivered=("10",))


@pytest.mark.parametrize("text", ["url = ", None])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "sms.toml"
    if text is not None:
        path.write_text(text)
    with pytest.raises(BadTemplate, match=r"sms\.toml"):
        read(str(path))
