"""Watching in which order deeds take the chains of the journal: two orders are a deadlock waiting for its day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from takrim.journal import record
from takrim.journal.models import Tail


class TakenOutOfOrder(AssertionError):
    """A deed took a chain behind which it had taken another already: `take_chains` first."""


def watch(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Raise TakenOutOfOrder when a deed of this test does so. A deed is the outermost transaction within the test."""
    request.getfixturevalue("db")
    depth = len(connection.savepoint_ids)
    taken: dict[object, list[str]] = {}

    def note(chain: str) -> None:
        deed = connection.savepoint_ids[depth] if len(connection.savepoint_ids) > depth else None
        mine = taken.setdefault(deed, [])
        # Nobody else can wait for a chain that begins here, nor in a test that is no deed.
        if deed is not None and mine and chain < max(mine) and chain not in mine and _is_there(chain):
            raise TakenOutOfOrder(f"{chain} after {mine}")
        mine.append(chain)

    def noted(take: Callable[[str], Any]) -> Callable[[str], Any]:
        def taking(chain: str) -> Any:
            note(chain)
            return take(chain)

        return taking

    monkeypatch.setattr(record, "_take_place", noted(record._take_place))
    monkeypatch.setattr(record, "_hold", noted(record._hold))


def _is_there(chain: str) -> bool:
    return Tail.objects.filter(chain=chain).exists()
