"""Plug-ins: one file in one folder, found by its name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cached_property
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Folder(Generic[Item]):
    """Every module of `package` defines one `PLUGIN` of type `kind`; the file's name is its code.

    Files whose name begins with `_` are helpers of the others. The folder is read at first use.
    """

    def __init__(self, package: str, kind: type[Item]) -> None:
        self.package = package
        self.kind = kind

    @cached_property
    def items(self) -> dict[str, Item]:
        """code → plug-in, in the order of the codes; a file without a fitting PLUGIN is a TypeError."""
        package = importlib.import_module(self.package)
        names = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.name[0] != "_")
        return {name: self._load(name) for name in names}

    def _load(self, name: str) -> Item:
        plugin = getattr(importlib.import_module(f"{self.package}.{name}"), "PLUGIN", None)
        if not isinstance(plugin, self.kind):
            raise TypeError(f"{self.package}.{name}.PLUGIN is {type(plugin).__name__}, not {self.kind.__name__}")
        return plugin

    def get(self, code: str) -> Item | None:
        return self.items.get(code)

    def __getitem__(self, code: str) -> Item:
        return self.items[code]

    def __contains__(self, code: object) -> bool:
        return code in self.items

    def __iter__(self) -> Iterator[tuple[str, Item]]:
        return iter(self.items.items())

    def __len__(self) -> int:
        return len(self.items)
