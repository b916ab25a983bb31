"""The list of what happened: every name keeps its own direction, and nothing that people wrote is markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from takrim.web.parts.timeline import drawn
from tests.people import NOW


@dataclass(frozen=True)
class Happened:
    sentence: str
    by: str
    at: datetime = NOW
    note: str = ""


def test_a_name_keeps_its_own_direction() -> None:
    assert "<bdi>سارا محمدی</bdi>" in drawn([Happened("Answered.", "سارا محمدی")], "en")


def test_nothing_in_a_line_is_markup() -> None:
    text = drawn([Happened("<b>1</b>", "<i>2</i>", note="<u>3</u>")], "fa")
    assert not any(mark in text for mark in ("<b>", "<i>", "<u>"))
