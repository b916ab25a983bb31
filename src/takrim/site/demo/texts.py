"""The parts that the demonstration's texts are put together from, read from the files in ../demonstration."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "demonstration"


@dataclass(frozen=True)
class Situation:
    """What happened, in a person's words; `subjects` and `answers` are places in its matter's lists."""

    text: str
    subjects: tuple[int, ...]
    answers: tuple[int, ...]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Reply:
    """What an answer says."""

    outcome: str
    reason: str
    ground: str
    next: str


@dataclass(frozen=True)
class Matter:
    """One thing people write about a service."""

    code: str
    weight: float
    subjects: tuple[str, ...]
    situations: Mapping[str, tuple[Situation, ...]]
    answers: tuple[Reply, ...]
    slots: Mapping[str, Any]


@dataclass(frozen=True)
class Task:
    """What one office asks of another, and what comes back. `to` is a slug, or "" where any office will do."""

    to: str
    task: str
    answers: tuple[str, ...]


@dataclass(frozen=True)
class CardTexts:
    """All that people and offices say about one service."""

    card: str
    weight: float
    unit: str
    county: float
    matters: tuple[Matter, ...]
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Texts:
    """Everything. `openings`, `kinds`, `office`, `people` and `workplaces` are as their files have them."""

    cards: tuple[CardTexts, ...]
    openings: Mapping[str, Any]
    kinds: Mapping[str, Any]
    office: Mapping[str, Any]
    people: Mapping[str, Any]
    workplaces: Mapping[str, Any]
    papers: tuple[Mapping[str, Any], ...]


def read(path: Path) -> dict[str, Any]:
    """One file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _task(row: Mapping[str, Any]) -> Task:
    return Task(row.get("to", ""), row["task"], tuple(row["answers"]))


def _situation(row: Mapping[str, Any], kinds: list[str]) -> Situation:
    return Situation(row["text"], tuple(row["subjects"]), tuple(row["answers"]), tuple(row.get("kinds") or kinds))


def _matter(row: Mapping[str, Any]) -> Matter:
    return Matter(
        code=row["code"],
        weight=row["weight"],
        subjects=tuple(row["subjects"]),
        situations={
            register: tuple(_situation(one, row["kinds"]) for one in row[register]) for register in ("formal", "spoken")
        },
        answers=tuple(Reply(one["outcome"], one["reason"], one["ground"], one["next"]) for one in row["answer"]),
        slots=row.get("slots", {}),
    )


def _card(row: Mapping[str, Any]) -> CardTexts:
    return CardTexts(
        card=row["card"],
        weight=row["weight"],
        unit=row["unit"],
        county=row["county"],
        matters=tuple(map(_matter, row["matter"])),
        tasks=tuple(map(_task, row["referral"])),
    )


@cache
def texts() -> Texts:
    """All parts, read once."""
    office = read(FOLDER / "office.toml")
    office["referral"] = tuple(map(_task, office["referral"]))
    return Texts(
        cards=tuple(_card(read(path)) for path in sorted((FOLDER / "texts").glob("*.toml"))),
        openings=read(FOLDER / "openings.toml"),
        kinds=read(FOLDER / "kinds.toml"),
        office=office,
        people=read(FOLDER / "people.toml"),
        workplaces=read(FOLDER / "workplaces.toml"),
        papers=tuple(read(FOLDER / "papers.toml")["paper"]),
    )
