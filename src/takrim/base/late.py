"""Libraries that few processes need: read when they are first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class _Late:
    """Stands for a module and hands on what is asked of it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        return getattr(import_module(self._name), attribute)


def late(name: str) -> Any:
    """The module of this name, read at first use: some take megabytes of each process that never uses them."""
    return _Late(name)
