"""The rights of citizens in the administrative system that a matter may concern, and which are suggested for it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("rights.toml")


@dataclass(frozen=True)
class Right:
    """One right by its code."""

    code: str
    fa: str
    en: str

    def title(self, lang: str) -> str:
        return self.en if lang == "en" else self.fa


@cache
def _raw() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text("utf-8"))


@cache
def rights() -> Mapping[str, Right]:
    """All rights by their codes, in the order of the decree."""
    return {code: Right(code, row["fa"], row["en"]) for code, row in _raw()["rights"].items()}


def suggested(kind: str, card: str) -> tuple[str, ...]:
    """The rights that such a matter is mostly about: those of its service before those of its kind."""
    found = _raw()["suggested"]
    return tuple(dict.fromkeys([*found["cards"].get(card, ()), *found["kinds"].get(kind, ())]))
