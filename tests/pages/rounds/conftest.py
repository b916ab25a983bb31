"""The round of the domain's tests, reached by pages; the clock of the pages can be put forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from takrim.base import clock

GoTo = Callable[[datetime], None]


@pytest.fixture
def go_to(monkeypatch: pytest.MonkeyPatch) -> GoTo:
    """Put the clock that pages read to a moment."""

    def put(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    return put
