"""Faults are met by the people of the pages' tests, and in houses of their own."""

from __future__ import annotations

import pytest

from tests.pages.citizen.conftest import _files, browser, cards, pair, send, write
from tests.site.conftest import House, set_up

__all__ = ["_files", "browser", "cards", "pair", "send", "write"]


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> House:
    return set_up(tmp_path_factory.mktemp("faults"), f"faults_{worker_id}")
