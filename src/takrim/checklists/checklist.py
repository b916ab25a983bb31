"""A checklist as its TOML file says it: for which services or kinds of message, and its items. The file is its code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from takrim.base.bilingual import Text

CATALOGUE = Path(__file__).parent / "catalogue"


@dataclass(frozen=True)
class Item:
    """One thing to be done or looked at. Without a required one the answer cannot be handed in."""

    code: str
    text: Text
    required: bool


@dataclass(frozen=True)
class Checklist:
    """`cards`: the services it is for; `kinds`: the kinds of message that have it where their service has none."""

    code: str
    title: Text
    cards: frozenset[str]
    kinds: frozenset[str]
    items: tuple[Item, ...]

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


def _read(path: Path) -> Checklist:
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return Checklist(
        code=path.stem,
        title=Text.read(raw["title"]),
        cards=frozenset(raw.get("cards", ())),
        kinds=frozenset(raw.get("kinds", ())),
        items=tuple(Item(row["code"], Text.read(row), row.get("required", False)) for row in raw["item"]),
    )


@cache
def checklists() -> dict[str, Checklist]:
    """All of the catalogue, by code."""
    return {path.stem: _read(path) for path in sorted(CATALOGUE.glob("*.toml"))}


@cache
def checklist_for(card: str, kind: str) -> Checklist | None:
    """The list of a matter: that of its service, or else that of its kind."""
    found = [one for one in checklists().values() if card and card in one.cards]
    found += [one for one in checklists().values() if kind in one.kinds]
    return next(iter(found), None)
