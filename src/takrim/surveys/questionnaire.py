"""A questionnaire as its TOML file says it: dimensions, items on a scale, a closing question."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path

from takrim.base.bilingual import Text

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Item:
    """One question; `overall` marks the one that satisfaction as a single figure is taken from."""

    code: str
    dimension: str
    text: Text
    overall: bool


@dataclass(frozen=True)
class Questionnaire:
    """Scores run from 1 to 5 and 5 is always the better end. `scale` goes from best to worst as it is shown."""

    code: str
    title: Text
    intro: Text
    thanks: Text
    comment: Text
    open_days: int
    scale: tuple[tuple[int, Text], ...]
    dimensions: tuple[tuple[str, Text], ...]
    items: tuple[Item, ...]
    short: tuple[Item, ...]

    @property
    def open_for(self) -> timedelta:
        """How long after the answer it can be answered."""
        return timedelta(days=self.open_days)

    @property
    def overall(self) -> str:
        """The code of the item that stands for the whole."""
        return next(item.code for item in self.items if item.overall)


@cache
def questionnaire(code: str = "mcls") -> Questionnaire:
    """The questionnaire of a file in the catalogue. Raises FileNotFoundError."""
    raw = tomllib.loads((CATALOGUE / f"{code}.toml").read_text(encoding="utf-8"))
    items = {
        row["code"]: Item(row["code"], row["dimension"], Text.read(row), bool(row.get("overall", False)))
        for row in raw["item"]
    }
    return Questionnaire(
        code=raw["code"],
        title=Text.read(raw["title"]),
        intro=Text.read(raw["intro"]),
        thanks=Text.read(raw["thanks"]),
        comment=Text.read(raw["comment"]),
        open_days=raw["open_days"],
        scale=tuple((row["value"], Text.read(row)) for row in raw["scale"]),
        dimensions=tuple((row["code"], Text.read(row)) for row in raw["dimension"]),
        items=tuple(items.values()),
        short=tuple(items[code] for code in raw["short"]),
    )
