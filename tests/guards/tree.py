"""The project's own files as the guards see them: read once, parsed once."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "takrim"
_PLACES = ("src", "tests", "tools", "bench", "deploy", "docs", ".ci")
# What others wrote and we only carry, and what programs make.
_NOT_OURS = {"vendor", "__pycache__", "node_modules"}


@cache
def _all() -> tuple[Path, ...]:
    # In a second work tree `.git` is a file.
    found = [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]
    for place in _PLACES:
        for folder, names, files in os.walk(ROOT / place):
            names[:] = [name for name in names if name not in _NOT_OURS and not name.endswith("_cache")]
            found += [Path(folder, file) for file in files]
    return tuple(sorted(found))


def files(*endings: str, under: Path = ROOT) -> Iterator[Path]:
    """Our files with one of these endings, below a folder."""
    return (path for path in _all() if path.suffix in endings and path.is_relative_to(under))


def modules(under: Path = SOURCE) -> Iterator[Path]:
    """Our Python files below a folder, migrations left out."""
    return (path for path in files(".py", under=under) if "migrations" not in path.parts)


@cache
def text(path: Path) -> str:
    """What a file says."""
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    """A Python file as Python sees it."""
    return ast.parse(text(path))


def name(path: Path) -> str:
    """How a fault names a file."""
    return path.relative_to(ROOT).as_posix()
