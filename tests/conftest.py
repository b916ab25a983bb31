"""What every test may use: which database it runs on, and marks that follow from where a test lives."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from django.conf import settings

HERE = Path(__file__).parent

# Sara, Reza, Mina, Omid and their offices: every test may ask for them.
pytest_plugins = [
    "tests.people",
    "tests.migrated",
    "tests.proving",
    "tests.transactions",
    "tests.directives",
    "tests.sittings",
    "tests.rounds",
]


def pytest_report_header() -> str:
    engine = settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1]
    return f"database: {engine}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every story is told in a browser: the folder is the mark, so that nobody forgets it."""
    for item in items:
        if item.path.is_relative_to(HERE / "stories"):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish() -> None:
    """Whatever was read to find the tests stays: to look through it for cycles again takes time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _chains_in_order(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A deed that writes to several chains takes them in one order, whatever a test is about."""
    if "db" not in request.fixturenames or "transactional_db" in request.fixturenames:
        # Of real transactions the database itself would say so.
        return
    from tests.chains import watch

    watch(request, monkeypatch)


@pytest.fixture
def on_postgresql() -> bool:
    """True where the tests run on PostgreSQL; for the few that look beneath the ORM."""
    return bool(settings.DATABASES["default"]["ENGINE"].endswith("postgresql"))
