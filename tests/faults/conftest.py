"""Faults are met by the people of the pages' tests, and in houses of their own."""

from __future__ import annotations

from tests.pages.citizen.conftest import _files, browser, cards, send, write
from tests.site.conftest import free_port, house, within

__all__ = ["_files", "browser", "cards", "free_port", "house", "send", "within", "write"]
