"""What the tests of all pages share: what is kept in memory is not looked after by the second."""

from __future__ import annotations

import pytest

from takrim.orgs import stamps


@pytest.fixture(autouse=True)
def _memory_is_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that queries can be counted, however busy the machine is."""
    monkeypatch.setattr(stamps, "PATIENCE", 3600.0)
