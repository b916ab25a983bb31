"""Things each process keeps in memory until their stamp in the database moves on."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from django.db.models import F

from takrim.orgs.models import Stamp

Value = TypeVar("Value")

# How long another process may still show the old name or calendar, in seconds.
PATIENCE = 1.0

_all: list[Kept[Any]] = []


class _Numbers:
    """The stamps' numbers as last read, and when that was."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.read_at = float("-inf")

    def of(self, name: str) -> int:
        if time.monotonic() - self.read_at > PATIENCE:
            self.known = dict(Stamp.objects.values_list("name", "number"))
            self.read_at = time.monotonic()
        return self.known.get(name, 0)


_numbers = _Numbers()


def bump(name: str) -> None:
    """Say that what `name` stands for has changed. Called inside the deed that changes it."""
    if not Stamp.objects.filter(name=name).update(number=F("number") + 1):
        Stamp.objects.create(name=name, number=1)
    forget()


def forget() -> None:
    """Drop all that this process keeps, so that the next look reads the database."""
    _numbers.read_at = float("-inf")
    for kept in _all:
        kept.values.clear()


class Kept(Generic[Value]):
    """Values by key, made by `make` and thrown away when the stamp has moved, or when there are `most` of them."""

    def __init__(self, name: str, make: Callable[..., Value], *, most: int | None = None) -> None:
        self.name, self.make, self.most = name, make, most
        self.number = -1
        self.values: dict[Hashable, Value] = {}
        _all.append(self)

    def get(self, *key: Hashable) -> Value:
        number = _numbers.of(self.name)
        if number != self.number:
            self.values.clear()
            self.number = number
        if key not in self.values:
            if self.most is not None and len(self.values) >= self.most:
                self.values.clear()
            self.values[key] = self.make(*key)
        return self.values[key]
