"""How long an answer takes does not tell a number that exists from one that does not."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from takrim.base import codes
from takrim.cases.models import Case
from takrim.web.citizen import limits

pytestmark = pytest.mark.slow

TRIES = 200


def test_a_wrong_secret_takes_as_long_as_an_unknown_number(
    case: Case, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_FAILURES", 10 * TRIES)
    unknown = codes.new_code(1399, lambda most: most // 3)
    times: dict[str, list[float]] = {case.code: [], unknown: []}

    def ask(code: str) -> float:
        cache.clear()  # the list of tries grows, and with it the time to read it
        began = perf_counter()
        page: Any = browser.post("/track/", {"code": code, "secret": "AAAAAAAA"})
        assert page.status_code == 422
        return perf_counter() - began

    for _ in range(5):
        ask(case.code), ask(unknown)
    # By turns, and each first every other time: whatever else the machine does meets both alike.
    for turn in range(TRIES):
        for code in sorted(times, reverse=bool(turn % 2)):
            times[code].append(ask(code))
    known, other = median(times[case.code]), median(times[unknown])
    assert abs(known - other) < 0.15 * max(known, other), f"{known * 1000:.2f} ms and {other * 1000:.2f} ms"
