"""Each drill has a house of its own: what happened in it can be counted to the last row."""

from __future__ import annotations

import pytest

from tests.site.conftest import House, free_port, set_up, within

__all__ = ["free_port", "house", "within"]


@pytest.fixture
def house(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> House:
    return set_up(tmp_path_factory.mktemp("drill"), f"drill_{worker_id}")
