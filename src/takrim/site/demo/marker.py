"""The marker of the demonstration: a file in the data folder. Without it nobody signs in with the shared password."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from takrim.letters.carrier import DEMONSTRATION

# Known to everybody who reads this, so it opens only what was made to be looked around in: see gate.py.
PASSWORD = "takrim-1405"  # noqa: S105 - meant to be public


@dataclass(frozen=True)
class SignIn:
    """Somebody as whom a visitor may look around."""

    username: str
    name: str
    title_fa: str
    title_en: str
    path: str


@dataclass(frozen=True)
class Marker:
    """What is remembered about the demonstration. `receipts` are codes of cases a visitor may track."""

    seed: int
    cases: int
    sign_ins: tuple[SignIn, ...]
    receipts: tuple[str, ...]


def _path() -> Path:
    data: Path = settings.DATA
    return data / DEMONSTRATION


def is_there() -> bool:
    """Whether the demonstration was loaded with this data folder."""
    return _path().exists()


def read() -> Marker | None:
    """The marker, or None where there is none."""
    try:
        raw = json.loads(_path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    people = tuple(SignIn(**row) for row in raw["sign_ins"])
    return Marker(raw["seed"], raw["cases"], people, tuple(raw["receipts"]))


def write(*, seed: int, cases: int, sign_ins: Sequence[SignIn], receipts: Sequence[str]) -> None:
    """Leave the marker, whole or not at all."""
    marker = Marker(seed, cases, tuple(sign_ins), tuple(receipts))
    new = _path().with_suffix(".new")
    new.write_text(json.dumps(asdict(marker), ensure_ascii=False, indent=2), encoding="utf-8")
    new.replace(_path())


def remove() -> None:
    """Take the marker away: the shared password opens nothing any more."""
    _path().unlink(missing_ok=True)
