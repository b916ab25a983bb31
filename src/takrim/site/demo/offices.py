"""How busy the demonstration's offices are and how they work, as ../demonstration/offices.toml says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from takrim.site.demo.texts import FOLDER, read


@dataclass(frozen=True, kw_only=True)
class Character:
    """How an office works; the file explains the fields."""

    pace: float
    late: float
    care: float
    replies: float


@dataclass(frozen=True, kw_only=True)
class Province:
    """How many cases come in within how many days. Without counties the directorate itself answers."""

    path: str
    cases: int
    days: int
    towns: tuple[str, ...]
    counties: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Surge:
    """Days (counted back from the end) on which more comes in, most of it about some services."""

    begins: int
    ends: int
    times: float
    cards: tuple[str, ...]

    def covers(self, days_ago: int) -> bool:
        return self.ends <= days_ago <= self.begins


@dataclass(frozen=True)
class Offices:
    """All of them. `characters` are by path, or by the slug of a department."""

    provinces: tuple[Province, ...]
    surges: tuple[Surge, ...]
    usual: Character
    characters: Mapping[str, Character]

    def character(self, path: str) -> Character:
        slug = path.rstrip("/").rsplit("/", 1)[-1]
        return self.characters.get(path) or self.characters.get(slug) or self.usual


@cache
def offices() -> Offices:
    """What the file says, read once."""
    raw = read(FOLDER / "offices.toml")
    usual: dict[str, float] = raw["character"]

    def character(row: Mapping[str, Any]) -> Character:
        return Character(**{name: row.get(name, value) for name, value in usual.items()})

    named = [(row["path"], row) for row in [*raw["province"], *raw["county"]]]
    named += [(row["slug"], row) for row in raw["department"]]
    weights = {row["path"]: row["weight"] for row in raw["county"]}
    provinces = tuple(
        Province(
            path=row["path"],
            cases=row["cases"],
            days=row["days"],
            towns=tuple(row.get("towns", ())),
            counties={path: weight for path, weight in weights.items() if path.startswith(row["path"])},
        )
        for row in raw["province"]
    )
    surges = tuple(
        Surge(begins=row["from"], ends=row["to"], times=row["times"], cards=tuple(row["cards"])) for row in raw["surge"]
    )
    return Offices(provinces, surges, Character(**usual), {name: character(row) for name, row in named})
